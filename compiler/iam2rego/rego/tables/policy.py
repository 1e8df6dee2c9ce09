"""What one policy becomes, whatever else is in the bundle."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from iam2rego.ir.policy import Policy, Statement
from iam2rego.rego.modules.matching import fixed_text, glob, is_fixed, is_prefix
from iam2rego.rego.reading.pieces import Pieces
from iam2rego.rego.tables.actions import about
from iam2rego.rego.tables.requirements import NEVER, Requirement, requirements


@dataclass(frozen=True, slots=True)
class Tables:
    """What stands in tables of one policy.

    Attributes:
        statements: what each statement requires.
        actions: by effect, ``services`` with the indexes of statements by service and then by name or with prefixes and globs, and
            in ``any_service`` the indexes of those about actions of whatever service.
    """

    statements: list[list[Requirement]]
    actions: Mapping[str, Any]

    def is_general(self, each: str) -> bool:
        """Say whether there are statements of a set about actions of whatever service."""
        effects = self.actions if each == "reads_context" else self.actions.keys() & {each}
        return any(self.actions[effect]["any_service"] for effect in effects)


def compile_tables(policy: Policy) -> Tables:
    """Return the tables of one policy."""
    found = _Actions()
    statements = [found.add(policy, index, statement) for index, statement in enumerate(policy.document.statements)]
    return Tables(statements, found.tables)


class _Actions:
    """Gathers which statements of a policy are about which actions."""

    def __init__(self) -> None:
        self.tables: dict[str, Any] = {}

    def add(self, policy: Policy, index: int, statement: Statement) -> list[Requirement]:
        """Note where statement ``index`` is found, and return what it requires; one that nothing hangs on is found nowhere."""
        required, actions = requirements(policy, statement), about(statement.actions)
        if required is None or actions is None:
            return [NEVER]
        table = self.tables.setdefault(statement.effect.lower(), {"services": {}, "any_service": []})
        if isinstance(actions, list):
            table["any_service"].append(index)
            return [*actions, *required]
        for service, names in actions.items():
            _note(table["services"].setdefault(service, {"names": {}, "prefixes": [], "globs": []}), index, names)
        return required


def _note(service: dict[str, Any], index: int, names: list[Pieces]) -> None:
    """Note ``index`` under each name, and with the prefixes and with the globs that stand for more of them."""
    for name in dict.fromkeys(fixed_text(each) for each in names if is_fixed(each)):
        service["names"].setdefault(name, []).append(index)
    if prefixes := [fixed_text(each) for each in names if is_prefix(each)]:
        service["prefixes"].append([index, prefixes])
    if globs := [glob(each, inside_fields=False) for each in names if not is_fixed(each) and not is_prefix(each)]:
        service["globs"].append([index, globs])
