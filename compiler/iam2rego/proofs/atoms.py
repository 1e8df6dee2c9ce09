"""What the formulas of policies are made of: tests of the resource and of single context keys."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

from iam2rego.ir.condition import Condition, Operator
from iam2rego.native.case import fold
from iam2rego.proofs.globs import Language
from iam2rego.proofs.symbols import Sequence


@dataclass(frozen=True)
class InLanguage:
    """The resource is in a language."""

    language: Language


@dataclass(frozen=True)
class MatchesEntry:
    """The resource matches an entry that has variables."""

    entry: Sequence


@dataclass(frozen=True)
class Holds:
    """A condition holds. Its key is folded, and its values are in order and each there once."""

    condition: Condition

    @cached_property
    def _hash(self) -> int:
        return hash(self.condition)

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True)
class HasValue:
    """A folded key has a value that can stand for a variable: one text that is not empty (V7, V8)."""

    key: str


ResourceAtom: TypeAlias = InLanguage | MatchesEntry
KeyAtom: TypeAlias = Holds | HasValue

_SAME = {Operator.ARN_EQUALS: Operator.ARN_LIKE, Operator.ARN_NOT_EQUALS: Operator.ARN_NOT_LIKE}


@lru_cache(maxsize=4096)
def holds(condition: Condition) -> Holds:
    """Return the atom of a condition: equal for conditions that differ only in spelling (C2, C10, C22)."""
    values = tuple(dict.fromkeys(sorted(condition.values, key=lambda value: value.text)))
    changes = {
        "operator": _SAME.get(condition.operator, condition.operator),
        "if_exists": condition.if_exists and condition.qualifier is None,
        "key": fold(condition.key),
        "values": values,
    }
    return Holds(condition.model_copy(update=changes))


def key_of(atom: KeyAtom) -> str:
    """Return the key that an atom speaks of."""
    return atom.key if isinstance(atom, HasValue) else atom.condition.key
