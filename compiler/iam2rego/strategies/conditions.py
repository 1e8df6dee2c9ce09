"""Condition blocks: every operator with every qualifier and suffix, on few keys."""

from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from iam2rego.ir.condition import Operator
from iam2rego.jsontext import JsonValue
from iam2rego.strategies.values import values

KEYS: Final = ("t:u", "t:v", "t:w", "T:X/y:z", "aws:TagKeys", "aws:SourceOrgPaths", "aws:VpceOrgPaths")
"""The last are multivalued (C26)."""

_CASES: Final[tuple[Callable[[str], str], ...]] = (str, str, str.upper, str.lower)
_PREFIXES: Final = ("", "", "", "ForAnyValue:", "ForAllValues:", "forallvalues:")
_MOST: Final = 2


def blocks(*, latin: bool, lenient: bool) -> SearchStrategy[JsonValue]:
    """Draw the value of ``Condition``, which may be empty (G12)."""
    tests = st.one_of([_test(operator, latin=latin, lenient=lenient) for operator in Operator])
    return st.lists(tests, max_size=_MOST).map(dict)


def _test(operator: Operator, *, latin: bool, lenient: bool) -> SearchStrategy[tuple[str, JsonValue]]:
    suffixes = ("", "", "IfExists") if operator is not Operator.NULL else ("",)
    names = (operator.value, operator.value, operator.value, operator.value.lower())
    spelled = st.tuples(st.sampled_from(_PREFIXES), st.sampled_from(names), st.sampled_from(suffixes)).map("".join)
    compared = st.tuples(st.sampled_from(_CASES), values(operator, latin=latin, lenient=lenient))
    keyed = st.dictionaries(st.sampled_from(KEYS), compared, min_size=1, max_size=_MOST)
    return st.tuples(spelled, keyed.map(_cased))


def _cased(keyed: dict[str, tuple[Callable[[str], str], JsonValue]]) -> JsonValue:
    """Change the case of keys last, since a block may not have two keys that differ only in case (G14)."""
    return {case(key): value for key, (case, value) in keyed.items()}
