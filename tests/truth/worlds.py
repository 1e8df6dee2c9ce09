"""Policies whose statements apply as the request's context says, and the requests that put them into every state of the table.

There is one set of policies for each combination of the types whose absence no request can bring about: session and endpoint
policies. Within a set, callers choose the boundary, resources choose the resource policy, and keys of the context all else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random
from typing import Any, Final

from iam2rego.ir.policy import Effect, PolicySet, Statement
from iam2rego.ir.principal import FederatedPrincipal, PrincipalEntry, ServicePrincipal
from iam2rego.jsontext import JsonValue
from tests.support.policies import allow, deny, equals, policy_set, principals, statement, with_attachments
from tests.truth.table import COLUMNS, HAVING_POLICIES, ROWS, Row, row_of

HOME: Final = "111111111111"
"""The account that owns the resources."""
ABROAD: Final = "222222222222"

ACCOUNTS: Final[Mapping[str, tuple[str, str]]] = {
    "same": ("aws", HOME),
    "cross": ("aws", ABROAD),
    "partition": ("aws-cn", HOME),
}
"""Partition and account of callers that have them."""

_SERVICE: Final = "ecs.amazonaws.com"
_PROVIDER: Final = "accounts.google.com"
_LINKED_ROLE: Final = f"arn:aws:iam::{HOME}:role/aws-service-role/{_SERVICE}"

_RESOURCES: Final[Mapping[str, tuple[str, str, str]]] = {
    "ordinary": ("s3:GetObject", "arn:aws:s3:::given/k", "arn:aws:s3:::bare/k"),
    "trust": ("sts:AssumeRole", f"arn:aws:iam::{HOME}:role/given", f"arn:aws:iam::{HOME}:role/bare"),
    "tag": ("sts:TagSession", f"arn:aws:iam::{HOME}:role/given", f"arn:aws:iam::{HOME}:role/bare"),
    "federation": ("sts:AssumeRoleWithSAML", f"arn:aws:iam::{HOME}:role/given", f"arn:aws:iam::{HOME}:role/bare"),
    "linked-role": ("sts:AssumeRole", f"{_LINKED_ROLE}/given", f"{_LINKED_ROLE}/bare"),
    "key": ("kms:Decrypt", f"arn:aws:kms:r:{HOME}:key/given", f"arn:aws:kms:r:{HOME}:key/bare"),
    "identify": ("sts:GetCallerIdentity", "arn:aws:s3:::given/k", "arn:aws:s3:::bare/k"),
    "token": ("sts:GetSessionToken", "arn:aws:s3:::given/k", "arn:aws:s3:::bare/k"),
}
"""For each kind of service an action, a resource that has a policy, and one that has none."""

_WITH_POLICY: Final = (
    "arn:aws:s3:::given",
    f"arn:aws:iam::{HOME}:role/given",
    f"{_LINKED_ROLE}/given",
    f"arn:aws:kms:r:{HOME}:key/given",
)

_FOUR: Final = ("absent", "none", "allow", "deny")
_THREE: Final = ("none", "allow", "deny")

_GUARDRAILS: Final = tuple(product(_FOUR, ("absent", "none", "deny"), _FOUR))
"""States of service control, resource control and endpoint policies; an Allow of the second would be that of `none`, which is there."""

_FEW_GUARDRAILS: Final = (
    ("absent", "absent", "absent"),
    ("allow", "none", "allow"),
    ("none", "none", "allow"),
    ("deny", "none", "allow"),
    ("allow", "deny", "allow"),
    ("allow", "none", "none"),
    ("allow", "none", "deny"),
)

_VARIANTS: Final = frozenset({"role", "linked", "tag", "federation", "linked-role", "identify", "token"})

MATCHES: Final[Mapping[str, tuple[str, ...]]] = {
    "user": ("direct", "wild", "account"),
    "session": ("direct", "wild", "role", "account"),
    "role": ("wild", "role", "account"),
    "linked": ("direct", "wild", "role", "account"),
    "federated-user": ("direct", "wild", "user", "account"),
    "root": ("wild", "account"),
    "service": ("direct", "wild"),
    "federated": ("direct", "wild"),
    "anonymous": ("wild",),
}
"""The ways in which an entry can mean each kind of caller (P1)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A request to one of the `worlds`, the state of everything, and the row of the table that decides."""

    world: int
    request: JsonValue
    state: tuple[str, ...]
    row: Row

    @property
    def expect(self) -> str:
        """What the table says is decided."""
        return self.row.decision


def cases(count: int | None = None, seed: int = 0) -> Iterator[Case]:
    """Yield every combination, or at most ``count`` of them drawn with a seed, of each row of the table equally many."""
    for state in all_states() if count is None else _drawn(count, Random(seed)):
        yield Case(_world_of(state), _request(state), state, ROWS[row_of(state)])


def _drawn(count: int, random: Random) -> Iterator[tuple[str, ...]]:
    # Most combinations are denied explicitly, so that few of a plain sample would be allowed.
    rows = states_by_row()
    for _, states in sorted(rows.items()):
        yield from random.sample(states, min(len(states), count // len(rows)))


@cache
def states_by_row() -> Mapping[int, Sequence[tuple[str, ...]]]:
    """Return every combination by the index of the row that decides it."""
    by_row: dict[int, list[tuple[str, ...]]] = {}
    for state in all_states():
        by_row.setdefault(row_of(state), []).append(state)
    return by_row


@cache
def all_states() -> Sequence[tuple[str, ...]]:
    """Return every combination of states, in the order of `table.COLUMNS`.

    The plain callers, accounts and services meet every state of the guardrails, the others only those of `_FEW_GUARDRAILS`.
    """
    return tuple(state for caller in MATCHES for state in _states(caller))


def _states(caller: str) -> Iterator[tuple[str, ...]]:
    has_policies = caller in HAVING_POLICIES
    accounts = tuple(ACCOUNTS) if has_policies or caller == "root" else ("none",)
    # Where a type takes no part for a caller, its Deny must not either; that it lacks an Allow shows in the other callers.
    identity = _THREE if has_policies else ("none", "deny")
    boundary = _FOUR if has_policies else ("absent",)
    session = _FOUR if has_policies or caller == "root" else ("absent", "deny")
    resource = ("absent", "none", *MATCHES[caller], "deny")
    for account, service in product(accounts, _RESOURCES):
        plain = caller not in _VARIANTS and account != "partition" and service not in _VARIANTS
        guardrails = [each for each in (_GUARDRAILS if plain else _FEW_GUARDRAILS) if each[0] != "absent" or account != "none"]
        for *states, guards in product((caller,), (account,), (service,), identity, boundary, session, resource, guardrails):
            yield (*states, *guards)


def worlds() -> Sequence[PolicySet]:
    """Return the sets of policies: without session and endpoint policies, with one of the two, and with both."""
    return tuple(_world(session=session, endpoint=endpoint) for session, endpoint in product((False, True), repeat=2))


def _world_of(state: tuple[str, ...]) -> int:
    _, _, _, _, _, session, _, _, _, endpoint = state
    return 2 * (session != "absent") + (endpoint != "absent")


def _world(*, session: bool, endpoint: bool) -> PolicySet:
    """Return a set; the accounts are exported for the sake of boundaries, while identity policies are everybody's."""
    made = policy_set(
        identity=_toggled("identity"),
        permissions_boundary=_toggled("boundary"),
        session=_toggled("session") if session else None,
        service_control=[[allow()], _toggled("scp")],
        resource_control=[[allow()], _toggled("rcp")],
        vpc_endpoint=_toggled("endpoint", "*") if endpoint else None,
        resources=dict.fromkeys(_WITH_POLICY, _resource_policy()),
        accounts=(HOME, ABROAD),
        held={arn: {"permissions_boundary": "permissions_boundary"} for arn in _bounded()},
    )
    return with_attachments(made, identity=("identity",))


