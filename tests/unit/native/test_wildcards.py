"""The matcher, against its definition and against regular expressions as a third party (A3, R6, R7, C13)."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iam2rego.native.wildcards import Piece, Wildcard, matches

RUN, RUN_IN_FIELD, ONE, ONE_IN_FIELD = Wildcard.RUN, Wildcard.RUN_IN_FIELD, Wildcard.ONE, Wildcard.ONE_IN_FIELD


@pytest.mark.parametrize(
    ("pattern", "text", "want"),
    [
        pytest.param([], "", True, id="empty/empty"),
        pytest.param([], "a", False, id="empty/text"),
        pytest.param(["a"], "a", True, id="literal/equal"),
        pytest.param(["a"], "ab", False, id="literal/longer"),
        pytest.param(["ab"], "a", False, id="literal/shorter"),
        pytest.param(["a.c"], "abc", False, id="literal/full-stop-is-itself"),
        pytest.param([RUN], "", True, id="run/empty"),
        pytest.param([RUN], "a:b/c\n", True, id="run/anything"),
        pytest.param(["a", RUN], "a", True, id="run/none-left"),
        pytest.param([RUN, "b"], "abab", True, id="run/takes-as-much-as-needed"),
        pytest.param([RUN, "ab", RUN], "xaby", True, id="run/within"),
        pytest.param([RUN, "ab", RUN, "ab"], "ab", False, id="run/no-overlap"),
        pytest.param([ONE], "", False, id="one/empty"),
        pytest.param([ONE], "\n", True, id="one/newline"),
        pytest.param([ONE], "\N{GRINNING FACE}", True, id="one/code-point-beyond-the-basic-plane"),
        pytest.param(["a", ONE, "c"], "ac", False, id="one/not-none"),
        pytest.param([ONE_IN_FIELD], ":", False, id="one-in-field/colon"),
        pytest.param([ONE_IN_FIELD], "a", True, id="one-in-field/other"),
        pytest.param(["a", ONE_IN_FIELD], "ab", True, id="one-in-field/last"),
        pytest.param(["a", ONE_IN_FIELD, "c"], "abc", True, id="one-in-field/within"),
        pytest.param([RUN_IN_FIELD], ":", False, id="run-in-field/colon-alone"),
        pytest.param([RUN_IN_FIELD], "a:", False, id="run-in-field/colon-last"),
        pytest.param([RUN_IN_FIELD], "abc", True, id="run-in-field/no-colon"),
        pytest.param([RUN_IN_FIELD], "a:c", False, id="run-in-field/colon"),
        pytest.param([RUN_IN_FIELD, ":", RUN_IN_FIELD], "a:c", True, id="run-in-field/two-fields"),
        pytest.param([RUN, RUN_IN_FIELD, "x"], "a:bx", True, id="run-in-field/after-a-run"),
        pytest.param([RUN_IN_FIELD, RUN, "x"], "a:bx", True, id="run-in-field/before-a-run"),
    ],
)
def test_matches(pattern: list[Piece], text: str, want: bool) -> None:
    assert matches(pattern, text) is want


PIECES = st.lists(st.sampled_from(list(Wildcard)) | st.text("ab:.", min_size=1, max_size=2), max_size=8)
EXPRESSIONS = {RUN: ".*", RUN_IN_FIELD: "[^:]*", ONE: ".", ONE_IN_FIELD: "[^:]"}


@given(PIECES, st.text("ab:.\n", max_size=10))
def test_matches_what_the_regular_expression_matches(pattern: list[Piece], text: str) -> None:
    expression = "".join(EXPRESSIONS[piece] if isinstance(piece, Wildcard) else re.escape(piece) for piece in pattern)
    assert matches(pattern, text) is bool(re.fullmatch(expression, text, re.DOTALL))


def takes(pattern: tuple[Piece, ...], text: str) -> bool:
    """Say the same by the definition alone: the first piece takes some beginning of the text, and the others the rest."""
    if not pattern:
        return not text
    piece, others = pattern[0], pattern[1:]
    return any(takes(others, text[end:]) for end in range(len(text) + 1) if is_taken(piece, text[:end]))


def is_taken(piece: Piece, text: str) -> bool:
    match piece:
        case str():
            return piece == text
        case Wildcard.RUN:
            return True
        case Wildcard.RUN_IN_FIELD:
            return ":" not in text
        case Wildcard.ONE:
            return len(text) == 1
        case Wildcard.ONE_IN_FIELD:
            return len(text) == 1 and text != ":"


def test_every_short_pattern_matches_every_short_text_by_the_definition() -> None:
    patterns = [each for length in range(4) for each in product([*Wildcard, "", "a", ":", "aa", "a:"], repeat=length)]
    texts = ["".join(each) for length in range(5) for each in product("a:/", repeat=length)]
    wrong = [(each, text) for each in patterns for text in texts if matches(each, text) is not takes(each, text)]
    assert not wrong


def test_every_short_literal_is_found_in_every_text() -> None:
    literals = ["".join(each) for length in (4, 5, 6) for each in product("ab", repeat=length)]
    texts = ["".join(each) for each in product("ab", repeat=9)]
    wrong = [(each, text) for each in literals for text in texts if matches([RUN, each, RUN], text) is not (each in text)]
    assert not wrong


ALPHABET = "ab:/"


@given(
    st.lists(st.sampled_from(list(Wildcard)) | st.text(ALPHABET, max_size=4) | st.sampled_from(["aa", "aba", "ab:ab"]), max_size=9),
    st.text(ALPHABET, max_size=14) | st.text("a", max_size=14) | st.text("ab", max_size=14),
)
def test_matches_by_the_definition(pattern: list[Piece], text: str) -> None:
    assert matches(pattern, text) is takes(tuple(pattern), text)


def test_many_runs_over_a_long_text_end_soon() -> None:
    pattern: list[Piece] = [RUN, "a"] * 20
    assert not matches([*pattern, "b"], "a" * 5_000)
