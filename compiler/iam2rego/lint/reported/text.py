"""Texts and JSON."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import Example, reported

FINDINGS: Final = (
    reported(
        Code.BAD_ENCODING,
        "The file is not UTF-8, or holds U+0000.",
        "",
        "Save it as UTF-8. A byte order mark is fine.",
    ),
    reported(
        Code.OVERSIZED_TEXT,
        "The file, or a line of JSON Lines, has more than 16 MiB.",
        "No policy is as large, so it is not read.",
        (
            "Name the policy, not the archive or log that holds it. A file of scenarios or requests may be longer: put "
            "each on a line of its own."
        ),
    ),
    reported(
        Code.EMPTY_TEXT,
        "The file holds nothing but white space.",
        "",
        "Remove the file, or write a policy, which is a JSON object.",
        Example(
            "\n", '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
        ),
    ),
    reported(
        Code.UNEXPECTED_TEXT,
        "Something is where JSON has no place for it: a comment, a trailing comma, single quotes, text after the end.",
        "",
        "The message says what JSON expects there.",
        Example(
            '{"Version": "2012-10-17", "Statement": [],}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("JSON_SYNTAX_ERROR",),
    ),
    reported(
        Code.INCOMPLETE_TEXT,
        "The text ends before its JSON does.",
        "",
        "Get the whole file, which was probably cut off. The message says what is missing.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("JSON_SYNTAX_ERROR",),
    ),
    reported(
        Code.MALFORMED_STRING,
        "A string has an escape that does not exist, a control character, or no end on its line.",
        "",
        "Write `\\\\` for a backslash, and `\\n` for a line break.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/C:\\policies"}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/C:\\\\policies"}}'
            ),
        ),
        aws=("JSON_SYNTAX_ERROR",),
    ),
    reported(
        Code.MALFORMED_NUMBER,
        "A number is not in the form of JSON, which has no leading zeros, no plus sign, no hexadecimal and no `NaN`.",
        "",
        "Write the number in decimal, or in quotes.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": '
                '"arn:aws:s3:::b", "Condition": {"NumericLessThan": {"s3:max-keys": 0x10}}}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": '
                '"arn:aws:s3:::b", "Condition": {"NumericLessThan": {"s3:max-keys": 16}}}}'
            ),
        ),
        aws=("JSON_SYNTAX_ERROR",),
    ),
    reported(
        Code.TOO_DEEP,
        "The text nests deeper than a policy can.",
        "",
        "A policy nests five levels deep; this is something else.",
        Example(
            (
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]"
                "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
                "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
            ),
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("JSON_SYNTAX_ERROR",),
    ),
    reported(
        Code.DUPLICATE_MEMBER,
        "An object has the same member twice (G14).",
        "Most JSON readers keep the last one without a word, and with it lose, say, a condition.",
        "Keep one of the two; the values of two conditions go into one list.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Effect": "Allow", "Action": "s3:GetObject", '
                '"Resource": "arn:aws:s3:::b/*"}}'
            ),
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("JSON_SYNTAX_ERROR",),
    ),
    reported(
        Code.LONE_SURROGATE,
        "An escape gives one half of a surrogate pair, which is no character (N3).",
        "",
        "Write both halves, or the character itself.",
        Example(
            ('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/\\ud83d"}}'),
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("JSON_SYNTAX_ERROR",),
    ),
)
