"""Groups similar disagreements, since many requests usually find the same defect."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from iam2rego.conformance.run import Disagreement, called
from iam2rego.engines.compare import Answer, outcome
from iam2rego.ir.decision import Decision


@dataclass(frozen=True, slots=True)
class Group:
    """Disagreements about the same policies and the same statements."""

    first: Disagreement
    others: tuple[Disagreement, ...]


def grouped(disagreements: Iterable[Disagreement]) -> tuple[Group, ...]:
    """Return the groups, and the disagreements of each, in the order in which they were found."""
    groups: dict[object, list[Disagreement]] = {}
    for each in disagreements:
        groups.setdefault(_difference(each), []).append(each)
    return tuple(Group(first, tuple(others)) for first, *others in groups.values())


def asked(disagreement: Disagreement) -> str:
    """Return the name of the policies that decided the request."""
    return called(disagreement.policies)


def statements_told_apart(disagreement: Disagreement) -> frozenset[tuple[str, int]]:
    """Return the deciding statements that only one of the documents has, by policy and index."""
    return _statements(disagreement.native) ^ _statements(disagreement.opa)


def statements_named(disagreement: Disagreement) -> frozenset[tuple[str, int]]:
    """Return the deciding statements that one of the documents has, by policy and index."""
    return _statements(disagreement.native) | _statements(disagreement.opa)


def _difference(disagreement: Disagreement) -> object:
    native, opa = disagreement.native, disagreement.opa
    only = _statements(native) - _statements(opa), _statements(opa) - _statements(native)
    return asked(disagreement), outcome(native), outcome(opa), only, _rest(native), _rest(opa)


def _statements(given: Answer) -> frozenset[tuple[str, int]]:
    return frozenset((each.policy, each.index) for each in given.matched_statements) if isinstance(given, Decision) else frozenset()


def _rest(given: Answer) -> Sequence[Sequence[str]]:
    return (given.denied_by, given.missing_context_keys) if isinstance(given, Decision) else ()
