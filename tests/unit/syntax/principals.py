"""Policies whose statements name principals."""

from iam2rego.ir.policy import Kind

RESOURCE, TRUST, ENDPOINT, RCP = Kind.RESOURCE, Kind.TRUST, Kind.VPC_ENDPOINT, Kind.RESOURCE_CONTROL
USER = "arn:aws:iam::111111111111:user/u"


def policy(principal: str, effect: str = "Deny") -> str:
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "{effect}", {principal}, "Action": "s3:*"}}}}'


def named(value: str, effect: str = "Deny") -> str:
    return policy(f'"Principal": {value}', effect)


def with_resource(principal: str, effect: str = "Deny") -> str:
    return policy(principal, effect).replace('"Action"', '"Resource": "*", "Action"')
