"""What only `--unsafe-fixes` makes of policies."""

from typing import Final

from iam2rego.ir.policy import Kind
from tests.unit.fixing.fixed_policies import GRANT, Case, listed, policy, when

TRUSTED: Final = '"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": '
ROLE: Final = '"arn:aws:iam::111122223333:role/r"'
SESSION: Final = '"arn:aws:sts::111122223333:assumed-role/r/s"'

UNSAFE: Final = (
    Case(
        "IAM114",
        f'{{"Statement": {{{GRANT[:-3]}"arn:aws:s3:::${{aws:username}}"}}}}',
        f'{{"Version": "2012-10-17", "Statement": {{{GRANT[:-3]}"arn:aws:s3:::${{aws:username}}"}}}}',
    ),
    Case(
        "IAM116",
        f'{{"Version": "2008-10-17", "Statement": {{{GRANT[:-3]}"arn:aws:s3:::${{aws:username}}"}}}}',
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
    Case(
        "IAM328",
        when('{"StringEqualsIfExists": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}}'),
        when('{"ArnEqualsIfExists": {"aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:t"}}'),
    ),
    Case(
        "IAM329",
        when('{"Bool": {"aws:MultiFactorAuthPresent": "false"}}').replace("Allow", "Deny"),
        when('{"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}').replace("Allow", "Deny"),
    ),
    Case(
        "IAM329",
        when('{"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}'),
        when('{"Bool": {"aws:MultiFactorAuthPresent": "true"}}'),
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
        "IAM506",
        policy(f'[{{"Sid": "A", {GRANT}}},\n {{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}]'),
        policy('[{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]'),
    ),
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
