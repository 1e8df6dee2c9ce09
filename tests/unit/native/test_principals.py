"""The principal part (P1 to P11, L2, L4)."""

from dataclasses import replace
from typing import Final

import pytest

from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.policy import Effect
from iam2rego.ir.principal import (
    AccountPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    ServicePrincipal,
    UniqueIdPrincipal,
)
from iam2rego.jsontext import JsonValue
from iam2rego.native.principal import read_caller
from iam2rego.native.principals import match_of
from tests.support.policies import (
    CROSS,
    FEDERATED,
    FEDERATED_USER,
    ROLE,
    ROLE_WITH_PATH,
    ROOT,
    SAME,
    SERVICE,
    SESSION,
    USER,
    allow,
    deny,
    principals,
    statement,
)

SESSION_WITH_PATH: Final[JsonValue] = {"arn": SESSION, "role_arn": ROLE_WITH_PATH}
OF_USER: Final[JsonValue] = {"arn": FEDERATED_USER, "user_arn": USER}
ID: Final = UniqueIdPrincipal(unique_id="AIDA1")
ROOT_OF_PARTITION: Final = AccountPrincipal(account=SAME, partition="aws")
OTHER_SERVICE: Final = ServicePrincipal(service="s3.amazonaws.com")
CANONICAL: Final = CanonicalUserPrincipal(canonical_user="79a6")
PROVIDER: Final = FederatedPrincipal(provider="accounts.google.com")
ECS: Final = ServicePrincipal(service="ecs.amazonaws.com")
ANYBODY: Final = (USER, ROOT, SESSION, ROLE, FEDERATED_USER, SERVICE, FEDERATED, "*")


def match(principal: JsonValue, *entries: str | PrincipalEntry, effect: Effect = Effect.ALLOW) -> str | None:
    return match_of(statement(effect, to=principals(*entries)), read_caller(principal, []))


@pytest.mark.parametrize("principal", [pytest.param(each, id=f"P2/{each}") for each in ANYBODY])
def test_everybody(principal: JsonValue) -> None:
    assert match(principal, "*") == "wild"


@pytest.mark.parametrize("principal", [pytest.param(each, id=f"P12/{each}") for each in ANYBODY])
def test_no_principal_part(principal: JsonValue) -> None:
    assert match_of(deny(), read_caller(principal, [])) == "wild"


