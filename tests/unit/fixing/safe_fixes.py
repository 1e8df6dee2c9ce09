"""What `--fix` makes of policies."""

from typing import Final

from iam2rego.ir.policy import Kind
from tests.unit.fixing.fixed_policies import GRANT, Case, listed, policy, when

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
        "IAM116",
        f'{{"Version" : "2008-10-17", "Statement": {{{GRANT}}}}}',
        f'{{"Version" : "2012-10-17", "Statement": {{{GRANT}}}}}',
    ),
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
