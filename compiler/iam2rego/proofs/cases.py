"""Keys that can hold only a few texts, by the conditions on them: their variables then have only these values (V1, V4)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from iam2rego.ir.condition import Operator
from iam2rego.proofs.atoms import Holds
from iam2rego.proofs.formula import Literal
from iam2rego.proofs.substitution import variables_in
from iam2rego.proofs.symbols import text_of
from iam2rego.proofs.textual import sequences_of

Cases: TypeAlias = tuple[str, tuple[str | None, ...]]
"""A folded key and all that it can hold: some texts, and None if it can be missing."""

_OF_TEXTS: Final = (Operator.STRING_EQUALS, Operator.STRING_LIKE)
_MOST: Final = 16
"""How many texts of a key are tried."""


def cases(literals: Sequence[Literal]) -> Cases | None:
    """Return a key that variables of the literals name and that can hold only a few texts if all literals hold; None if there is none."""
    named = {key for literal in literals for key in variables_in(literal.atom)}
    if not named:
        return None
    found = (_cases(literal.atom) for literal in literals if literal.holds and isinstance(literal.atom, Holds))
    return next((each for each in found if each is not None and each[0] in named), None)


@lru_cache(maxsize=4096)
def _cases(atom: Holds) -> Cases | None:
    """Return what the key of a condition can hold if that is true; None if that may be more than a few texts."""
    condition = atom.condition
    if condition.operator not in _OF_TEXTS or condition.qualifier is not None or len(condition.values) > _MOST:
        return None
    texts = [text_of(each) for each in sequences_of(condition)]
    if None in texts:
        return None
    return condition.key, (*(each for each in texts if each is not None), *((None,) if condition.if_exists else ()))
