"""Finds statements that allow an action on every role of an account, or on every role except a list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.pattern import ActionPattern, AnyResource, AnyRun, ArnPattern, ResourceEntry, Text
from iam2rego.ir.policy import Effect, Kind, Statement
from iam2rego.lint.arns import FIELDS, Field
from iam2rego.lint.conditions import tested_keys
from iam2rego.lint.finding import Occurrence
from iam2rego.lint.inclusion import Symbols, covers, fold_key, spell_action, spell_arn
from iam2rego.lint.reach import Part, Reach
from iam2rego.lint.subject import Subject
from iam2rego.source import Span
from iam2rego.syntax.report import quote

_ANY: Final = (AnyRun(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAction:
    """An action on roles.

    Attributes:
        name: the action.
        key: the condition key that limits the roles, or what they are for.
        issue: what the issue codes of IAM Access Analyzer begin with.
    """

    name: str
    key: str
    issue: str


@dataclass(frozen=True, slots=True)
class _Named:
    """How a statement allows an action: what AWS calls it, the place, and words for messages."""

    how: str
    span: Span | None
    words: str


@dataclass(frozen=True, slots=True)
class _Roles:
    """Roles that a statement reaches: words for messages, and an ARN for each set of roles."""

    words: str
    arns: tuple[Symbols, ...]


_ISSUES: Final = {
    ("NAME", False): "STAR_IN_RESOURCE",
    ("STAR", False): "STAR_IN_ACTION_AND_RESOURCE",
    ("NOT", False): "STAR_IN_RESOURCE_AND_NOT_ACTION",
    ("NAME", True): "NOT_RESOURCE",
    ("STAR", True): "STAR_IN_ACTION_AND_NOT_RESOURCE",
    ("NOT", True): "NOT_ACTION_AND_NOT_RESOURCE",
}


def issues(action: RoleAction) -> tuple[str, ...]:
    """Return the issue codes of IAM Access Analyzer for an action."""
    return tuple(f"{action.issue}_WITH_{each}" for each in _ISSUES.values())


def widely_allowed(subject: Subject, action: RoleAction) -> Iterator[Occurrence]:
    """Look in an identity policy for an ``Allow`` of an action on every role, unless a ``Deny`` of the policy takes all of it back."""
    if subject.policy.kind is not Kind.IDENTITY:
        return
    denies: list[Reach] | None = None
    for written in subject.statements:
        statement = written.read
        ways = _ways(statement, action) if statement.effect is Effect.ALLOW else []
        roles = _roles(statement, action) if ways else None
        if not roles:
            continue
        if denies is None:
            denies = [each.reach for each in subject.statements if each.read.effect is Effect.DENY]
        if not _is_denied(written.reach, roles, action, denies):
            yield from (_occurrence(each, roles, action, negated=statement.resources.negated) for each in ways)


def _roles(statement: Statement, action: RoleAction) -> _Roles | None:
    """Return the roles that an ``Allow`` reaches, if they are all of an account or all but a list."""
    entries = statement.resources.entries
    if statement.resources.negated:
        # No condition makes up for `NotResource`: AWS advises only to name the roles.
        everything = _every_role(None)
        excluded = any(isinstance(each, AnyResource) or _covers(each, everything) for each in entries)
        return None if excluded else _Roles("every role that `NotResource` does not name", (everything,))
    wide = [each for each in entries if reaches_every_role(each)]
    if not wide or fold_key(action.key) in tested_keys(statement):
        return None
    return _Roles(quote(wide[0].text), tuple(_every_role(each) for each in wide))


def _every_role(entry: ResourceEntry | None) -> Symbols:
    """Return the ARN of every role: in the partition and the account of an entry, if it has them.

    Nobody can pass a role of another account, so an entry with an account means as much as one without.
    """
    fields = entry.fields if isinstance(entry, ArnPattern) else ()
    partition = fields[Field.PARTITION] if len(fields) > Field.PARTITION else (Text(text="aws"),)
    account = fields[Field.ACCOUNT] if len(fields) == FIELDS else _ANY
    role = (Text(text="role/"), AnyRun())
    return spell_arn(ArnPattern(text="", fields=((Text(text="arn"),), partition, (Text(text="iam"),), (), account, role)))


def _covers(entry: ResourceEntry, roles: Symbols) -> bool:
    return isinstance(entry, AnyResource) or (isinstance(entry, ArnPattern) and covers(spell_arn(entry), roles))


def reaches_every_role(entry: ResourceEntry) -> bool:
    """Say whether an entry of ``Resource`` is every role: of all accounts, or of the account that it names."""
    return _covers(entry, _every_role(entry))


def _ways(statement: Statement, action: RoleAction) -> list[_Named]:
    """Return the entries that allow an action; one for a ``NotAction`` that does not name it."""
    entries = [each for each in statement.actions.entries if isinstance(each, ActionPattern) and _matches(each, action.name.lower())]
    if statement.actions.negated:
        return (
            [] if entries else [_Named("NOT", statement.actions.span, f"this `NotAction` does not name `{action.name}`, so it is allowed")]
        )
    return [_way(each, action) for each in entries]


def _matches(entry: ActionPattern, action: str) -> bool:
    """Say whether an entry matches an action in lower case."""
    if "*" in entry.text or "?" in entry.text:
        return covers(spell_action(entry.segments), action)
    return entry.text.lower() == action


def _way(entry: ActionPattern, action: RoleAction) -> _Named:
    if entry.text.lower() == action.name.lower():
        return _Named("NAME", entry.span, f"{quote(entry.text)} is allowed")
    return _Named("STAR", entry.span, f"{quote(entry.text)} includes `{action.name}`, which is allowed")


def _is_denied(this: Reach, roles: _Roles, action: RoleAction, denies: Sequence[Reach]) -> bool:
    named, reached = Part(False, (action.name.lower(),)), Part(False, roles.arns)
    return any(
        deny.conditions <= this.conditions
        and deny.actions.reaches(named)
        and deny.resources.reaches(reached)
        and not deny.resources.excludes_by_value
        for deny in denies
    )


def _occurrence(way: _Named, roles: _Roles, action: RoleAction, *, negated: bool) -> Occurrence:
    hint = "name the roles in `Resource`" if negated else f"name the roles in `Resource`, or test `{action.key}`"
    return Occurrence(way.span, f"{way.words} on {roles.words}", hint, f"{action.issue}_WITH_{_ISSUES[way.how, negated]}")
