"""Who has which policies, as the runtime library reads it."""

from typing import Any

import pytest

from iam2rego.ir.attachments import Attachments, PrincipalPolicies, ResourcePolicy
from iam2rego.rego.bundle.attachments import attachments, module_lists

USER, ROLE = "arn:aws:iam::111111111111:user/p/u", "arn:aws:iam::111111111111:role/p/q/r"
BUCKET = "arn:aws:s3:::b"

ALLOWS = {"allow": ["a_allow"]}
DENIES = {"deny": ["b"], "reads_context": ["b"]}
BOTH = {**ALLOWS, **DENIES}


NAMES = {"a/allow": "a_allow", "b": "b"}
USES = {"a/allow": ("allow",), "b": ("deny", "reads_context")}


def of(**attached: Any) -> Any:
    """Return the attachments of the two policies `a/allow`, which allows, and `b`, which denies and reads the context."""
    return attachments(Attachments(**attached), module_lists(NAMES, USES))


def test_identity_policies_of_everybody() -> None:
    assert of(identity=("a/allow", "b")) == {"accounts": [], "principals": {}, "everybody": {"identity": BOTH, "deny": ["b"]}}


def test_a_boundary_of_everybody_stands_beside_them() -> None:
    everybody = of(identity=("a/allow",), permissions_boundary=("a/allow", "b"))["everybody"]
    assert everybody == {"identity": ALLOWS, "permissions_boundary": BOTH, "deny": ["b"]}


def test_a_boundary_that_allows_nothing_is_there() -> None:
    assert of(permissions_boundary=()) == {"accounts": [], "principals": {}, "everybody": {"permissions_boundary": {}}}


def test_nothing_attached() -> None:
    assert of() == {"accounts": [], "principals": {}, "everybody": {}}


def test_a_simulation_is_told() -> None:
    """E14, E16."""
    assert of(simulated=True) == {"accounts": [], "principals": {}, "everybody": {}, "simulated": True}


@pytest.mark.parametrize(
    ("attached", "others"),
    [
        pytest.param(
            {"identity": ("a/allow",), "session": ("a/allow", "b")},
            {"everybody": {"identity": ALLOWS, "session": BOTH, "deny": ["b"]}},
            id="session",
        ),
        pytest.param({"session": ()}, {"everybody": {"session": {}}}, id="session-that-allows-nothing"),
        pytest.param({"vpc_endpoint": ()}, {"guardrails": {"vpc_endpoint": {"levels": [[]]}}}, id="E13/empty"),
        pytest.param(
            {"vpc_endpoint": ("a/allow", "b")},
            {"guardrails": {"vpc_endpoint": {"levels": [["a_allow"]], **DENIES}}},
            id="E13/endpoint",
        ),
        pytest.param({"service_control": ()}, {"guardrails": {"service_control": {"levels": []}}}, id="E11/no-levels"),
        pytest.param(
            {"service_control": (("a/allow", "b"), ("b",), ())},
            {"guardrails": {"service_control": {"levels": [["a_allow"], [], []], "deny": ["b"]}}},
            id="E11/levels",
        ),
        pytest.param(
            {"resource_control": (("a/allow",), ("b",))}, {"guardrails": {"resource_control": DENIES}}, id="E12/only-denies-count"
        ),
        pytest.param({"resource": "a/allow"}, {"resource": {"every": ALLOWS}}, id="resource-asked-for"),
        pytest.param(
            {"resource": "a/allow", "resources": (ResourcePolicy(resource=BUCKET, policy="b"),)},
            {"resource": {"every": ALLOWS}},
            id="the-resource-asked-for-comes-first",
        ),
    ],
)
def test_other_types(attached: dict[str, Any], others: dict[str, Any]) -> None:
    assert of(**attached) == {"accounts": [], "principals": {}, "everybody": {}, "others": others}


def test_trust_policies_stand_apart() -> None:
    resources = (ResourcePolicy(resource=BUCKET, policy="a/allow"), ResourcePolicy(resource=ROLE, policy="b"))
    attached = of(resources=resources)
    assert attached["trust"] == {ROLE: DENIES}
    assert attached["others"] == {"resource": {"single": {BUCKET: ALLOWS}}}


def test_a_bundle_with_trust_policies_alone_has_no_others() -> None:
    assert of(resources=(ResourcePolicy(resource=ROLE, policy="b"),)) == {
        "accounts": [],
        "principals": {},
        "everybody": {},
        "trust": {ROLE: DENIES},
    }


ACCOUNT = "111111111111"
EXPORT = (
    PrincipalPolicies(arn=USER, identity=("b",)),
    PrincipalPolicies(arn=ROLE, identity=("a/allow", "b"), permissions_boundary="a/allow"),
)


SESSIONS = "arn:aws:sts::111111111111:assumed-role/r/"


def test_users_are_found_by_arn_and_roles_by_that_of_their_sessions() -> None:
    role = {"arn": ROLE, "identity": BOTH, "permissions_boundary": ALLOWS, "deny": ["b"]}
    attached = of(accounts=(ACCOUNT,), principals=EXPORT)
    principals = {USER: {"identity": DENIES, "deny": ["b"]}, SESSIONS: role}
    assert attached == {"accounts": [ACCOUNT], "principals": principals, "everybody": {}}


def test_a_boundary_of_everybody_stands_for_those_of_an_export() -> None:
    attached = of(accounts=(ACCOUNT,), principals=EXPORT, permissions_boundary=("b",))
    assert attached["others"] == {"everybody": {"permissions_boundary": DENIES, "deny": ["b"]}}
    assert attached["principals"][SESSIONS] == {"arn": ROLE, "identity": BOTH, "deny": ["b"]}


def test_what_everybody_has_beside_accounts_is_not_all_that_callers_have() -> None:
    attached = of(accounts=(ACCOUNT,), principals=EXPORT, identity=("a/allow",))
    assert attached["everybody"] == {}
    assert attached["others"] == {"everybody": {"identity": ALLOWS}}


def test_an_exported_account_without_principals() -> None:
    assert of(accounts=(ACCOUNT,)) == {"accounts": [ACCOUNT], "principals": {}, "everybody": {}}
