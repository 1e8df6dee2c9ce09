"""The requests that are made from policy sets: the caller, the resource, and that the statement decides for which they are made."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.coverage.observe import Place, observe, scales
from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet, PolicyType
from iam2rego.ir.principal import (
    AccountPrincipal,
    AnyPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    Principals,
    ServicePrincipal,
    UniqueIdPrincipal,
)
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.questions import callers
from iam2rego.questions.attached import Attached
from iam2rego.questions.parts import Part, home, is_plain, parts
from iam2rego.sources import load

Loaded: TypeAlias = Callable[..., PolicySet]

HOME: Final = "111111111111"
IAM: Final = f"arn:aws:iam::{HOME}"
STS: Final = f"arn:aws:sts::{HOME}"
QUEUE: Final = f"arn:aws:sqs:r:{HOME}:q"


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def said(effect: str, action: str, **members: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, **({} if "Principal" in members else {"Resource": "*"}), **members}


@pytest.fixture(name="loaded")
def _loaded(tmp_path: Path) -> Loaded:
    def read(resources: Mapping[str, Any] | None = None, **types: Any) -> PolicySet:
        (tmp_path / "set.json").write_text(json.dumps({"policies": types, "resources": dict(resources or {})}), encoding="utf-8")
        return load([str(tmp_path / "set.json")], lenient=True).policies

    return read


ALL: Final = document(said("Allow", "s3:*"))
GET: Final = document(said("Allow", "s3:Get*"))
OPEN: Final = document(said("Allow", "sqs:*", Principal="*"))
NAMED: Final = document(said("Allow", "sqs:*", Principal={"AWS": HOME}))
SECURE: Final = {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}
FENCE: Final = document({**said("Deny", "s3:*", Principal="*"), "Resource": "*", "Condition": SECURE})
OTHER_SERVICE: Final = document(said("Allow", "ec2:*"), said("Allow", "s3:Put*"))

SHOWN: Final = [
    pytest.param({"identity": [ALL]}, id="identity"),
    pytest.param({"identity": [ALL], "permissions_boundary": [GET]}, id="boundary"),
    pytest.param({"identity": [OTHER_SERVICE], "permissions_boundary": [ALL], "session": [ALL]}, id="an-action-of-the-others"),
    pytest.param({"identity": [ALL], "service_control": [[ALL], [GET]]}, id="two-levels"),
    pytest.param({"identity": [ALL], "resource_control": [[FENCE]]}, id="a-deny-to-be-avoided"),
    pytest.param({"identity": [ALL], "vpc_endpoint": [document({**said("Allow", "s3:*", Principal="*"), "Resource": "*"})]}, id="endpoint"),
]


@pytest.mark.parametrize("types", SHOWN)
def test_something_hangs_on_every_allow(loaded: Loaded, types: dict[str, Any]) -> None:
    """Where the other types have to allow as well, a request is found that all allow."""
    policies = loaded(**types)
    attached = Attached(policies, 1)
    for part, index in attached.statements():
        if part.policy.document.statements[index].actions.entries[0].text.startswith("s3:"):
            start = attached.start(part, index, scales(policies, part.policy, index).weight)
            made = [observe(policies, each) for each in attached.requests(part, index, start)]
            assert any(Place(part.policy.name, index) in each.applied for each in made)
            assert {Outcome.ALLOWED, Outcome.IMPLICIT_DENY} <= {each.decision.decision for each in made}


def test_the_resource_and_what_is_in_it_are_asked_for(loaded: Loaded) -> None:
    made = requests_of(loaded({QUEUE: OPEN}))
    assert {QUEUE, f"{QUEUE}/probe", f"{QUEUE}x"} <= {each["resource"] for each in made}


def test_a_trust_policy_is_asked_with_the_actions_that_it_decides(loaded: Loaded) -> None:
    made = requests_of(loaded({f"{IAM}:role/r": document({"Effect": "Allow", "Principal": "*", "Action": "sts:*"})}))
    assert {"sts:AssumeRole", "sts:TagSession", "sts:AssumeRoleWithSAML"} <= {
        each["action"] for each in made if each["resource"] == f"{IAM}:role/r"
    }


def test_guardrails_are_switched(loaded: Loaded) -> None:
    made = requests_of(loaded(identity=[ALL], service_control=[[GET]], resource_control=[[FENCE]]))
    said_of_callers = {name for each in made if isinstance(each["principal"], dict) for name in each["principal"]}
    assert {"management_account", "service_linked_role"} <= said_of_callers
    assert {each.get("resource_in_management_account") for each in made} == {None, True, False}
    assert "kms:RetireGrant" in {each["action"] for each in made}


def test_callers_are_of_the_account_that_owns_and_of_another(loaded: Loaded) -> None:
    made = requests_of(loaded({QUEUE: NAMED}))
    assert {HOME, "999999999999"} <= {each.get("resource_account") for each in made}


def test_the_same_seed_gives_the_same_requests(loaded: Loaded) -> None:
    policies = loaded({QUEUE: NAMED}, identity=[OTHER_SERVICE])
    assert list(map(dumps, requests_of(policies))) == list(map(dumps, requests_of(policies)))


def requests_of(policies: PolicySet) -> list[Any]:
    attached = Attached(policies, 1)
    made: list[Any] = list(attached.unusual())
    for part, index in attached.statements():
        made += attached.requests(part, index, attached.start(part, index, scales(policies, part.policy, index).weight))
    return made


def test_parts_of_a_set(loaded: Loaded) -> None:
    policies = loaded({QUEUE: OPEN}, identity=[ALL], service_control=[[ALL], [GET]])
    assert [(each.policy.name, each.type, each.resource) for each in parts(policies)] == [
        ("identity[0]", PolicyType.IDENTITY, None),
        ("service_control[0][0]", PolicyType.SERVICE_CONTROL, None),
        ("service_control[1][0]", PolicyType.SERVICE_CONTROL, None),
        (f"resources[{QUEUE}]", PolicyType.RESOURCE, QUEUE),
    ]


def test_parts_of_an_export(loaded: Loaded) -> None:
    policies = loaded(identity=[ALL])
    (policy,) = policies.policies
    held = {"arn": f"{IAM}:user/u", "identity": (policy.name,), "permissions_boundary": policy.name}
    exported = PolicySet.model_validate({"policies": (policy,), "attachments": {"accounts": (HOME,), "principals": (held,)}})
    holders = (f"{IAM}:user/u",)
    assert list(parts(exported)) == [
        Part(policy, PolicyType.IDENTITY, holders=holders),
        Part(policy, PolicyType.PERMISSIONS_BOUNDARY, holders=holders),
    ]
    assert (is_plain(policies), is_plain(exported), home(exported)) == (True, False, HOME)


@pytest.mark.parametrize(
    ("resources", "types", "want"),
    [
        pytest.param({}, {"identity": [ALL]}, "123456789012", id="none-is-named"),
        pytest.param({QUEUE: OPEN}, {}, HOME, id="owner"),
        pytest.param({"arn:aws:s3:::b": NAMED}, {}, HOME, id="principal"),
    ],
)
def test_home(loaded: Loaded, resources: Mapping[str, Any], types: Mapping[str, Any], want: str) -> None:
    assert home(loaded(resources, **types)) == want


USER: Final = f"{IAM}:user/p/u"
ROLE: Final = f"{IAM}:role/p/r"
SESSION: Final = f"{STS}:assumed-role/r/s"
CALLERS: Final = [
    pytest.param(AnyPrincipal(), ["*", {"Service": "probe.amazonaws.com"}, "arn:aws:iam::123456789012:root"], id="P2/everybody"),
    pytest.param(AccountPrincipal(account=HOME), [f"{IAM}:root", f"{IAM}:user/richard-roe"], id="P3/account"),
    pytest.param(AccountPrincipal(account=HOME), ["arn:aws:iam::111111111110:root", f"arn:aws-us-gov:iam::{HOME}:root"], id="P3/missed"),
    pytest.param(ArnPrincipal(arn=USER), [USER, {"arn": f"{STS}:federated-user/probe", "user_arn": USER}], id="P4/user"),
    pytest.param(ArnPrincipal(arn=USER), [f"{IAM}:user/P/U", f"{IAM}:user/u", f"{IAM}:user/p/ux"], id="P4/user-missed"),
    pytest.param(ArnPrincipal(arn=USER), [f"arn:aws-cn:iam::{HOME}:user/p/u", "arn:aws:iam::111111111110:user/p/u"], id="P4/elsewhere"),
    pytest.param(ArnPrincipal(arn=ROLE), [ROLE, f"{STS}:assumed-role/r/session"], id="P5/role-and-session-without-path"),
    pytest.param(ArnPrincipal(arn=ROLE), [{"arn": f"{STS}:assumed-role/r/session", "role_arn": ROLE}], id="P5/session-with-path"),
    pytest.param(
        ArnPrincipal(arn=ROLE),
        [{"arn": f"{STS}:assumed-role/r/session", "role_arn": f"{IAM}:role/elsewhere/r"}, f"{STS}:assumed-role/R/session"],
        id="P5/session-of-another-role",
    ),
    pytest.param(ArnPrincipal(arn=SESSION), [SESSION, f"{STS}:assumed-role/r/sx", f"{STS}:assumed-role/s/session"], id="P4/session"),
    pytest.param(
        UniqueIdPrincipal(unique_id="AIDA1"), [{"arn": "arn:aws:iam::123456789012:user/richard-roe", "unique_id": "AIDA0"}], id="P8"
    ),
    pytest.param(ServicePrincipal(service="s.x"), [{"Service": "s.x"}, {"Service": "S.X"}, {"Federated": "s.x"}], id="P7/service"),
    pytest.param(FederatedPrincipal(provider="f.x"), [{"Federated": "f.x"}, {"Federated": "f.xx"}, {"Service": "f.x"}], id="P7/federated"),
    pytest.param(
        CanonicalUserPrincipal(canonical_user="c1"),
        [{"arn": "arn:aws:iam::123456789012:root", "canonical_user": each} for each in ("c1", "c0")],
        id="P7/canonical-user",
    ),
]


@pytest.mark.parametrize(("entry", "wanted"), CALLERS)
def test_callers_on_both_sides(entry: PrincipalEntry, wanted: list[JsonValue]) -> None:
    made = list(callers.edges(Principals(entries=(entry,)), HOME))
    assert [each for each in wanted if each not in made] == []


def test_a_chain_is_completed_by_what_other_entries_say() -> None:
    entries = (ArnPrincipal(arn=USER), UniqueIdPrincipal(unique_id="AIDA1"), CanonicalUserPrincipal(canonical_user="c1"))
    made = list(callers.edges(Principals(negated=True, entries=entries), HOME))
    assert {"arn": USER, "unique_id": "AIDA1"} in made
    assert {"arn": USER, "canonical_user": "c1"} in made


def test_sessions_of_exported_roles() -> None:
    wanted = [ROLE, f"{STS}:assumed-role/r/session", f"{STS}:assumed-role/rx/session", f"{IAM}:role/r", f"{IAM}:role/p/rx"]
    assert [each for each in wanted if each not in list(callers.exported(ROLE))] == []


def test_who_is_near_an_exported_user() -> None:
    wanted: list[JsonValue] = [USER, {"arn": f"{STS}:federated-user/probe", "user_arn": USER}, f"{STS}:federated-user/u", f"{IAM}:user/u"]
    assert [each for each in wanted if each not in list(callers.exported(USER))] == []