def _toggled(key: str, *to: str) -> list[Statement]:
    """Return an Allow and a Deny, which apply where the key says so."""
    whom = principals(*to) if to else None
    return [statement(effect, to=whom, when=[equals(f"t:{key}", effect.value.lower())]) for effect in Effect]


def _resource_policy() -> list[Statement]:
    """Return an Allow for each way to mean a caller, and a Deny of everybody."""
    entries: dict[str, list[str | PrincipalEntry]] = {
        "direct": [ServicePrincipal(service=_SERVICE), FederatedPrincipal(provider=_PROVIDER)],
        "wild": ["*"],
        "role": [],
        "user": [],
        "account": [HOME, ABROAD],
    }
    for caller, (partition, account), bounded in product(HAVING_POLICIES, ACCOUNTS.values(), (True, False)):
        principal = _principal(caller, partition, account, bounded)
        entries["direct"] += [principal["arn"]] if caller != "role" else []
        entries["role"] += [principal["role_arn"]] if "role_arn" in principal else []
        entries["user"] += [principal["user_arn"]] if "user_arn" in principal else []
    allows = [allow(to=principals(*each), when=[equals("t:resource", match)]) for match, each in entries.items()]
    return [*allows, deny(to="*", when=[equals("t:resource", "deny")])]


