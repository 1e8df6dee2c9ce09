"""Compiles a policy to tables, independently of the rest of the bundle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from iam2rego.ir.policy import Policy, Statement
from iam2rego.rego.reading.actions import ActionTest, Names
from iam2rego.rego.reading.statements import Reading
from iam2rego.rego.tables.requirements import NEVER, Requirement, requirements
from iam2rego.rego.tables.texts import comparison


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one policy.

    Attributes:
        statements: the requirements of each statement.
        actions: by effect, ``services`` with the indexes of statements by service, then by name or with prefixes and globs, and
            ``any_service`` with the indexes of statements about actions of any service.
    """

    statements: list[list[Requirement]]
    actions: Mapping[str, Any]

    def is_general(self, each: str) -> bool:
        """Return whether a set has statements about actions of any service."""
        effects = self.actions if each == "reads_context" else self.actions.keys() & {each}
        return any(self.actions[effect]["any_service"] for effect in effects)


def compile_tables(policy: Policy, readings: Sequence[Reading]) -> Tables:
    """Return the tables of one policy, given what its statements test."""
    actions: dict[str, Any] = {}
    statements: list[list[Requirement]] = []
    for index, (statement, reading) in enumerate(zip(policy.document.statements, readings, strict=True)):
        required = requirements(reading)
        if required is None or reading.actions is False:  # the statement has no effect, so it is left out
            statements.append([NEVER])
            continue
        _note(actions, index, statement, reading)
        statements.append([*_of_action(reading), *required])
    return Tables(statements, actions)


def _of_action(reading: Reading) -> list[Requirement]:
    """Return the test of the action for a statement that is not found by service."""
    match reading.actions:
        case bool():
            return []
        case ActionTest(negated=True, together=together):
            return [("not_action", *comparison(together))]
        case ActionTest(by_service=None, together=together):
            return [("action", *comparison(together))]
        case ActionTest():
            return []
        case _:
            assert_never(reading.actions)


def _note(actions: dict[str, Any], index: int, statement: Statement, reading: Reading) -> None:
    """Add statement ``index`` to the tables of its actions."""
    table = actions.setdefault(statement.effect.lower(), {"services": {}, "any_service": []})
    match reading.actions:
        case ActionTest(negated=False, by_service=by_service) if by_service is not None:
            for service, names in by_service.items():
                _note_names(table["services"].setdefault(service, {"names": {}, "prefixes": [], "globs": []}), index, names)
        case _:
            table["any_service"].append(index)


def _note_names(service: dict[str, Any], index: int, names: Names) -> None:
    """Add ``index`` under each name, and with the prefixes and globs."""
    for name in names.whole:
        service["names"].setdefault(name, []).append(index)
    if names.prefixes:
        service["prefixes"].append([index, names.prefixes])
    if names.globs:
        service["globs"].append([index, names.globs])
