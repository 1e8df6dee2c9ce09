"""Parses names of condition operators: qualifier, operator, ``IfExists`` (G13)."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from iam2rego.ir.condition import Operator, Qualifier
from iam2rego.syntax.report import closest

_OPERATORS: Final = {operator.lower(): operator for operator in Operator}
_SHORT: Final = {
    "streq": Operator.STRING_EQUALS,
    "strneq": Operator.STRING_NOT_EQUALS,
    "streqi": Operator.STRING_EQUALS_IGNORE_CASE,
    "strneqi": Operator.STRING_NOT_EQUALS_IGNORE_CASE,
    "strl": Operator.STRING_LIKE,
    "strnl": Operator.STRING_NOT_LIKE,
    "numeq": Operator.NUMERIC_EQUALS,
    "numneq": Operator.NUMERIC_NOT_EQUALS,
    "numlt": Operator.NUMERIC_LESS_THAN,
    "numlteq": Operator.NUMERIC_LESS_THAN_EQUALS,
    "numgt": Operator.NUMERIC_GREATER_THAN,
    "numgteq": Operator.NUMERIC_GREATER_THAN_EQUALS,
    "dateeq": Operator.DATE_EQUALS,
    "dateneq": Operator.DATE_NOT_EQUALS,
    "datelt": Operator.DATE_LESS_THAN,
    "datelteq": Operator.DATE_LESS_THAN_EQUALS,
    "dategt": Operator.DATE_GREATER_THAN,
    "dategteq": Operator.DATE_GREATER_THAN_EQUALS,
}
"""The short names of 2009, which AWS's services accepted as well as the long ones."""

_QUALIFIERS: Final = {qualifier.lower(): qualifier for qualifier in Qualifier}
_IF_EXISTS: Final = "IfExists"


@dataclass(frozen=True, slots=True)
class OperatorName:
    """A parsed operator name."""

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
    """Return the operator called ``name``, ignoring letter case; None if there is no such operator."""
    prefix, colon, rest = name.lower().rpartition(":")
    base = rest.removesuffix(_IF_EXISTS.lower())
    if (colon and prefix not in _QUALIFIERS) or base not in _OPERATORS:
        return None
    return OperatorName(_OPERATORS[base], _QUALIFIERS.get(prefix), base != rest)


def suggest_operator(name: str) -> str:
    """Return a hint for an unknown operator; each part of the name is guessed separately."""
    prefix, colon, rest = name.rpartition(":")
    suffix = _IF_EXISTS if rest.lower().endswith(_IF_EXISTS.lower()) else ""
    qualifier = closest(prefix, tuple(Qualifier)) if colon else ""
    base = rest[: len(rest) - len(suffix)]
    old = _SHORT.get(base.lower())
    operator = old or _closest_operator(base)
    if qualifier is None or operator is None:
        return "operators have names like `StringEquals`, `ForAnyValue:StringLike` or `NumericLessThanIfExists`"
    canonical = f"`{qualifier}{colon}{operator}{suffix}`"
    return f"`{base}` is a short name of 2009, which is no longer accepted: write {canonical}" if old else f"did you mean {canonical}?"


def _closest_operator(base: str) -> str | None:
    """Return the operator whose long or short name is most similar to ``base``."""
    found = closest(base, (*Operator, *_SHORT))
    return _SHORT.get(found, found) if found else None
