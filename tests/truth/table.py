"""The rules of section 7 once more, as one table: a third statement of them, which shares nothing with either engine.

A row says what is decided where each of its columns holds; the first row that fits decides. ``-`` fits anything, and
``a|b`` fits either. What the columns hold is the state that a type of policy is in:

    absent  there is no such policy        none  no statement of it applies
    allow   an Allow applies               deny  a Deny applies

The column ``resource`` has instead of ``allow`` the way in which the Allow means the caller (P1).
"""

from collections.abc import Iterator, Mapping
from typing import Final

COLUMNS: Final = ("caller", "account", "service", "identity", "boundary", "session", "resource", "scp", "rcp", "endpoint")

HAVING_POLICIES: Final = ("user", "session", "role", "linked", "federated-user")
"""Callers of these kinds have identity, boundary and session policies; ``linked`` is a session of a service-linked role."""

TABLE: Final = """
caller           account    service     identity  boundary  session  resource     scp    rcp   endpoint  decision

Calls that no policy controls (E16).
principal|root   -          identity    -         -         -        -            -      -     -         allowed
user|root        -          token       -         -         -        -            -      -     -         allowed

An explicit deny of a policy that takes part (E1); a service may assume a service-linked role whatever a resource control policy says (E12).
principal        -          -           deny      -         -        -            -      -     -         explicitDeny
principal        -          -           -         deny      -        -            -      -     -         explicitDeny
principal|root   -          -           -         -         deny     -            -      -     -         explicitDeny
-                -          -           -         -         -        deny         -      -     -         explicitDeny
governed         -          -           -         -         -        -            deny   -     -         explicitDeny
not-linked       -          -           -         -         -        -            -      deny  -         explicitDeny
service          -          not-own     -         -         -        -            -      deny  -         explicitDeny
-                -          -           -         -         -        -            -      -     deny      explicitDeny

Guardrails (E11, E13); a resource control policy never has to allow (E12).
governed         -          -           -         -         -        -            none   -     -         implicitDeny
-                -          -           -         -         -        -            -      -     none      implicitDeny

Across partitions (E9), federation and roles without a trust policy (E14), a root user who assumes a role (E8).
principal|root   partition  -           -         -         -        -            -      -     -         implicitDeny
federated        -          federation  -         -         -        direct|wild  -      -     -         allowed
-                -          federation  -         -         -        -            -      -     -         implicitDeny
-                -          roles       -         -         -        absent       -      -     -         implicitDeny
root             -          trust|own   -         -         -        -            -      -     -         implicitDeny

Callers without an account (E10).
service          -          -           -         -         -        direct|wild  -      -     -         allowed
federated        -          -           -         -         -        direct|wild  -      -     -         allowed
anonymous        -          -           -         -         -        wild         -      -     -         allowed
without-account  -          -           -         -         -        -            -      -     -         implicitDeny

The root user (E8, E9, E14, E15).
root             -          -           -         -         none     -            -      -     -         implicitDeny
root             same       ordinary    -         -         -        -            -      -     -         allowed
root             same       key         -         -         -        absent       -      -     -         allowed
root             -          -           -         -         -        wild|account -      -     -         allowed
root             -          -           -         -         -        -            -      -     -         implicitDeny

Another account needs both sides, whatever the resource side names (E9).
principal        cross      -           none      -         -        -            -      -     -         implicitDeny
principal        cross      -           -         none      -        -            -      -     -         implicitDeny
principal        cross      -           -         -         none     -            -      -     -         implicitDeny
federated-user   cross      -           -         -         absent   -            -      -     -         implicitDeny
principal        cross      -           -         -         -        absent|none  -      -     -         implicitDeny
principal        cross      -           -         -         -        -            -      -     -         allowed

The same account (E5 to E7, E14, E15).
principal        same       -           -         -         -        direct|wild  -      -     -         allowed
principal        same       -           -         none      -        -            -      -     -         implicitDeny
principal        same       -           -         -         none     -            -      -     -         implicitDeny
federated-user   same       -           -         -         absent   -            -      -     -         implicitDeny
principal        same       -           -         -         -        role|user    -      -     -         allowed
principal        same       -           none      -         -        -            -      -     -         implicitDeny
principal        same       ordinary    -         -         -        -            -      -     -         allowed
principal        same       token       -         -         -        -            -      -     -         allowed
principal        same       -           -         -         -        account      -      -     -         allowed
principal        same       key         -         -         -        absent       -      -     -         allowed
principal        same       -           -         -         -        none         -      -     -         implicitDeny
"""

_GROUPS: Final[Mapping[str, frozenset[str]]] = {
    "principal": frozenset(HAVING_POLICIES),
    "governed": frozenset(HAVING_POLICIES) - {"linked"} | {"root"},
    "not-linked": frozenset(HAVING_POLICIES) - {"linked"} | {"root", "federated", "anonymous"},
    "without-account": frozenset({"service", "federated", "anonymous"}),
    "roles": frozenset({"trust", "tag", "own"}),
    "not-own": frozenset({"ordinary", "trust", "tag", "federation", "key", "identity", "token"}),
}


def expected(state: tuple[str, ...]) -> str:
    """Return what is decided in ``state``, whose members are in the order of `COLUMNS`."""
    return ROWS[row_of(state)][1]


def row_of(state: tuple[str, ...]) -> int:
    """Return the index of the first row that fits."""
    return next(index for index, (row, _) in enumerate(ROWS) if all(state[column] in fits for column, fits in row))


def _rows() -> Iterator[tuple[tuple[tuple[int, frozenset[str]], ...], str]]:
    """Yield the rows of the table: by column the states that fit, where not any does, and the decision."""
    for line in TABLE.splitlines():
        *cells, decision = line.split() or [""]
        if decision in ("allowed", "explicitDeny", "implicitDeny"):
            yield tuple((column, _fitting(cell)) for column, cell in enumerate(cells) if cell != "-"), decision


def _fitting(cell: str) -> frozenset[str]:
    return frozenset().union(*(_GROUPS.get(each, {each}) for each in cell.split("|")))


ROWS: Final = tuple(_rows())
