"""Actions, resources and principals."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import Example, reported

_DENY_PLAIN_HTTP: Final = (
    '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", '
    '"Condition": {"Bool": {"aws:SecureTransport": "false"}}}}'
)

FINDINGS: Final = (
    reported(
        Code.INVALID_ACTION,
        "An action is neither `*` nor `service:Name` with one colon (G17).",
        "With `--lenient` the entry matches nothing. In policies that AWS does not check it is a warning.",
        "Write the service, a colon and the name.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3-GetObject", "Resource": "arn:aws:s3:::b/*"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        lenient=True,
    ),
    reported(
        Code.VARIABLE_IN_ACTION,
        "An action holds `${`, and variables are not expanded in actions (A11).",
        "",
        "Name the actions, or use `*`.",
        Example(
            ('{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:${aws:username}", "Resource": "arn:aws:s3:::b/*"}}'),
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("VARIABLE_UNSUPPORTED_IN_ELEMENT",),
        lenient=True,
    ),
    reported(
        Code.INVALID_RESOURCE,
        "A resource neither is `*` nor starts with `arn:` (G17).",
        "With `--lenient` the entry matches nothing. In policies that AWS does not check it is a warning.",
        "Write the whole ARN: `arn:aws:s3:::my-bucket/*`.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "my-bucket/*"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("INVALID_ARN_PREFIX",),
        lenient=True,
    ),
    reported(
        Code.MISSING_RESOURCE,
        "A statement has neither `Resource` nor `NotResource` (G9).",
        "With `--lenient` it matches nothing.",
        "Add a `Resource`.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
        aws=("MISSING_RESOURCE",),
        lenient=True,
    ),
    reported(
        Code.SHORT_ARN,
        "An ARN has fewer than six fields (R5).",
        (
            "AWS refuses a session policy with such an ARN; with `--lenient` it is completed there, as in identity-based "
            "policies. Policies of an organization, of resources and of endpoints do not complete it: the entry matches "
            "nothing. In the last two it is a warning. An ARN that is completed is a warning too unless it ends in `*`: "
            "`arn:aws:s3::my-bucket` lacks a colon, and so names the account `my-bucket`."
        ),
        "Write all six fields: `arn:aws:sqs:*:*:*`.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sqs:*", "Resource": "arn:aws:sqs"}}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sqs:*", "Resource": "arn:aws:sqs:*:*:*"}}',
            kind=Kind.SERVICE_CONTROL,
        ),
        aws=("MISSING_ARN_FIELD",),
        lenient=True,
    ),
    reported(
        Code.MISSING_PRINCIPAL,
        "A statement does not say whom it is about, which this type of policy must.",
        "With `--lenient` it is about nobody, or in an endpoint or resource control policy about everybody (L1).",
        "Add a `Principal`.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, '
                '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            kind=Kind.RESOURCE,
        ),
        aws=("MISSING_PRINCIPAL",),
        lenient=True,
    ),
    reported(
        Code.INVALID_PRINCIPAL,
        "The `Principal` or an entry of it has none of the forms of P2 to P8.",
        (
            "With `--lenient` the entry matches nobody; a string that is the whole `Principal` is read as an `AWS` entry "
            '(L4); and a resource control policy, which must have `"*"`, means everybody (L8). A `Federated` entry is '
            "the ARN of a `saml-provider` or an `oidc-provider`, or a domain such as `accounts.google.com`, never the "
            "ARN of a role (P7)."
        ),
        "Name accounts, users, roles or sessions by id or ARN; a group is no principal.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": {"AWS": '
                '"arn:aws:iam::111122223333:group/g"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": {"AWS": '
                '"arn:aws:iam::111122223333:user/u"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            kind=Kind.RESOURCE,
        ),
        aws=("INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY", "INVALID_PRINCIPAL_FORMAT", "RCP_SYNTAX_ERROR_PRINCIPAL"),
        lenient=True,
    ),
    reported(
        Code.WILDCARD_IN_PRINCIPAL,
        "An entry of a principal holds `*` or `?`, which are no wildcards there: it matches nobody (P6).",
        "Only `*` as the whole `AWS` entry means everybody.",
        'Name `"*"`, and test `aws:PrincipalArn` with `ArnLike` under `Condition`.',
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": {"AWS": '
                '"arn:aws:iam::111122223333:user/*"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": '
                '"s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            kind=Kind.RESOURCE,
        ),
        aws=("UNSUPPORTED_WILDCARD_IN_PRINCIPAL",),
        lenient=True,
    ),
    reported(
        Code.VARIABLE_IN_PRINCIPAL,
        "A principal holds `${`, and variables are not expanded in principals (V2).",
        "`${` is text there, and no principal has it in its name.",
        "Test a key of the caller under `Condition`.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "${aws:PrincipalArn}"}, '
                '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, '
                '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            kind=Kind.RESOURCE,
        ),
        aws=("VARIABLE_UNSUPPORTED_IN_ELEMENT",),
        lenient=True,
    ),
    reported(
        Code.ALLOW_NOT_PRINCIPAL,
        "`Allow` with `NotPrincipal` would allow everybody who is not named, strangers included (G16, L2).",
        "",
        "Name those who are allowed with `Principal`.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, '
                '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, '
                '"Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'
            ),
            kind=Kind.RESOURCE,
        ),
        aws=("ALLOW_WITH_NOT_PRINCIPAL",),
        lenient=True,
    ),
    reported(
        Code.ALLOW_IN_RESOURCE_CONTROL,
        "A resource control policy allows something (G19).",
        (
            "Only the policy that AWS itself attaches allows, in one form: `*` on `*` without a `Condition`. No other "
            "would have an effect (E12)."
        ),
        "Deny what should not be.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}',
            _DENY_PLAIN_HTTP,
            kind=Kind.RESOURCE_CONTROL,
        ),
        aws=("RCP_SYNTAX_ERROR_ALLOW",),
        lenient=True,
    ),
    reported(
        Code.ANY_ACTION_IN_RESOURCE_CONTROL,
        "A resource control policy denies `*`, every action of every service, which AWS refuses in the policies of its customers (G19).",
        "",
        "Name the services, as in `s3:*`.",
        Example(
            '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}}',
            _DENY_PLAIN_HTTP,
            kind=Kind.RESOURCE_CONTROL,
        ),
        aws=("RCP_SYNTAX_ERROR_ACTION",),
        lenient=True,
    ),
)
