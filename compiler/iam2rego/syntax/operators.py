"""The names of condition operators: qualifier, operator, ``IfExists`` (G13)."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from iam2rego.ir.condition import Operator, Qualifier
from iam2rego.syntax.report import closest

_OPERATORS: Final = {operator.lower(): operator for operator in Operator}
_QUALIFIERS: Final = {qualifier.lower(): qualifier for qualifier in Qualifier}
_IF_EXISTS: Final = "IfExists"


@dataclass(frozen=True, slots=True)
class OperatorName:
    """What the name of an operator says."""

    operator: Operator
    qualifier: Qualifier | None
    if_exists: bool

    @property
    def canonical(self) -> str:
        """The name in AWS's spelling."""
        prefix = f"{self.qualifier}:" if self.qualifier else ""
        return f"{prefix}{self.operator}{_IF_EXISTS if self.if_exists else ''}"


@lru_cache(1024)
def read_operator(name: str) -> OperatorName | None:
    """Return what ``name`` says, in any letter case; None if there is no such operator."""
    prefix, colon, rest = name.lower().rpartition(":")
    base = rest.removesuffix(_IF_EXISTS.lower())
    if (colon and prefix not in _QUALIFIERS) or base not in _OPERATORS:
        return None
    return OperatorName(_OPERATORS[base], _QUALIFIERS.get(prefix), base != rest)


def suggest_operator(name: str) -> str:
    """Return a hint for the name of an unknown operator; its parts are guessed one by one."""
    prefix, colon, rest = name.rpartition(":")
    suffix = _IF_EXISTS if rest.lower().endswith(_IF_EXISTS.lower()) else ""
    qualifier = closest(prefix, tuple(Qualifier)) if colon else ""
    operator = closest(rest[: len(rest) - len(suffix)], tuple(Operator))
    if qualifier is None or operator is None:
        return "the operators are named like `StringEquals`, `ForAnyValue:StringLike` or `NumericLessThanIfExists`"
    return f"did you mean `{qualifier}{colon}{operator}{suffix}`?"
