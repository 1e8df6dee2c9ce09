"""Policies before and after a fix: statements in the text of a file, with what `--fix` or `--unsafe-fixes` makes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.catalogue.services import catalogue
from iam2rego.fixing import Fixed, Fixer, Wish
from iam2rego.ir.policy import Kind
from iam2rego.source import Source
from iam2rego.sources.files import Place, TextFile
from iam2rego.sources.reading import Options

GRANT: Final = '"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"'
HEAD: Final = '{"Version": "2012-10-17", "Statement": '
NO_PARAMETERS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True)
class Case:
    """A policy with a finding, and what its fix makes of it; `safe` says whether it is proven."""

    code: str
    bad: str
    good: str
    safe: bool = True
    kind: Kind = Kind.IDENTITY
    lenient: bool = False


def when(condition: str, grant: str = GRANT) -> str:
    """A policy of one statement with a condition."""
    return f'{HEAD}{{{grant}, "Condition": {condition}}}}}'


def policy(statements: str) -> str:
    """A policy with the statements, as they are written."""
    return f"{HEAD}{statements}}}"


def listed(member: str, entries: str, others: str = '"Resource": "*"') -> str:
    """A policy of one statement with a list of entries."""
    return policy(f'{{"Effect": "Allow", "{member}": {entries}, {others}}}')


def text_file(text: str, name: str = "policy.json") -> TextFile:
    """The file that holds a text."""
    return TextFile(Place(name, name), Source(name, text), text.encode())


def options(kind: Kind = Kind.IDENTITY, *, lenient: bool = False, parameters: Mapping[str, str] = NO_PARAMETERS) -> Options:
    return Options(kind, lenient, parameters)


def fixed(text: str, kind: Kind = Kind.IDENTITY, *, unsafe: bool = False, lenient: bool = False) -> Fixed:
    """Fix a text."""
    return Fixer(Wish(options(kind, lenient=lenient), catalogue(), unsafe)).fixed(text_file(text))


def codes(done: Fixed) -> list[str]:
    """The codes of the findings that were fixed."""
    return [str(each.code) for each in done.done]


TRUSTED: Final = '"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": '
ROLE: Final = '"arn:aws:iam::111122223333:role/r"'
SESSION: Final = '"arn:aws:sts::111122223333:assumed-role/r/s"'

SAFE: Final = (
    Case("IAM108", policy(f'{{"Sid": "read-only (s3)", {GRANT}}}'), policy(f'{{"Sid": "ReadOnlyS3", {GRANT}}}')),
    Case("IAM108", policy(f'{{"Sid": "reader!", {GRANT}}}'), policy(f'{{"Sid": "reader", {GRANT}}}')),
    Case("IAM108", policy(f'{{"Sid": "--", {GRANT}}}'), policy(f"{{{GRANT}}}")),
    Case(
        "IAM108",
        policy(f'[{{"Sid": "a b", {GRANT}}},\n {{"Sid": "a-b", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}}]'),
        policy(f'[{{"Sid": "AB", {GRANT}}},\n {{"Sid": "AB2", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}}]'),
    ),
    Case("IAM108", policy(f'{{"Sid": "a b", {GRANT}}}'), policy(f'{{"Sid": "AB", {GRANT}}}'), lenient=True),
    Case(
        "IAM109",
        policy(
            f'[{{"Sid": "A", {GRANT}}}, {{"Sid": "A", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}}, '
            '{"Sid": "A2", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]'
        ),
        policy(
            f'[{{"Sid": "A", {GRANT}}}, {{"Sid": "A3", "Effect": "Deny", "Action": "s3:*", "Resource": "*"}}, '
            '{"Sid": "A2", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]'
        ),
    ),
    Case("IAM110", policy(f'{{"Sid": "", {GRANT}}}'), policy(f"{{{GRANT}}}")),
    Case("IAM110", policy(f'{{{GRANT},\n  "Sid": ""\n}}'), policy(f"{{{GRANT}\n}}")),
    Case("IAM114", f'{{\n  "Statement": {{{GRANT}}}\n}}\n', f'{{\n  "Version": "2012-10-17",\n  "Statement": {{{GRANT}}}\n}}\n'),
    Case("IAM114", f'{{"Statement": {{{GRANT}}}}}', f'{{"Version": "2012-10-17", "Statement": {{{GRANT}}}}}'),
    Case(
        "IAM302",
        when('{"streq": {}, "STRINGLIKE": {"aws:username": "a*"}}').replace('"streq": {}, ', ""),
        when('{"StringLike": {"aws:username": "a*"}}'),
    ),
    Case(
        "IAM302",
        when('{"stringlike": {"aws:username": "a*"}, "StringLike": {"aws:userid": "b*"}}'),
        when('{"StringLike": {"aws:userid": "b*", "aws:username": "a*"}}'),
    ),
    Case("IAM304", when("{}"), policy(f"{{{GRANT}}}")),
    Case("IAM304", when('{"StringEquals": {}}'), policy(f"{{{GRANT}}}")),
    Case(
        "IAM304",
        when('{\n    "StringEquals": {},\n    "Bool": {"aws:SecureTransport": "true"}\n  }'),
        when('{\n    "Bool": {"aws:SecureTransport": "true"}\n  }'),
    ),
    Case(
        "IAM315",
        when('{"IpAddress": {"aws:SourceIp": ["203.0.113.5/24", "2001:db8::1/32"]}}'),
        when('{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}}'),
    ),
    Case(
        "IAM321",
        when('{"NumericLessThan": {"aws:MultiFactorAuthAge": ["60", "3600", "3.6e3"]}}').replace(', "3.6e3"', ""),
        when('{"NumericLessThan": {"aws:MultiFactorAuthAge": ["3600"]}}'),
    ),
    Case(
        "IAM321",
        when('{"NumericGreaterThanEquals": {"s3:max-keys": [\n  30,\n  10,\n  20\n]}}'),
        when('{"NumericGreaterThanEquals": {"s3:max-keys": [\n  10\n]}}'),
    ),
    Case(
        "IAM322",
        when('{"ForAllValues:StringLike": {"aws:TagKeys": "*"}, "Bool": {"aws:SecureTransport": "true"}}'),
        when('{"Bool": {"aws:SecureTransport": "true"}}'),
    ),
    Case(
        "IAM322",
        when('{"ForAllValues:StringLike": {"aws:TagKeys": ["*", "a"], "aws:CalledVia": "*.amazonaws.com"}}'),
        when('{"ForAllValues:StringLike": {"aws:CalledVia": "*.amazonaws.com"}}'),
    ),
    Case("IAM324", when('{"ForAllValues:StringNotLike": {"aws:TagKeys": ["*"]}}'), when('{"Null": {"aws:TagKeys": "true"}}')),
    Case(
        "IAM324",
        when('{"Null": {"aws:username": "true"}, "ForAllValues:StringNotLike": {"aws:TagKeys": "*", "aws:CalledVia": "b"}}'),
        when('{"Null": {"aws:username": "true", "aws:TagKeys": "true"}, "ForAllValues:StringNotLike": {"aws:CalledVia": "b"}}'),
    ),
    Case(
        "IAM324",
        when('{\n  "ForAllValues:StringNotLike": {"aws:TagKeys": "*", "aws:CalledVia": "b"}\n}'),
        when('{\n  "ForAllValues:StringNotLike": {"aws:CalledVia": "b"},\n  "Null": {"aws:TagKeys": "true"}\n}'),
    ),
    Case("IAM504", listed("Action", '["iam:Get*", "iam:GetRole"]'), listed("Action", '["iam:Get*"]')),
    Case("IAM504", listed("NotAction", '["IAM:getrole", "iam:GetRole", "s3:*"]'), listed("NotAction", '["IAM:getrole", "s3:*"]')),
    Case(
        "IAM504",
        listed("Action", '[\n  "iam:GetRole",\n  "iam:Get*",\n  "iam:GetUser",\n  "iam:GetGroup"\n]'),
        listed("Action", '[\n  "iam:Get*"\n]'),
    ),
    Case(
        "IAM504",
        listed("Action", '[\n  "s3:*", "s3:GetObject",\n  "sqs:*"\n]'),
        listed("Action", '[\n  "s3:*",\n  "sqs:*"\n]'),
    ),
    Case(
        "IAM505",
        listed("Resource", '["arn:aws:s3:::b", "arn:aws:s3:::b/x", "arn:aws:s3:::b/*"]', '"Action": "s3:*"'),
        listed("Resource", '["arn:aws:s3:::b", "arn:aws:s3:::b/*"]', '"Action": "s3:*"'),
    ),
    Case(
        "IAM505",
        listed("NotResource", '["arn:aws:s3:::b/*", "arn:aws:s3:::b/x"]', '"Action": "s3:*"').replace("Allow", "Deny"),
        listed("NotResource", '["arn:aws:s3:::b/*"]', '"Action": "s3:*"').replace("Allow", "Deny"),
    ),
    Case(
        "IAM505",
        policy('{"Effect": "Deny", "Action": "s3:*", "Resource": ["*", "arn:aws:s3:::b"]}'),
        policy('{"Effect": "Deny", "Action": "s3:*", "Resource": ["*"]}'),
        kind=Kind.SERVICE_CONTROL,
    ),
    Case(
        "IAM505",
        policy(f'{{{GRANT[:-3]}["arn:aws:s3:::b/*", "arn:aws:s3:::b/x"], "Principal": {{"AWS": "111122223333"}}}}'),
        policy(f'{{{GRANT[:-3]}["arn:aws:s3:::b/*"], "Principal": {{"AWS": "111122223333"}}}}'),
        kind=Kind.RESOURCE,
    ),
)
"""Each is proven, and the rest of the text stays."""

UNSAFE: Final = (
    Case(
        "IAM114",
        f'{{"Statement": {{{GRANT[:-3]}"arn:aws:s3:::${{aws:username}}"}}}}',
        f'{{"Version": "2012-10-17", "Statement": {{{GRANT[:-3]}"arn:aws:s3:::${{aws:username}}"}}}}',
    ),
    Case(
        "IAM220",
        listed("Resource", '"arn:aws:S3:::b/*"', '"Action": "s3:*"'),
        listed("Resource", '"arn:aws:s3:::b/*"', '"Action": "s3:*"'),
    ),
    Case("IAM225", policy(f"{{{TRUSTED}[{ROLE}, {SESSION}]}}}}"), policy(f"{{{TRUSTED}[{ROLE}]}}}}"), kind=Kind.TRUST),
    Case(
        "IAM308",
        when('{"ForAllValues:StringEquals": {"aws:username": "a"}, "StringEquals": {"aws:userid": "b"}}'),
        when('{"StringEquals": {"aws:userid": "b", "aws:username": "a"}}'),
    ),
    Case("IAM308", when('{"ForAnyValue:Null": {"aws:TagKeys": "true"}}'), when('{"Null": {"aws:TagKeys": "true"}}')),
    Case(
        "IAM313",
        when('{"StringNotEqualsIfExists": {"aws:PrincipalTag/a": ["b*", "c?"]}}'),
        when('{"StringNotLikeIfExists": {"aws:PrincipalTag/a": ["b*", "c?"]}}'),
    ),
    Case(
        "IAM320",
        when('{"StringEquals": {"aws:RequestedRegion": "eu-centrl-1"}}'),
        when('{"StringEquals": {"aws:RequestedRegion": "eu-central-1"}}'),
    ),
    Case("IAM322", when('{"StringLikeIfExists": {"aws:PrincipalTag/a": "*"}}'), policy(f"{{{GRANT}}}")),
    Case(
        "IAM323",
        policy(
            f'[\n  {{{GRANT}, "Condition": {{"ForAnyValue:StringNotLike": {{"aws:TagKeys": "*"}}}}}},\n'
            '  {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}\n]'
        ),
        policy('[\n  {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}\n]'),
    ),
    Case("IAM324", when('{"StringLike": {"aws:username": "*"}}'), when('{"Null": {"aws:username": "false"}}')),
    Case("IAM324", when('{"StringNotLike": {"aws:username": "*"}}'), when('{"Null": {"aws:username": "true"}}')),
    Case("IAM324", when('{"ForAnyValue:StringLike": {"aws:TagKeys": "*"}}'), when('{"Null": {"aws:TagKeys": "false"}}')),
    Case(
        "IAM325",
        when('{"ArnLike": {"aws:ARN": "arn:aws:iam::111122223333:role/r"}}'),
        when('{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/r"}}'),
    ),
    Case(
        "IAM327",
        when('{"StringLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*", "aws:username": "a*"}}'),
        when('{"StringLike": {"aws:username": "a*"}, "ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}}'),
    ),
    Case("IAM501", policy(f"[{{{GRANT}}}, {{{GRANT}}}]"), policy(f"[{{{GRANT}}}]")),
    Case(
        "IAM501",
        policy(f'[{{{GRANT}}}, {{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::b/*"}}]'),
        policy(f'[{{{GRANT}}}, {{"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": "arn:aws:s3:::b/*"}}]'),
    ),
    Case("IAM502", listed("Action", '"ecs:DescribeCluster"'), listed("Action", '"ecs:DescribeClusters"')),
    Case("IAM502", listed("Action", '"lamda:InvokeFunction"'), listed("Action", '"lambda:InvokeFunction"')),
    Case(
        "IAM510",
        listed("Resource", '"arn:aws:s33:::b/*"', '"Action": "s3:*"'),
        listed("Resource", '"arn:aws:s3:::b/*"', '"Action": "s3:*"'),
    ),
    Case(
        "IAM511",
        listed("Resource", '"arn:aws:sqs:eu-centrl-1:111122223333:q"', '"Action": "sqs:SendMessage"'),
        listed("Resource", '"arn:aws:sqs:eu-central-1:111122223333:q"', '"Action": "sqs:SendMessage"'),
    ),
    Case(
        "IAM520",
        when('{"StringEquals": {"aws:SourceIdentty": "a"}}'),
        when('{"StringEquals": {"aws:SourceIdentity": "a"}}'),
    ),
)
"""Only `--unsafe-fixes` applies these."""
