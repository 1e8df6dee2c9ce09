"""The matcher, against its definition and against regular expressions as a third party (A3, R6, R7, C13)."""

import re

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


def test_many_runs_over_a_long_text_end_soon() -> None:
    pattern: list[Piece] = [RUN, "a"] * 20
    assert not matches([*pattern, "b"], "a" * 5_000)
