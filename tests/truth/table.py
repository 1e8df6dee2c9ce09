"""The rules of decisions (E5 to E15) once more, as one table, which shares nothing with either engine.

A row says what is decided where each of its columns holds; the first row that fits decides. ``-`` fits anything, and
``a|b`` fits either. What the columns hold is the state that a type of policy is in:

    absent  there is no such policy        none  no statement of it applies
    allow   an Allow applies               deny  a Deny applies

The column ``resource`` has instead of ``allow`` the way in which the Allow means the caller (P1). Behind the decision is what the
document tells besides: a type that `denied_by` names, among others, or ``nothing`` where no statement and no type is named.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

COLUMNS: Final = ("caller", "account", "service", "identity", "boundary", "session", "resource", "scp", "rcp", "endpoint")

HAVING_POLICIES: Final = ("user", "session", "role", "linked", "federated-user")
"""Callers of these kinds have identity, boundary and session policies; ``linked`` is a session of a service-linked role."""

TABLE: Final = """
caller           account    service     identity  boundary  session  resource     scp    rcp   endpoint  decision      told

What no policy has a say in, not even by a Deny (E16).
principal|root   -          identify    -         -         -        -            -      -     -         allowed       nothing
user|root        -          token       -         -         -        -            -      -     -         allowed       nothing

An explicit deny of a policy that takes part (E1). A resource control policy has no say in calls by service-linked roles, nor where a
service assumes one (E12).
principal        -          -           deny      -         -        -            -      -     -         explicitDeny  identity
principal        -          -           -         deny      -        -            -      -     -         explicitDeny  permissions_boundary
principal|root   -          -           -         -         deny     -            -      -     -         explicitDeny  session
-                -          -           -         -         -        deny         -      -     -         explicitDeny  resource
governed         -          -           -         -         -        -            deny   -     -         explicitDeny  service_control
not-linked       -          -           -         -         -        -            -      deny  -         explicitDeny  resource_control
service          -          unlinked    -         -         -        -            -      deny  -         explicitDeny  resource_control
-                -          -           -         -         -        -            -      -     deny      explicitDeny  vpc_endpoint

Guardrails (E11, E13); a resource control policy never has to allow (E12).
governed         -          -           -         -         -        -            none   -     -         implicitDeny  service_control
-                -          -           -         -         -        -            -      -     none      implicitDeny  vpc_endpoint

A role without a trust policy trusts nobody (E14).
-                -          of-a-role   -         -         -        absent       -      -     -         implicitDeny  resource

Across partitions (E9), federation (E14), a root user who assumes a role (E8).
principal|root   partition  -           -         -         -        -            -      -     -         implicitDeny  resource
federated        -          federation  -         -         -        direct|wild  -      -     -         allowed       -
-                -          federation  -         -         -        -            -      -     -         implicitDeny  -
root             -          trust       -         -         -        -            -      -     -         implicitDeny  -
root             -          linked-role -         -         -        -            -      -     -         implicitDeny  -

Callers without an account (E10).
service          -          -           -         -         -        direct|wild  -      -     -         allowed       -
federated        -          -           -         -         -        direct|wild  -      -     -         allowed       -
anonymous        -          -           -         -         -        wild         -      -     -         allowed       -
without-account  -          -           -         -         -        -            -      -     -         implicitDeny  resource

The root user, whom nothing caps but the policy of a root session (E8, E9, E14, E15).
root             -          -           -         -         none     -            -      -     -         implicitDeny  session
root             same       ordinary    -         -         -        -            -      -     -         allowed       -
root             same       key         -         -         -        absent       -      -     -         allowed       -
root             -          -           -         -         -        wild|account -      -     -         allowed       -
root             -          -           -         -         -        -            -      -     -         implicitDeny  resource

Another account needs both sides, whatever the resource side names (E9).
principal        cross      -           none      -         -        -            -      -     -         implicitDeny  identity
principal        cross      -           -         none      -        -            -      -     -         implicitDeny  permissions_boundary
principal        cross      -           -         -         none     -            -      -     -         implicitDeny  session
federated-user   cross      -           -         -         absent   -            -      -     -         implicitDeny  session
principal        cross      -           -         -         -        absent|none  -      -     -         implicitDeny  resource
principal        cross      -           -         -         -        -            -      -     -         allowed       -

The same account (E5 to E7, E14); a key without a key policy has the default one, which leaves it to IAM policies (E15).
principal        same       -           -         -         -        direct|wild  -      -     -         allowed       -
principal        same       -           -         none      -        -            -      -     -         implicitDeny  permissions_boundary
principal        same       -           -         -         none     -            -      -     -         implicitDeny  session
federated-user   same       -           -         -         absent   -            -      -     -         implicitDeny  session
principal        same       -           -         -         -        role|user    -      -     -         allowed       -
principal        same       -           none      -         -        -            -      -     -         implicitDeny  identity
principal        same       of-others   -         -         -        -            -      -     -         allowed       -
principal        same       -           -         -         -        account      -      -     -         allowed       -
principal        same       key         -         -         -        absent       -      -     -         allowed       -
principal        same       -           -         -         -        none         -      -     -         implicitDeny  resource
"""

_OF_ROLES: Final = frozenset({"trust", "tag", "federation", "linked-role"})
"""What trust policies decide: assuming a role, tagging the session, federation, assuming a service-linked role."""

_OF_OTHERS: Final = frozenset({"ordinary", "identify", "token"})
"""What no policy of a role or key decides; two are the actions of E16."""

_GROUPS: Final[Mapping[str, frozenset[str]]] = {
    "principal": frozenset(HAVING_POLICIES),
    "governed": frozenset(HAVING_POLICIES) - {"linked"} | {"root"},
    "not-linked": frozenset(HAVING_POLICIES) - {"linked"} | {"root", "federated", "anonymous"},
    "without-account": frozenset({"service", "federated", "anonymous"}),
    "of-a-role": _OF_ROLES,
    "of-others": _OF_OTHERS,
    "unlinked": _OF_OTHERS | _OF_ROLES - {"linked-role"} | {"key"},
}


@dataclass(frozen=True, slots=True)
class Row:
    """The states that fit, by column, where not any does; the decision; and what the document tells besides."""

    fits: tuple[tuple[int, frozenset[str]], ...]
    decision: str
    told: str

    def is_met(self, decision: str, denied_by: Collection[str], matched: int) -> bool:
        """Say whether a document, with this many matched statements, is as the row says."""
        if decision != self.decision:
            return False
        return not (matched or denied_by) if self.told == "nothing" else self.told in {"-", *denied_by}


def row_of(state: tuple[str, ...]) -> int:
    """Return the index of the first row that fits ``state``, whose members are in the order of `COLUMNS`."""
    return next(index for index, row in enumerate(ROWS) if all(state[column] in fits for column, fits in row.fits))


def _rows() -> Iterator[Row]:
    """Yield the rows of the table."""
    for line in TABLE.splitlines():
        *cells, decision, told = line.split() if len(line.split()) > 1 else ("", "")
        if decision in ("allowed", "explicitDeny", "implicitDeny"):
            yield Row(tuple((column, _fitting(cell)) for column, cell in enumerate(cells) if cell != "-"), decision, told)


def _fitting(cell: str) -> frozenset[str]:
    return frozenset().union(*(_GROUPS.get(each, {each}) for each in cell.split("|")))


ROWS: Final = tuple(_rows())