@pytest.mark.parametrize(
    ("principal", "entry", "want"),
    [
        pytest.param(USER, SAME, "account", id="P3/account-of-a-user"),
        pytest.param(ROOT, SAME, "account", id="P3/account-of-root"),
        pytest.param(SESSION, SAME, "account", id="P3/account-of-a-session"),
        pytest.param(ROLE, SAME, "account", id="P3/account-of-a-role"),
        pytest.param(FEDERATED_USER, SAME, "account", id="P3/account-of-a-federated-user"),
        pytest.param(USER, CROSS, None, id="P3/other-account"),
        pytest.param("*", SAME, None, id="P3/anonymous-has-no-account"),
        pytest.param(SERVICE, SAME, None, id="P3/service-has-no-account"),
        pytest.param(USER, ROOT_OF_PARTITION, "account", id="P3/root-arn"),
        pytest.param("arn:aws-cn:iam::111111111111:user/u", ROOT_OF_PARTITION, None, id="P3/root-arn-of-another-partition"),
        pytest.param("arn:aws-cn:iam::111111111111:user/u", SAME, "account", id="P3/account-id-has-no-partition"),
        pytest.param(USER, USER, "direct", id="P4/user"),
        pytest.param(USER, "arn:aws:iam::111111111111:user/U", None, id="P4/user-in-other-case"),
        pytest.param(SESSION, SESSION, "direct", id="P4/session"),
        pytest.param(FEDERATED_USER, FEDERATED_USER, "direct", id="P4/federated-user"),
        pytest.param(SESSION, ROLE, "role", id="P5/role-of-a-session"),
        pytest.param(SESSION_WITH_PATH, ROLE_WITH_PATH, "role", id="P5/role-with-its-path"),
        pytest.param(SESSION_WITH_PATH, ROLE, None, id="P5/role-without-its-path"),
        pytest.param(SESSION, ROLE_WITH_PATH, None, id="P5/unknown-path"),
        pytest.param(ROLE, ROLE, "role", id="P5/role-as-caller"),
        pytest.param(ROLE, SESSION, None, id="P5/role-as-caller-is-no-session"),
        pytest.param(OF_USER, USER, "user", id="P5/user-of-a-federated-user"),
        pytest.param(FEDERATED_USER, USER, None, id="P5/unknown-user"),
        pytest.param({"arn": USER, "role_arn": ROLE}, ROLE, None, id="P5/a-user-has-no-role"),
        pytest.param({"arn": SESSION, "user_arn": USER}, USER, None, id="P5/a-session-has-no-user"),
        pytest.param(USER, Unmatchable(text="arn:aws:iam::111111111111:user/*"), None, id="P6/wildcard"),
        pytest.param(SERVICE, ECS, "direct", id="P7/service"),
        pytest.param(SERVICE, OTHER_SERVICE, None, id="P7/other-service"),
        pytest.param({"Service": "x", "service_names": ["y", "s3.amazonaws.com"]}, OTHER_SERVICE, "direct", id="P7/one-of-its-names"),
        pytest.param(FEDERATED, PROVIDER, "direct", id="P7/provider"),
        pytest.param({"Federated": "x"}, PROVIDER, None, id="P7/other-provider"),
        pytest.param(USER, PROVIDER, None, id="P7/no-provider"),
        pytest.param({"arn": USER, "canonical_user": "79a6"}, CANONICAL, "account", id="P7/canonical-user"),
        pytest.param({"arn": ROOT, "canonical_user": "79a6"}, CANONICAL, "account", id="P7/canonical-user-of-root"),
        pytest.param({"arn": USER, "canonical_user": "79a5"}, CANONICAL, None, id="P7/other-canonical-user"),
        pytest.param(USER, CANONICAL, None, id="P7/unknown-canonical-user"),
        pytest.param({"arn": USER, "unique_id": "AIDA1"}, ID, "direct", id="P8/user"),
        pytest.param({"arn": SESSION, "unique_id": "AIDA1"}, ID, "role", id="P8/session"),
        pytest.param({"arn": ROLE, "unique_id": "AIDA1"}, ID, "role", id="P8/role"),
        pytest.param({"arn": FEDERATED_USER, "unique_id": "AIDA1"}, ID, None, id="P8/federated-user"),
        pytest.param({"arn": ROOT, "unique_id": "AIDA1"}, ID, None, id="P8/root"),
        pytest.param({"arn": USER, "unique_id": "AIDA2"}, ID, None, id="P8/other-id"),
        pytest.param(USER, ID, None, id="P8/unknown-id"),
    ],
)
def test_entry(principal: JsonValue, entry: str | PrincipalEntry, want: str | None) -> None:
    assert match(principal, entry) == want


@pytest.mark.parametrize(
    ("principal", "entries", "want"),
    [
        pytest.param(USER, (), None, id="G10/nobody"),
        pytest.param(USER, (SAME, USER), "direct", id="P1/direct-before-account"),
        pytest.param(USER, ("*", USER), "direct", id="P1/direct-before-wild"),
        pytest.param(SESSION, (SAME, ROLE, "*"), "wild", id="P1/wild-before-role"),
        pytest.param(SESSION, (SAME, ROLE), "role", id="P1/role-before-account"),
        pytest.param(OF_USER, (SAME, USER), "user", id="P1/user-before-account"),
        pytest.param(USER, (CROSS, ROLE, SAME), "account", id="P1/the-one-that-matches"),
    ],
)
def test_strongest(principal: JsonValue, entries: tuple[str, ...], want: str | None) -> None:
    assert match(principal, *entries) == want


def excepted(principal: JsonValue, *entries: str | PrincipalEntry, effect: Effect = Effect.DENY, bounded: bool = False) -> bool:
    caller = replace(read_caller(principal, []), bounded=bounded)
    return match_of(statement(effect, to=principals(*entries, negated=True)), caller) is None


