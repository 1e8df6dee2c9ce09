"""IAM501: a statement, or some of its actions, can never change a decision because others already allow or deny all of it."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final, TypeAlias

from iam2rego.diagnostics import Code, Diagnostic, Severity
from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Effect, Policy, Statement
from iam2rego.lint.inclusion import spell_action
from iam2rego.lint.reach import Part, Reach, reach
from iam2rego.source import Source, Span

Covered: TypeAlias = Mapping[Part, Set[int]]
"""The pieces of a statement's actions that others cover, with the indexes of these others."""

_ONE_DOES: Final = {Effect.ALLOW: "allows", Effect.DENY: "denies"}
_MANY_DO: Final = {Effect.ALLOW: "allow", Effect.DENY: "deny"}
_HINT: Final = "remove what is moot or, if its resources and conditions are meant to count, narrow what covers it"


def moot_statements(policy: Policy, source: Source) -> Iterator[Diagnostic]:
    """Compare each statement with the others of its effect, the last one first.

    What is moot of a statement does not count when those before it are looked at. So all findings hold together, and of two
    equal statements the later one is reported.
    """
    statements = policy.document.statements
    live = {index: reach(statement) for index, statement in enumerate(statements)}
    for index in reversed(range(len(statements))):
        this = live.pop(index)
        covered = _covered(this, live)
        if covered:
            message, span = _what(statements, index, this, covered)
            yield Diagnostic(Code.MOOT_STATEMENT, message, source, span, _HINT, Severity.WARNING)
        if this.actions not in covered:
            left = tuple(pattern for pattern in this.actions.patterns if Part(False, (pattern,)) not in covered)
            live[index] = replace(this, actions=replace(this.actions, patterns=left))


def _covered(this: Reach, others: Mapping[int, Reach]) -> Covered:
    """Find the actions that others allow or deny on each of the resources whenever this statement does."""
    rivals = [
        [index for index, other in sorted(others.items()) if other.covers_all_but_actions(this, resources)]
        for resources in this.resources.pieces()
    ]
    found = {actions: [_first(rival, others, actions) for rival in rivals] for actions in this.actions.pieces()}
    return {actions: {each for each in by if each is not None} for actions, by in found.items() if by and None not in by}


def _first(rivals: Sequence[int], others: Mapping[int, Reach], actions: Part) -> int | None:
    return next((index for index in rivals if others[index].actions.reaches(actions)), None)


def _what(statements: Sequence[Statement], index: int, this: Reach, covered: Covered) -> tuple[str, Span | None]:
    """Return what a finding says, and where: at the statement if all of it is moot, else at the first action that is."""
    statement = statements[index]
    by = sorted({each for indexes in covered.values() for each in indexes})
    others = " and ".join(_name(each, statements[each]) for each in by)
    verb = (_ONE_DOES if len(by) == 1 else _MANY_DO)[statement.effect]
    if covered.keys() >= set(this.actions.pieces()):
        return f"{_name(index, statement)} can never change a decision: {others} already {verb} all of it", statement.span
    moot = [entry for entry in statement.actions.entries if isinstance(entry, ActionPattern) and _piece(entry) in covered]
    actions = ", ".join(f"`{entry.text}`" for entry in moot)
    return f"{_name(index, statement)} never decides about {actions}: {others} already {verb} all of that", moot[0].span


def _name(index: int, statement: Statement) -> str:
    return f"statement {index} `{statement.sid}`" if statement.sid else f"statement {index}"


def _piece(entry: ActionPattern) -> Part:
    return Part(False, (spell_action(entry.segments),))
