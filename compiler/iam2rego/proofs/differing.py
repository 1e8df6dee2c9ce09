"""The actions about which two policy sets can decide differently, so that a question about a small change is a small question."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from iam2rego.ir.attachments import Attachments, Levels, Names
from iam2rego.ir.policy import Actions, Document, PolicySet, Statement

_Level: TypeAlias = Sequence[Document]


def differing_actions(one: PolicySet, other: PolicySet) -> Actions | None:
    """Return an element that names all actions about which two plain sets can decide differently; None if it is not known.

    About another action, the statements of each level that name it are the same in both sets, up to entries that do not name it.
    """
    levels, others = _levels(one), _levels(other)
    if [None if each is None else len(each) for each in levels] != [None if each is None else len(each) for each in others]:
        return None
    pairs = ((this, that) for mine, theirs in zip(levels, others, strict=True) for this, that in zip(mine or (), theirs or (), strict=True))
    found: list[Actions] = []
    for this, that in pairs:
        differing = _of_level(this, that)
        if differing is None:
            return None
        found += differing
    return Actions(entries=tuple(dict.fromkeys(entry for each in found for entry in each.entries)))


def levels_of(given: Attachments) -> tuple[Levels | None, ...]:
    """Return the policies of a plain set by type and level; None for types that take no part."""
    alone = (given.permissions_boundary, given.session, given.vpc_endpoint, None if given.resource is None else (given.resource,))
    return ((given.identity,), *(None if each is None else (each,) for each in alone), given.service_control, given.resource_control)


def _levels(policies: PolicySet) -> list[Sequence[_Level] | None]:
    documents = {each.name: each.document for each in policies.policies}
    return [None if each is None else [_documents(names, documents) for names in each] for each in levels_of(policies.attachments)]


def _documents(names: Names, documents: Mapping[str, Document]) -> _Level:
    return [documents[name] for name in names]


def _of_level(one: _Level, other: _Level) -> list[Actions] | None:
    """Return elements that name all actions about which two levels have other statements; None if that may be any action."""
    mine, theirs = (_statements(each) for each in _differing(one, other))
    by_rest = [_by_rest((left - right).elements()) for left, right in ((mine, theirs), (theirs, mine))]
    found: list[Actions] = []
    for rest in {*by_rest[0], *by_rest[1]}:
        sides = [each.get(rest, []) for each in by_rest]
        if len(sides[0]) == len(sides[1]) == 1 and sides[0][0].negated is sides[1][0].negated:
            entries = set(sides[0][0].entries) ^ set(sides[1][0].entries)
            found.append(Actions(entries=tuple(sorted(entries, key=lambda entry: entry.text))))
        elif any(each.negated for side in sides for each in side):
            return None
        else:
            found += [each for side in sides for each in side]
    return sorted(found, key=lambda each: [entry.text for entry in each.entries])


class _Same:
    """A document, equal only to itself: comparing texts is slow, and shares of a question have the same documents."""

    def __init__(self, document: Document) -> None:
        self.document: Final = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.document is other.document

    def __hash__(self) -> int:
        return id(self.document)


@lru_cache(maxsize=4096)
def _are_equal(one: _Same, other: _Same) -> bool:
    return one.document == other.document


def _differing(one: _Level, other: _Level) -> tuple[_Level, _Level]:
    """Return the documents of each level that the other does not have."""
    mine, theirs = [], list(other)
    for each in one:
        place = next((index for index, that in enumerate(theirs) if _are_equal(_Same(each), _Same(that))), None)
        if place is None:
            mine.append(each)
        else:
            theirs.pop(place)
    return mine, theirs


def _statements(level: _Level) -> Counter[Statement]:
    return Counter(_meaning(each) for document in level for each in document.statements)


def _meaning(statement: Statement) -> Statement:
    """Return the statement without its name."""
    return statement.model_copy(update={"sid": ""})


def _by_rest(statements: Iterator[Statement]) -> dict[Statement, list[Actions]]:
    """Return the Action elements of statements that are the same but for these."""
    found: dict[Statement, list[Actions]] = {}
    for each in statements:
        found.setdefault(each.model_copy(update={"actions": Actions(entries=())}), []).append(each.actions)
    return found