@pytest.mark.parametrize(
    ("principal", "entries", "want"),
    [
        pytest.param(USER, (), False, id="P9/nobody-listed"),
        pytest.param("*", (USER, SAME), False, id="P9/anonymous"),
        pytest.param(SERVICE, (USER, SAME), False, id="P9/service"),
        pytest.param(USER, (SAME, USER), True, id="P10/user"),
        pytest.param(USER, (USER,), False, id="P10/user-without-account"),
        pytest.param(USER, (SAME,), False, id="P10/account-without-user"),
        pytest.param(USER, (ROOT_OF_PARTITION, USER), True, id="P10/user-and-root-arn"),
        pytest.param({"arn": USER, "canonical_user": "79a6"}, (CANONICAL, USER), True, id="P10/account-by-canonical-user"),
        pytest.param({"arn": USER, "unique_id": "AIDA1"}, (SAME, ID), True, id="P10/user-by-unique-id"),
        pytest.param(SESSION, (SAME, ROLE, SESSION), True, id="P10/session"),
        pytest.param(SESSION, (SAME, ROLE), False, id="P10/role-without-session"),
        pytest.param(SESSION, (SAME, SESSION), False, id="P10/session-without-role"),
        pytest.param(SESSION, (ROLE, SESSION), False, id="P10/session-without-account"),
        pytest.param({"arn": SESSION, "unique_id": "AIDA1"}, (SAME, ID, SESSION), True, id="P10/role-by-unique-id"),
        pytest.param(ROLE, (SAME, ROLE), False, id="P10/role-as-caller"),
        pytest.param(ROLE, ("*",), True, id="P10/role-as-caller-by-star"),
        pytest.param(OF_USER, (SAME, USER, FEDERATED_USER), True, id="P10/federated-user"),
        pytest.param(OF_USER, (SAME, FEDERATED_USER), False, id="P10/federated-user-without-user"),
        pytest.param(FEDERATED_USER, (SAME, USER, FEDERATED_USER), False, id="P10/federated-user-of-an-unknown-user"),
        pytest.param(ROOT, (SAME,), True, id="P10/root"),
        pytest.param(ROOT, (CROSS,), False, id="P10/root-of-another-account"),
        pytest.param(SERVICE, (ECS,), True, id="P10/service"),
        pytest.param(FEDERATED, (PROVIDER,), True, id="P10/federated-caller"),
        pytest.param(FEDERATED, (SAME,), False, id="P10/federated-caller-by-account"),
        pytest.param("*", ("*",), True, id="P10/anonymous-by-star"),
        pytest.param(USER, ("*",), True, id="P10/user-by-star"),
    ],
)
def test_not_principal_of_a_deny(principal: JsonValue, entries: tuple[str | PrincipalEntry, ...], want: bool) -> None:
    assert excepted(principal, *entries) is want


@pytest.mark.parametrize(
    "entries", [pytest.param((SAME, USER), id="P11/whole-chain"), pytest.param(("*",), id="P11/star"), pytest.param((), id="P11/nobody")]
)
def test_not_principal_of_a_deny_reaches_whoever_has_a_boundary(entries: tuple[str, ...]) -> None:
    assert not excepted(USER, *entries, bounded=True)


@pytest.mark.parametrize(
    ("principal", "entries", "want"),
    [
        pytest.param(USER, (USER,), True, id="L2/listed"),
        pytest.param(USER, (SAME,), True, id="L2/any-match-suffices"),
        pytest.param(USER, (ROLE, CROSS), False, id="L2/not-listed"),
        pytest.param("*", (USER,), False, id="L2/anonymous"),
    ],
)
def test_not_principal_of_an_allow(principal: JsonValue, entries: tuple[str, ...], want: bool) -> None:
    assert excepted(principal, *entries, effect=Effect.ALLOW) is want
    assert excepted(principal, *entries, effect=Effect.ALLOW, bounded=True) is want


def test_not_principal_means_everybody_else() -> None:
    assert match_of(allow(to=principals(ROLE, negated=True)), read_caller(USER, [])) == "wild"
