"""What is proven of two policies, and what is not."""

from typing import Final

import pytest

from iam2rego.fixing.proof import LEAST, asked, differing, unproven
from iam2rego.fixing.reading import meanings
from iam2rego.ir.policy import Kind, Policy, PolicyType
from iam2rego.proofs.alone import alone
from iam2rego.syntax.forms import FORMS
from tests.unit.fixing.fixed_policies import GRANT, listed, options, policy, text_file, when

TRUST: Final = '"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": '
TO_ALL: Final = '"Principal": {"AWS": "111122223333"}'


def meant(text: str, kind: Kind = Kind.IDENTITY) -> Policy:
    (only,) = meanings(text_file(text), options(kind)).values()
    return only


def on(*resources: str, member: str = "Resource", effect: str = "Allow", more: str = "") -> str:
    entries = ", ".join(f'"{each}"' for each in resources)
    return policy(f'{{"Effect": "{effect}", "Action": "s3:*", "{member}": [{entries}]{more}}}')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(policy(f'{{"Sid": "a", {GRANT}}}'), policy(f'{{"Sid": "b", {GRANT}}}'), id="sid"),
        pytest.param(listed("Action", '["s3:Get*", "s3:GetX"]'), listed("Action", '["S3:GET*"]'), id="action-that-another-covers"),
        pytest.param(listed("NotAction", '["s3:*", "s3:GetX"]'), listed("NotAction", '["s3:*"]'), id="not-action"),
        pytest.param(on("arn:aws:s3", "arn:aws:s3:::b"), on("arn:aws:s3"), id="short-arn-in-an-identity-policy"),
        pytest.param(
            when('{"IpAddress": {"aws:SourceIp": "10.1.2.3/8"}}'), when('{"IpAddress": {"AWS:sourceip": "10.0.0.0/8"}}'), id="host-bits"
        ),
        pytest.param(
            when('{"NotIpAddress": {"aws:SourceIp": "10.1.2.3/8"}}'), when('{"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}'), id="not-ip"
        ),
        pytest.param(
            when('{"NumericLessThanEquals": {"s3:max-keys": ["1", "10"]}}'),
            when('{"NumericLessThanEquals": {"s3:max-keys": 10}}'),
            id="upper-bound",
        ),
        pytest.param(
            when('{"ForAllValues:NumericGreaterThan": {"s3:max-keys": ["1", "10"]}}'),
            when('{"ForAllValues:NumericGreaterThan": {"s3:max-keys": "1"}}'),
            id="lower-bound",
        ),
        pytest.param(when('{"ForAllValues:StringLike": {"a:b": ["*", "c"]}}'), policy(f"{{{GRANT}}}"), id="always-true"),
        pytest.param(when('{"ForAllValues:StringLikeIfExists": {"a:b": "**"}}'), policy(f"{{{GRANT}}}"), id="always-true-if-exists"),
        pytest.param(
            when('{"ForAllValues:StringNotLike": {"aws:TagKeys": "*"}}'), when('{"Null": {"aws:tagkeys": "true"}}'), id="key-missing"
        ),
    ],
)
def test_equal_policies_are_proven(old: str, new: str) -> None:
    assert unproven(meant(old), meant(new)) is None
    assert unproven(meant(new), meant(old)) is None
    assert differing(meant(old), meant(new)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(listed("Action", '["s3:Get*", "s3:PutX"]'), listed("Action", '["s3:Get*"]'), id="action"),
        pytest.param(listed("NotAction", '["s3:*", "sqs:*"]'), listed("NotAction", '["s3:*"]'), id="not-action"),
        pytest.param(listed("Action", '["s3:*"]'), listed("NotAction", '["s3:*"]'), id="negated"),
        pytest.param(on("arn:aws:s3:::b"), on("arn:aws:s3:::b", "arn:aws:s3:::c"), id="resource"),
        pytest.param(
            on("arn:aws:s3:::*", "arn:aws:s3:::${aws:username}", member="NotResource"),
            on("arn:aws:s3:::*", member="NotResource"),
            id="missing-value",
        ),
        pytest.param(on("*"), on("*", effect="Deny"), id="effect"),
        pytest.param(
            policy(f"[{{{GRANT}}}]"),
            policy(f'[{{{GRANT}}}, {{"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b"}}]'),
            id="two",
        ),
        pytest.param(
            when('{"IpAddress": {"aws:SourceIp": "10.1.2.3/8"}}'), when('{"IpAddress": {"aws:SourceIp": "10.0.0.0/9"}}'), id="mask"
        ),
        pytest.param(
            when('{"NumericLessThan": {"s3:max-keys": ["1", "10"]}}'), when('{"NumericLessThan": {"s3:max-keys": "1"}}'), id="bound"
        ),
        pytest.param(
            when('{"NumericEquals": {"s3:max-keys": ["1", "10"]}}'), when('{"NumericEquals": {"s3:max-keys": "10"}}'), id="no-bound"
        ),
        pytest.param(when('{"StringLikeIfExists": {"aws:PrincipalTag/a": "*"}}'), policy(f"{{{GRANT}}}"), id="list-for-a-single-value"),
        pytest.param(when('{"StringLike": {"aws:PrincipalAccount": "*"}}'), policy(f"{{{GRANT}}}"), id="key-that-aws-always-sends"),
        pytest.param(when('{"StringLike": {"aws:username": "*"}}'), when('{"Null": {"aws:username": "false"}}'), id="key-present"),
        pytest.param(
            when('{"ForAnyValue:StringLike": {"aws:TagKeys": "*"}}'), when('{"Null": {"aws:TagKeys": "false"}}'), id="list-of-empty-strings"
        ),
        pytest.param(
            when('{"ForAllValues:StringNotLike": {"aws:PrincipalTag/a": "*"}}'),
            when('{"Null": {"aws:PrincipalTag/a": "true"}}'),
            id="empty",
        ),
        pytest.param(when('{"ForAllValues:StringLike": {"a:b": ["?*", "c"]}}'), policy(f"{{{GRANT}}}"), id="not-any"),
    ],
)
def test_other_policies_are_not_proven(old: str, new: str) -> None:
    assert unproven(meant(old), meant(new))
    assert unproven(meant(new), meant(old))
    assert differing(meant(old), meant(new)) is not None


