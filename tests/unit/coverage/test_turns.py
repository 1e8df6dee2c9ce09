"""Which missing context keys would change a decision."""

from collections.abc import Mapping
from typing import Any

import pytest

from iam2rego.coverage.turns import turns
from iam2rego.jsontext import JsonValue
from tests.support.policies import HOME, allow, deny, equals, equals_variable, null, policy_set, request

A = equals("k:a", "x")
B = equals("k:b", "y")


@pytest.mark.parametrize(
    ("policies", "document", "want"),
    [
        pytest.param({"identity": [allow()]}, request(), [], id="nothing-is-missing"),
        pytest.param({"identity": [allow(when=[A])]}, request(), [({"k:a": "x"}, "allowed")], id="one-key"),
        pytest.param({"identity": [allow(when=[A])]}, request(context={"K:A": "z"}), [], id="a-key-that-is-there"),
        pytest.param({"identity": [allow(when=[A])]}, request(context={"k:a": []}), [({"k:a": "x"}, "allowed")], id="C5/an-empty-list"),
        pytest.param({"identity": [allow("s3:Put*", when=[A])]}, request(), [], id="of-another-action"),
        pytest.param(
            {"identity": [allow(when=[A]), allow(when=[B])]}, request(), [({"k:a": "x"}, "allowed"), ({"k:b": "y"}, "allowed")], id="either"
        ),
        pytest.param({"identity": [allow(when=[A, B])]}, request(), [({"k:a": "x", "k:b": "y"}, "allowed")], id="two-keys-together"),
        pytest.param({"identity": [allow(), deny(when=[A])]}, request(), [({"k:a": "x"}, "explicitDeny")], id="a-deny"),
        pytest.param({"identity": [allow(), deny(when=[null("k:a")])]}, request(), [({"k:a": "probe"}, "allowed")], id="presence"),
        pytest.param(
            {"identity": [allow()], "service_control": [[allow(when=[A])]]}, request(), [({"k:a": "x"}, "allowed")], id="of-an-organization"
        ),
        pytest.param(
            {"identity": [allow(on=HOME)]}, request(resource="arn:aws:s3:::u"), [({"aws:Username": "u"}, "allowed")], id="variable"
        ),
        pytest.param(
            {"identity": [allow(when=[equals_variable("k:a", "k:b")])]},
            request(),
            [({"k:a": "probe", "k:b": "probe"}, "allowed")],
            id="compared-with-a-variable",
        ),
        pytest.param({"identity": [allow(when=[A])]}, request(action="x"), [], id="refused"),
        pytest.param({"identity": [allow(when=[A])]}, "x", [], id="no-request"),
    ],
)
def test_keys_that_would_change_the_decision(policies: Mapping[str, Any], document: JsonValue, want: list[object]) -> None:
    assert [(each.values, each.outcome) for each in turns(policy_set(**policies), document)] == want