def _bounded() -> Iterator[str]:
    """Yield the users and roles that have a boundary."""
    for (partition, account), of in product(ACCOUNTS.values(), ("user", "role")):
        yield _entity(of, partition, account, bounded=True)


def _entity(of: str, partition: str, account: str, *, bounded: bool) -> str:
    # A role is found by account and name, whatever its partition, so the name says it.
    return f"arn:{partition}:iam::{account}:{of}/path/{'bounded' if bounded else 'free'}-{partition}"


def _principal(caller: str, partition: str, account: str, bounded: bool) -> dict[str, Any]:
    role, user = (_entity(of, partition, account, bounded=bounded) for of in ("role", "user"))
    sts = f"arn:{partition}:sts::{account}"
    name = role.rsplit("/", 1)[1]
    forms: dict[str, dict[str, Any]] = {
        "user": {"arn": user},
        "session": {"arn": f"{sts}:assumed-role/{name}/s", "role_arn": role},
        "role": {"arn": role, "role_arn": role},
        "linked": {"arn": f"{sts}:assumed-role/{name}/linked", "role_arn": role, "service_linked_role": True},
        "federated-user": {"arn": f"{sts}:federated-user/{name}", "user_arn": user},
        "root": {"arn": f"arn:{partition}:iam::{account}:root"},
    }
    return forms[caller]


def _request(state: tuple[str, ...]) -> JsonValue:
    caller, account, service, _, boundary, _, resource, scp, rcp, _ = state
    action, given, bare = _RESOURCES[service]
    toggles = dict(zip(COLUMNS[3:], state[3:], strict=True))
    return {
        "principal": _caller(caller, account, bounded=boundary != "absent", managing=scp == "absent"),
        "action": action,
        "resource": bare if resource == "absent" else given,
        "resource_account": HOME,
        "resource_in_management_account": rcp == "absent",
        # What is absent would deny if it took part after all.
        "context": {f"t:{key}": "deny" if each == "absent" else each for key, each in toggles.items()},
    }


def _caller(caller: str, account: str, *, bounded: bool, managing: bool) -> JsonValue:
    match caller:
        case "service":
            return {"Service": _SERVICE}
        case "federated":
            return {"Federated": _PROVIDER}
        case "anonymous":
            return "*"
    return {**_principal(caller, *ACCOUNTS[account], bounded), "management_account": managing}