def test_a_short_arn_matches_otherwise_where_it_is_not_completed() -> None:
    old = meant(on("arn:aws:s3", "arn:aws:s3:::b", more=f", {TO_ALL}"), Kind.RESOURCE)
    new = meant(on("arn:aws:s3", more=f", {TO_ALL}"), Kind.RESOURCE)
    assert unproven(old, new)
    assert differing(old, new) is not None


def test_a_session_beside_its_role_counts() -> None:
    role, session = '"arn:aws:iam::111122223333:role/r"', '"arn:aws:sts::111122223333:assumed-role/r/s"'
    old = meant(policy(f"{{{TRUST}[{role}, {session}]}}}}"), Kind.TRUST)
    assert unproven(old, meant(policy(f"{{{TRUST}[{role}]}}}}"), Kind.TRUST))


@pytest.mark.parametrize("kind", [each for each in Kind if each not in (Kind.TRUST, Kind.RESOURCE_CONTROL)])
def test_decisions_depend_on_a_policy_of_any_type(kind: Kind) -> None:
    more = f", {TO_ALL}" if FORMS[kind].type in (PolicyType.RESOURCE, PolicyType.VPC_ENDPOINT) else ""
    one, other = meant(on("arn:aws:s3:::b/*", more=more), kind), meant(on("arn:aws:s3:::c/*", more=more), kind)
    assert differing(one, other) is not None
    assert len(asked(alone(one), alone(other))) >= LEAST


def test_decisions_depend_on_a_resource_control_policy() -> None:
    one = meant(on("arn:aws:s3:::b/*", effect="Deny", more=', "Principal": "*"'), Kind.RESOURCE_CONTROL)
    other = meant(on("arn:aws:s3:::c/*", effect="Deny", more=', "Principal": "*"'), Kind.RESOURCE_CONTROL)
    assert differing(one, other) is not None
    assert len(asked(alone(one), alone(other))) >= LEAST
