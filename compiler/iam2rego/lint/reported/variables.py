"""Variables and placeholders."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import Example, reported

FINDINGS: Final = (
    reported(
        Code.MALFORMED_VARIABLE,
        "A variable has no brace that closes it, no name, white space in its name (V3), or a default without quotes (V4).",
        "",
        "Write `${aws:username}` or `${aws:username, 'nobody'}`, and `${$}` for a dollar sign.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/${aws:username"}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/${aws:username}"}}'
            ),
        ),
        aws=("EMPTY_VARIABLE", "MISSING_BRACE_IN_VARIABLE", "MISSING_QUOTE_IN_VARIABLE", "UNSUPPORTED_SPACE_IN_VARIABLE"),
    ),
    reported(
        Code.VARIABLE_IN_TYPED_VALUE,
        "A value holds `${`, and its operator expands no variables; only String and Arn operators do (V2).",
        "",
        "Write the value.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": '
                '"arn:aws:s3:::b", "Condition": {"NumericEquals": {"s3:max-keys": "${aws:username}"}}}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": '
                '"arn:aws:s3:::b", "Condition": {"NumericEquals": {"s3:max-keys": "10"}}}}'
            ),
        ),
        aws=("INVALID_VARIABLE_FOR_OPERATOR",),
        lenient=True,
    ),
    reported(
        Code.UNBOUND_PLACEHOLDER,
        "A `<placeholder>` has no value (T1).",
        "With `--lenient` it is literal text, and matches no real ARN.",
        "Bind it: `--param bucket=my-bucket`, or in the file of `--params`.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::<bucket>/*"}}'
            ),
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        lenient=True,
    ),
    reported(
        Code.INVALID_PARAMETER,
        "The value of a parameter holds what could widen the policy: a wildcard, a variable, a colon (T2).",
        (
            "Or it is the whole value of a date, number, boolean, binary or address operator, and is none of these; "
            "there it may hold any character that such a value has, as the range `203.0.113.0/24` does."
        ),
        "A parameter is literal text. To widen the policy edit the policy.",
        Example(
            ('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/<range>"}}'),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Condition": {"IpAddress": {"aws:SourceIp": "<range>"}}}}'
            ),
            parameters=("range=203.0.113.0/24",),
        ),
    ),
    reported(
        Code.TOO_MANY_STARS,
        "A value with variables, or one of the first five fields of an ARN, has more than twelve `*`.",
        (
            "A gateway matches such a value part by part, and OPA has no loops: the library has a rule for up to twelve "
            "stars. Other patterns may have any number."
        ),
        "Write several values with fewer `*` each. No managed policy of AWS has more than five in a value with variables.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*1*2*3*4*5*6*7*8*9*a*b*c*${aws:username}"}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*1*2*3*${aws:username}"}}'
            ),
        ),
    ),
)
