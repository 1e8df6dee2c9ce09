"""The context keys that a request lacks (D5)."""

from typing import Any

import pytest

from iam2rego.ir.policy import PolicySet, PolicyType, Statement, identity_policies
from iam2rego.ir.principal import Principals
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from tests.support.policies import (
    HOME,
    ROLE,
    ROOT,
    SAME,
    SERVICE,
    USER,
    allow,
    deny,
    equals,
    equals_variable,
    null,
    policy,
    policy_set,
    principals,
    request,
)


def policies(*statements: Statement) -> PolicySet:
    return identity_policies((policy("p", *statements),))


@pytest.mark.parametrize(
    ("reading", "context", "want"),
    [
        pytest.param([allow(when=[null("b:B"), null("a:A")])], {}, ("a:A", "b:B"), id="sorted"),
        pytest.param([deny(when=[null("a:A")])], {}, ("a:A",), id="of-a-deny"),
        pytest.param([allow(when=[null("a:A")])], {"A:a": ""}, (), id="present-in-other-case"),
        pytest.param([allow(when=[null("a:A")])], {"a:A": []}, ("a:A",), id="an-empty-list-is-missing"),
        pytest.param([allow("s3:PutObject", when=[null("a:A")])], {}, (), id="other-action"),
        pytest.param([allow(on=HOME)], {}, ("aws:Username",), id="variable-with-default-other-resource"),
        pytest.param([allow(when=[equals_variable("a:A", "b:B")])], {}, ("a:A", "b:B"), id="variable-in-a-value"),
        pytest.param(
            [allow(when=[null("A:a")]), deny(when=[null("a:A")])],
            {},
            ("A:a",),
            id="as-first-spelled",
        ),
        pytest.param(
            [allow("s3:PutObject", when=[null("A:a")]), allow(when=[null("a:A")])],
            {},
            ("a:A",),
            id="as-first-spelled-for-the-action",
        ),
    ],
)
def test_missing_context_keys(reading: list[Statement], context: JsonValue, want: tuple[str, ...]) -> None:
    assert authorize(policies(*reading), request(context=context)).missing_context_keys == want


def test_a_root_user_misses_no_keys_of_policies_that_take_no_part() -> None:
    assert authorize(policies(allow(when=[null("a:A")])), request(ROOT)).missing_context_keys == ()


def test_e8_a_root_user_misses_the_keys_of_session_policies() -> None:
    assert authorize(policy_set(session=reading("k:v")), request(ROOT)).missing_context_keys == ("k:v",)


def test_c5_a_null_dataset_is_no_missing_key() -> None:
    tags = allow(when=[null("aws:TagKeys")])
    assert authorize(policies(tags), request(context={"aws:TagKeys": [""]})).missing_context_keys == ()


def reading(key: str) -> list[Any]:
    """Return an Allow that reads a key."""
    return [allow("s3:GetObject", when=[equals(key, "x")])]


@pytest.mark.parametrize("policy_type", [pytest.param(each, id=f"D5/{each}") for each in PolicyType])
def test_missing_keys_of_a_type(policy_type: PolicyType) -> None:
    has_levels = policy_type in (PolicyType.SERVICE_CONTROL, PolicyType.RESOURCE_CONTROL)
    made: dict[str, Any] = {policy_type.value: [reading("k:v")] if has_levels else reading("k:v")}
    want = () if policy_type is PolicyType.SERVICE_CONTROL else ("k:v",)
    assert authorize(policy_set(**made), request()).missing_context_keys == want


@pytest.mark.parametrize(
    ("principal", "to", "want"),
    [
        pytest.param(USER, principals(USER), ("k:v",), id="D5/named"),
        pytest.param(USER, principals(ROLE), (), id="D5/not-named"),
        pytest.param(USER, principals(USER, SAME, negated=True), (), id="D5/excepted"),
        pytest.param(SERVICE, principals(USER, SAME, negated=True), ("k:v",), id="D5/not-excepted"),
    ],
)
def test_missing_keys_of_statements_about_the_caller(principal: JsonValue, to: Principals, want: tuple[str, ...]) -> None:
    statements = [deny("s3:GetObject", to=to, when=[equals("k:v", "x")])]
    assert authorize(policy_set(resource=statements), request(principal)).missing_context_keys == want


def test_missing_keys_are_spelled_as_in_the_first_type() -> None:
    policies = policy_set(session=reading("K:s"), permissions_boundary=reading("k:S"), identity=[])
    assert authorize(policies, request()).missing_context_keys == ("k:S",)
