"""Whether two patterns can match the same text, against all texts of a few characters."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from iam2rego.lint.inclusion import One, Run, Symbol, Value
from iam2rego.lint.overlap import overlap

LONGEST = 6
"""Characters of the longest text that decides: two patterns of four symbols that overlap have one of six in common."""
TEXTS = ["".join(each) for length in range(LONGEST + 1) for each in product("ab", repeat=length)]
PATTERNS = st.lists(st.sampled_from(["a", "b", One(), Run(), Value("aws:username", None)]), max_size=4).map(tuple)


def is_match(pattern: tuple[Symbol, ...], text: str) -> bool:
    if not pattern:
        return not text
    first, rest = pattern[0], pattern[1:]
    if isinstance(first, Run | Value):
        return any(is_match(rest, text[start:]) for start in range(len(text) + 1))
    return bool(text) and (isinstance(first, One) or first == text[0]) and is_match(rest, text[1:])


@given(left=PATTERNS, right=PATTERNS)
def test_overlap_is_a_common_text(left: tuple[Symbol, ...], right: tuple[Symbol, ...]) -> None:
    assert overlap(left, right) is any(is_match(left, text) and is_match(right, text) for text in TEXTS)
