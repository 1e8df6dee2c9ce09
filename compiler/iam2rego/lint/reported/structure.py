"""What a document and its statements consist of."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import Example, reported
from iam2rego.lint.fix import Safety

FINDINGS: Final = (
    reported(
        Code.WRONG_TYPE,
        "A member holds a JSON value of another type than it may (G5, G10, G11).",
        "",
        "The message says what it may be.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": {"s3": "GetObject"}, "Resource": "arn:aws:s3:::b/*"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("DATA_TYPE_MISMATCH",),
    ),
    reported(
        Code.UNKNOWN_MEMBER,
        "A policy, a statement or a principal has a member that does not exist; the names are spelled exactly (G2).",
        "",
        "Correct the name. Notes belong into version control, since JSON has no comments.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("INVALID_POLICY_ELEMENT", "INVALID_PRINCIPAL_KEY"),
    ),
    reported(
        Code.MISSING_MEMBER,
        "A policy has no `Statement`, or a statement has no `Effect` or no action part (G5, G7, G8).",
        "",
        "Add it.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "arn:aws:s3:::b/*"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("MISSING_ACTION", "MISSING_EFFECT", "MISSING_STATEMENT", "MISSING_VERSION"),
    ),
    reported(
        Code.CONFLICTING_MEMBERS,
        "A statement has both `Action` and `NotAction`, `Resource` and `NotResource`, or `Principal` and `NotPrincipal` (G8).",
        "",
        "Keep one, or make two statements.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "NotAction": "s3:PutObject"}}'
            ),
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("UNSUPPORTED_ELEMENT_COMBINATION",),
    ),
    reported(
        Code.MISPLACED_MEMBER,
        "A member belongs to another type of policy (G4, G9).",
        (
            "For example `Id` and `Principal` in an identity-based policy, `Resource` in a trust policy, `NotAction` in "
            "a resource control policy, `Federated` outside a trust policy. With `--lenient` it means what L3, L8 and L9 "
            "say; most are ignored."
        ),
        (
            "A bare document is read as an identity-based policy. If it is of another type, give the type with `--policy-type` or "
            "in `iam2rego.toml`; the message names the type that the content shows. If the type is right, the member has no place "
            "in the policy."
        ),
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*", "Principal": "*"}}'
            ),
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=(
            "FEDERATED_PRINCIPAL_NOT_SUPPORTED",
            "RCP_SYNTAX_ERROR_NOTACTION",
            "RCP_SYNTAX_ERROR_PRINCIPAL",
            "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
            "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
            "SCP_SYNTAX_ERROR_PRINCIPAL",
            "UNSUPPORTED_PRINCIPAL",
        ),
        lenient=True,
    ),
    reported(
        Code.INVALID_VERSION,
        "`Version` is the version of the policy language, which has two (G3).",
        "",
        "Write `2012-10-17`. It is not the version of your policy.",
        Example(
            '{"Version": "2024-01-01", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("INVALID_VERSION",),
    ),
    reported(
        Code.INVALID_EFFECT,
        "`Effect` is neither `Allow` nor `Deny`, spelled exactly (G7).",
        "",
        "Correct the spelling.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("INVALID_EFFECT",),
    ),
    reported(
        Code.INVALID_SID,
        "A `Sid` holds other characters than letters and digits (G6).",
        "",
        "Remove them, as in `ReadOnly`.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Sid": "read only", "Effect": "Allow", "Action": '
                '"s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Sid": "ReadOnly", "Effect": "Allow", "Action": "s3:GetObject", '
                '"Resource": "arn:aws:s3:::b/*"}}'
            ),
        ),
        aws=("UNSUPPORTED_SID",),
        lenient=True,
        fix=Safety.SAFE,
    ),
    reported(
        Code.DUPLICATE_SID,
        "Two statements have the same `Sid` (G6).",
        "IAM refuses such a policy. In policies of resources and endpoints it is a warning: AWS recommends different ones.",
        "Rename one.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", '
                '"Resource": "arn:aws:s3:::b/*"}, {"Sid": "A", "Effect": "Deny", "Action": "s3:PutObject", "Resource": '
                '"arn:aws:s3:::b/*"}]}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", '
                '"Resource": "arn:aws:s3:::b/*"}, {"Sid": "B", "Effect": "Deny", "Action": "s3:PutObject", "Resource": '
                '"arn:aws:s3:::b/*"}]}'
            ),
        ),
        aws=("UNIQUE_SIDS_RECOMMENDED", "UNIQUE_SIDS_REQUIRED"),
        lenient=True,
        fix=Safety.SAFE,
    ),
    reported(
        Code.EMPTY_LIST,
        "A list has no entries (G10).",
        "With `--lenient` it matches nothing, or excludes nothing (L5).",
        "Name an entry, or remove the statement.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": [], "Resource": "arn:aws:s3:::b/*"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=(
            "EMPTY_ARRAY_ACTION",
            "EMPTY_ARRAY_CONDITION",
            "EMPTY_ARRAY_CONDITION_FORALLVALUES",
            "EMPTY_ARRAY_CONDITION_FORANYVALUE",
            "EMPTY_ARRAY_CONDITION_IFEXISTS",
            "EMPTY_ARRAY_PRINCIPAL",
            "EMPTY_ARRAY_RESOURCE",
        ),
        lenient=True,
    ),
    reported(
        Code.FORBIDDEN_CHARACTER,
        "A string holds a character other than tab, line feed, carriage return and U+0020 to U+00FF (G1).",
        "Typographic quotes and zero-width spaces are often pasted by accident.",
        "Type it again. For such characters in a resource use `?`.",
        Example(
            ('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/\\u2019"}}'),
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        lenient=True,
    ),
)
