"""Who has which policies, as the runtime library reads it."""

from typing import Any

import pytest

from iam2rego.ir.policy import PolicySet, PrincipalPolicies, ResourcePolicy
from iam2rego.rego.attachments import attachments

USER, ROLE = "arn:aws:iam::111111111111:user/p/u", "arn:aws:iam::111111111111:role/p/q/r"
BUCKET = "arn:aws:s3:::b"

ALLOWS = {"allow": ["a_allow"], "deny": [], "reads_context": []}
DENIES = {"allow": [], "deny": ["b"], "reads_context": ["b"]}
BOTH = {"allow": ["a_allow"], "deny": ["b"], "reads_context": ["b"]}
NONE: dict[str, list[str]] = {"allow": [], "deny": [], "reads_context": []}


NAMES = {"a/allow": "a_allow", "b": "b"}
USES = {"a/allow": ("allow",), "b": ("deny", "reads_context")}


def of(**attached: Any) -> Any:
    """Return the attachments of the two policies `a/allow`, which allows, and `b`, which denies and reads the context."""
    return attachments(PolicySet(policies=(), **attached), NAMES, USES)


def test_identity_policies_of_everybody_stand_alone() -> None:
    assert of(identity=("a/allow", "b")) == {"identity": BOTH}


def test_nothing_attached() -> None:
    assert of() == {"identity": NONE}


@pytest.mark.parametrize(
    ("attached", "others"),
    [
        pytest.param({"permissions_boundary": ("a/allow",)}, {"limits": {"permissions_boundary": ALLOWS}}, id="boundary"),
        pytest.param({"permissions_boundary": ()}, {"limits": {"permissions_boundary": NONE}}, id="boundary-that-allows-nothing"),
        pytest.param({"session": ("a/allow", "b")}, {"limits": {"session": BOTH}}, id="session"),
        pytest.param(
            {"vpc_endpoint": ()}, {"guardrails": {"vpc_endpoint": {"levels": [[]], "deny": [], "reads_context": []}}}, id="E13/empty"
        ),
        pytest.param(
            {"vpc_endpoint": ("a/allow", "b")},
            {"guardrails": {"vpc_endpoint": {"levels": [["a_allow"]], "deny": ["b"], "reads_context": ["b"]}}},
            id="E13/endpoint",
        ),
        pytest.param({"service_control": ()}, {"guardrails": {"service_control": {"levels": [], "deny": []}}}, id="E11/no-levels"),
        pytest.param(
            {"service_control": (("a/allow", "b"), ("b",), ())},
            {"guardrails": {"service_control": {"levels": [["a_allow"], [], []], "deny": ["b"]}}},
            id="E11/levels",
        ),
        pytest.param(
            {"resource_control": (("a/allow",), ("b",))},
            {"guardrails": {"resource_control": {"deny": ["b"], "reads_context": ["b"]}}},
            id="E12/only-denies-count",
        ),
        pytest.param({"resource": "a/allow"}, {"resource": {"every": ALLOWS}}, id="resource-asked-for"),
        pytest.param(
            {"resources": (ResourcePolicy(resource=BUCKET, policy="a/allow"), ResourcePolicy(resource=ROLE, policy="b"))},
            {"resource": {"single": {BUCKET: ALLOWS}, "trust": {ROLE: DENIES}}},
            id="E14/trust-policies-stand-apart",
        ),
        pytest.param(
            {"resource": "a/allow", "resources": (ResourcePolicy(resource=BUCKET, policy="b"),)},
            {"resource": {"every": ALLOWS}},
            id="the-resource-asked-for-comes-first",
        ),
    ],
)
def test_other_types(attached: dict[str, Any], others: dict[str, Any]) -> None:
    assert of(**attached) == {"identity": NONE, "others": others}


EXPORT = (
    PrincipalPolicies(arn=USER, identity=("b",)),
    PrincipalPolicies(arn=ROLE, identity=("a/allow", "b"), permissions_boundary="a/allow"),
)


def test_users_are_found_by_arn_and_roles_by_name() -> None:
    assert of(accounts=("111111111111",), principals=EXPORT)["others"] == {
        "exports": {
            "accounts": ["111111111111"],
            "users": {USER: {"identity": DENIES}},
            "roles": {"111111111111": {"r": {"arn": ROLE, "identity": BOTH, "permissions_boundary": ALLOWS}}},
        }
    }


def test_a_boundary_of_everybody_stands_for_those_of_an_export() -> None:
    others = of(accounts=("111111111111",), principals=EXPORT, permissions_boundary=("b",))["others"]
    assert others["limits"] == {"permissions_boundary": DENIES}
    assert others["exports"]["roles"]["111111111111"]["r"] == {"arn": ROLE, "identity": BOTH}


def test_an_exported_account_without_principals() -> None:
    assert of(accounts=("111111111111",))["others"] == {"exports": {"accounts": ["111111111111"], "users": {}, "roles": {}}}
