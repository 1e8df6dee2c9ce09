"""Conditions."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import Example, reported

FINDINGS: Final = (
    reported(
        Code.UNKNOWN_OPERATOR,
        "There is no such condition operator (G12).",
        "An unknown operator without keys tests nothing, and is a warning.",
        (
            "The message names the closest one. For the short names of 2009, such as `streq` and `numlteq`, it names the "
            "operator that replaced them."
        ),
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"StringLikes": {"aws:username": "a*"}}}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"StringLike": {"aws:username": "a*"}}}}'
            ),
        ),
        aws=("INVALID_CONDITION_OPERATOR",),
    ),
    reported(
        Code.NULL_IF_EXISTS,
        "`Null` tests whether the key exists, so `IfExists` has nothing to add (C11).",
        "",
        "Write `Null`.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"NullIfExists": {"aws:username": "true"}}}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"Null": {"aws:username": "true"}}}}'
            ),
        ),
        aws=("NULL_WITH_IF_EXISTS",),
    ),
    reported(
        Code.AMBIGUOUS_KEY,
        "Two keys under one operator differ only in letter case, so they are one key (G14).",
        "",
        "Give the values of both in one list.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:username": "a", "aws:UserName": "b"}}}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:username": ["a", "b"]}}}}'
            ),
        ),
        aws=("DUPLICATE_KEYS_WITH_DIFFERENT_CASE",),
    ),
    reported(
        Code.MIXED_VALUES,
        "The values of one key are of different JSON types (G11).",
        "",
        "Write all of them as strings.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:username": ["a", 1]}}}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"StringEquals": {"aws:username": ["a", "1"]}}}}'
            ),
        ),
        aws=("INVALID_CONDITION_DATA_TYPE",),
    ),
    reported(
        Code.LONG_NUMBER,
        "A number has more than 40 digits on one side of the point (N2).",
        "",
        "Shorten it.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": '
                '"arn:aws:s3:::b", "Condition": {"NumericEquals": {"s3:max-keys": '
                "100000000000000000000000000000000000000000}}}}"
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": '
                '"arn:aws:s3:::b", "Condition": {"NumericEquals": {"s3:max-keys": 10}}}}'
            ),
        ),
    ),
    reported(
        Code.UNREADABLE_VALUE,
        "The operator cannot read the value as a number, date, address, boolean, base64 text or ARN (C15).",
        "The condition could never be true, and a `Deny` would never apply.",
        "Correct the value, or use a String operator.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/33"}}}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/32"}}}}'
            ),
        ),
        aws=("TYPE_MISMATCH_BOOLEAN", "TYPE_MISMATCH_DATE", "TYPE_MISMATCH_IP_RANGE", "TYPE_MISMATCH_NUMBER", "TYPE_MISMATCH_STRING"),
        lenient=True,
    ),
)
