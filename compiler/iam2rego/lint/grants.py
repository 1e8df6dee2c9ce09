"""What identity policies allow: each entry of `Action` with the actions that it matches, less what the same policy denies."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from iam2rego.catalogue.access import Access, AccessLevel
from iam2rego.catalogue.services import Catalogue
from iam2rego.ir.pattern import ActionPattern, AnyResource
from iam2rego.ir.policy import Effect, Kind
from iam2rego.lint.inclusion import covers, spell_action
from iam2rego.lint.reach import Part, Reach
from iam2rego.lint.subject import Subject, Written
from iam2rego.source import Span
from iam2rego.syntax.report import quote

_CACHED: Final = 4096


@dataclass(frozen=True)
class Grant:
    """An entry of an ``Allow``, or all that a ``NotAction`` does not name: then `entry` is None.

    `denied` are the actions that the policy denies wherever this statement allows them.
    """

    statement: Written
    entry: ActionPattern | None
    denied: tuple[Part, ...]

    @property
    def span(self) -> Span | None:
        """The place of the entry, or of the ``NotAction``."""
        return self.entry.span if self.entry else self.statement.read.actions.span

    @property
    def text(self) -> str:
        """The entry for messages."""
        return quote(self.entry.text) if self.entry else "this `NotAction`"

    @property
    def is_unrestricted(self) -> bool:
        """Whether it allows its actions on every resource, without condition."""
        read = self.statement.read
        return not read.conditions and not read.resources.negated and any(isinstance(each, AnyResource) for each in read.resources.entries)

    def allows(self, action: str) -> bool:
        """Say whether it allows an action, in lower case and without wildcards."""
        if self.entry and "*" not in self.entry.text and "?" not in self.entry.text:
            return self.entry.text.lower() == action and not self._denies(action)
        return any(covers(each, action) for each in self._named.patterns) is not self._named.negated and not self._denies(action)

    def actions(self, known: Catalogue) -> Iterator[Access]:
        """Yield the actions of the catalogue that it allows."""
        matched = actions_of(self.entry.text if self.entry else "*", known)
        if self.entry and not self.denied:
            return iter(matched)
        return (each for each in matched if self.allows(each.name.lower()))

    def _denies(self, action: str) -> bool:
        named = Part(False, (action,))
        return any(each.reaches(named) for each in self.denied)

    @cached_property
    def _named(self) -> Part:
        actions = self.statement.read.actions
        entries = (self.entry,) if self.entry else actions.entries
        return Part(actions.negated, tuple(spell_action(each.segments) for each in entries if isinstance(each, ActionPattern)))


def grants(subject: Subject) -> Sequence[Grant]:
    """Return the entries of ``Action`` that an identity policy allows, and each ``NotAction``."""
    return subject.once(_grants)


def _grants(subject: Subject) -> Sequence[Grant]:
    return [*_found(subject)]


def _found(subject: Subject) -> Iterator[Grant]:
    if subject.policy.kind is not Kind.IDENTITY:
        return
    denies = [each.reach for each in subject.statements if each.read.effect is Effect.DENY]
    for statement in subject.statements:
        if statement.read.effect is Effect.ALLOW:
            denied = _denied(statement.reach, denies) if denies else ()
            actions = statement.read.actions
            entries = (None,) if actions.negated else (each for each in actions.entries if isinstance(each, ActionPattern))
            yield from (Grant(statement, each, denied) for each in entries)


def _denied(this: Reach, denies: Iterable[Reach]) -> tuple[Part, ...]:
    return tuple(
        deny.actions
        for deny in denies
        if deny.conditions <= this.conditions and deny.resources.reaches(this.resources) and not deny.resources.excludes_by_value
    )


def unrestricted(subject: Subject) -> Iterator[Grant]:
    """Yield what an identity policy allows on every resource, without condition."""
    return (each for each in grants(subject) if each.is_unrestricted)


def unrestricted_at(subject: Subject, level: AccessLevel) -> Iterator[tuple[Grant, list[Access]]]:
    """Yield what an identity policy allows on every resource, without condition, and its actions of a level that have resources."""
    return matching(unrestricted(subject), subject.catalogue, lambda action: action.level is level and bool(action.types))


def matching(found: Iterable[Grant], known: Catalogue, is_meant: Callable[[Access], bool]) -> Iterator[tuple[Grant, list[Access]]]:
    """Yield the grants with actions that are meant, and these."""
    for grant in found:
        if meant := [each for each in grant.actions(known) if is_meant(each)]:
            yield grant, meant


def summed(grant: Grant, actions: Sequence[Access]) -> str:
    """Return words for actions of a grant: the entry itself, or that it includes them."""
    first, others = actions[0].name, len(actions) - 1
    if grant.entry and grant.entry.text.lower() == first.lower():
        return grant.text
    return f"{grant.text}, which includes {quote(first)}{f' and {others} more of this kind' if others else ''},"


def first_of(names: Sequence[str]) -> str:
    """Return the first of some actions, for messages, and how many more there are."""
    more = f" and {len(names) - 1} more such actions" if len(names) > 1 else ""
    return f"{quote(names[0])}{more}"


@lru_cache(_CACHED)
def actions_of(text: str, known: Catalogue) -> tuple[Access, ...]:
    """Return the actions that an entry matches, in the order of their names."""
    service, _, name = (text if ":" in text else f"{text}:*").lower().partition(":")
    if ":" in text and "*" not in text and "?" not in text:
        only = known.access_of(service, name) if service in known.services and name in known.actions_of(service) else None
        return (only,) if only else ()
    pattern = _glob(name)
    services = sorted(known.services) if "*" in service or "?" in service else [service]
    named = [each for each in services if each in known.services and _glob(service).fullmatch(each)]
    found = (known.access_of(each, action) for each in named for action in sorted(known.actions_of(each)) if pattern.fullmatch(action))
    return tuple(each for each in found if each)


def _glob(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\*", ".*").replace(r"\?", "."))
