"""IAM501: a statement, or some of its actions, that can never change a decision, because others already allow or deny all of it (E3)."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final, TypeAlias

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Effect, Statement
from iam2rego.lint.edits import without_entry, without_statement
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Remedy, Safety, unsafe
from iam2rego.lint.inclusion import spell_action
from iam2rego.lint.reach import Part, Reach, Services
from iam2rego.lint.subject import Subject, Written
from iam2rego.lint.together import covering
from iam2rego.source import Span

FINDING: Final = Finding(
    code="IAM501",
    name="moot-statement",
    level=Level.WARNING,
    summary="A statement, or some of its actions, can never change a decision: other statements already allow or deny all of it (E3).",
    why=(
        "Often the author believed that the statement restricts another one. Only a `Deny` restricts. "
        "If only some of the actions are covered, and no condition is without effect, it is a notice. "
        "So it is if others cover the statement by other conditions or only together, which is proved where the proof is short."
    ),
    remedy="Remove it or, if its resources and conditions should count, narrow the statement that covers it.",
    bad="""{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "DescribeServices", "Effect": "Allow", "Action": "ecs:DescribeServices", "Resource": "*"},
    {"Sid": "ViewServiceIfOwner", "Effect": "Allow", "Action": "ecs:DescribeServices", "Resource": "arn:aws:ecs:*:*:service/*",
     "Condition": {"StringEquals": {"ecs:ResourceTag/Owner": "${aws:username}"}}}
  ]
}""",
    good="""{
  "Version": "2012-10-17",
  "Statement": [
    {"Sid": "ViewServiceIfOwner", "Effect": "Allow", "Action": "ecs:DescribeServices", "Resource": "arn:aws:ecs:*:*:service/*",
     "Condition": {"StringEquals": {"ecs:ResourceTag/Owner": "${aws:username}"}}}
  ]
}""",
    aws=("REDUNDANT_STATEMENT",),
    fix=Safety.UNSAFE,
)

Covered: TypeAlias = Mapping[Part, Set[int]]
"""The parts of a statement's actions that others cover, with the indices of these others among the statements read."""

_ONE_DOES: Final = {Effect.ALLOW: "allows", Effect.DENY: "denies"}
_MANY_DO: Final = {Effect.ALLOW: "allow", Effect.DENY: "deny"}
_HINT: Final = "remove it or, if its resources and conditions should count, narrow the statement that covers it"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Compare each statement with the others of the same effect, starting with the last: with each, then with all together.

    The covered part of a statement is ignored when earlier statements are checked. So all findings can be fixed together, and the later
    of two equal statements is reported.
    """
    live = {place: statement.reach for place, statement in enumerate(subject.statements)}
    services = Services([statement.reach.actions for statement in subject.statements])
    yield from _by_texts(subject, live, services)
    yield from _by_proofs(subject, live, services)


def _by_texts(subject: Subject, live: dict[int, Reach], services: Services) -> Iterator[Occurrence]:
    statements = subject.statements
    for place in reversed(range(len(statements))):
        this = live.pop(place)
        covered = _covered(this, {each: live[each] for each in services.near(this.actions) if each in live})
        if covered:
            by = [statements[each] for each in sorted({each for indexes in covered.values() for each in indexes})]
            message, span = _what(statements[place], this, covered, by)
            level, places = _level(this, covered, live), tuple(each.read.span for each in by)
            fix = _fix(subject, statements[place], this, covered)
            yield Occurrence(span, message, _HINT, level=level, covered_by=places, fix=fix)
        if not covered:
            live[place] = this
        elif this.actions not in covered:
            left = tuple(pattern for pattern in this.actions.patterns if Part(False, (pattern,)) not in covered)
            live[place] = replace(this, actions=replace(this.actions, patterns=left))


def _by_proofs(subject: Subject, live: dict[int, Reach], services: Services) -> Iterator[Occurrence]:
    """Find statements that others cover entirely, but by other conditions, or only together."""
    statements = subject.statements
    whole = {place for place, statement in enumerate(statements) if live.get(place) == statement.reach}
    for place in sorted(whole, reverse=True):
        this = statements[place]
        others = [statements[each] for each in services.near(this.reach.actions) if each in whole and each != place]
        alike = [each for each in others if _have_same_part(this.read, each.read)]
        if by := covering(this, alike, subject.policy.type):
            whole.remove(place)
            message = f"{_name(this)} can never change a decision: {_already(this, by)} all of it"
            fix = unsafe("remove the statement", without_statement, subject, this)
            yield Occurrence(this.read.span, message, _HINT, level=Level.NOTICE, covered_by=tuple(each.read.span for each in by), fix=fix)


def _have_same_part(one: Statement, other: Statement) -> bool:
    return one.effect is other.effect and one.principals == other.principals


def _covered(this: Reach, others: Mapping[int, Reach]) -> Covered:
    """Find the actions that others allow or deny on each of the resources whenever this statement does."""
    near = [(at, other) for at, other in others.items() if other.is_as_wide_for(this) and other.actions.reaches_some(this.actions)]
    rivals = [[at for at, other in near if other.covers(resources)] for resources in this.resources.pieces]
    if not rivals or not all(rivals):
        return {}
    found = {actions: [_first(rival, others, actions) for rival in rivals] for actions in this.actions.pieces}
    return {actions: {each for each in by if each is not None} for actions, by in found.items() if by and None not in by}


def _first(rivals: Sequence[int], others: Mapping[int, Reach], actions: Part) -> int | None:
    return next((index for index in rivals if others[index].actions.reaches(actions)), None)


def _level(this: Reach, covered: Covered, others: Mapping[int, Reach]) -> Level | None:
    """Return a notice if the statement still decides about some actions, and has the conditions of what covers the rest."""
    by = {index for indexes in covered.values() for index in indexes}
    loses_a_condition = any(this.conditions - others[index].conditions for index in by)
    return None if loses_a_condition or _is_whole(this, covered) else Level.NOTICE


def _is_whole(this: Reach, covered: Covered) -> bool:
    """Return whether others cover all actions of the statement, not only some."""
    return all(actions in covered for actions in this.actions.pieces)


def _what(statement: Written, this: Reach, covered: Covered, by: Sequence[Written]) -> tuple[str, Span | None]:
    """Return a message and its place: the statement if it is entirely covered, else the first covered action."""
    already = _already(statement, by)
    if _is_whole(this, covered):
        return f"{_name(statement)} can never change a decision: {already} all of it", statement.read.span
    moot = _moot(statement, covered)
    actions = ", ".join(f"`{entry.text}`" for entry in moot)
    return f"{_name(statement)} never decides about {actions}: {already} all of that", moot[0].span


def _already(statement: Written, by: Sequence[Written]) -> str:
    verb = (_ONE_DOES if len(by) == 1 else _MANY_DO)[statement.read.effect]
    return f"{' and '.join(map(_name, by))} already {verb}"


def _fix(subject: Subject, statement: Written, this: Reach, covered: Covered) -> Remedy | None:
    """Remove the statement, or the actions that others cover. The policy means the same, but the author meant the statement to count."""
    if _is_whole(this, covered):
        return unsafe("remove the statement", without_statement, subject, statement)
    written = statement.member("Action")
    spans = [entry.span for entry in _moot(statement, covered)]
    return unsafe("remove the actions", without_entry, written.value, *spans) if written else None


def _moot(statement: Written, covered: Covered) -> Sequence[ActionPattern]:
    return [entry for entry in statement.read.actions.entries if isinstance(entry, ActionPattern) and _piece(entry) in covered]


def _name(statement: Written) -> str:
    return f"statement {statement.index} `{statement.read.sid}`" if statement.read.sid else f"statement {statement.index}"


def _piece(entry: ActionPattern) -> Part:
    return Part(False, (spell_action(entry.segments),))
