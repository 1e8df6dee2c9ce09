"""Tests of a text against patterns: globs for constants, comparisons alone for variables (R7, V6, V9)."""

import pytest

from iam2rego.rego.matching import TEXT, constant_test, fold, folded_variable_test, is_constant, variable_term, variable_test
from iam2rego.rego.pieces import Fixed, Hole, One, Pieces, Run
from iam2rego.rego.printer import print_module
from iam2rego.rego.tree import Literal, Module, Name, Rule

SUBJECT = Name("input.resource")
STAR, INSIDE, ONE, ONE_INSIDE = Run(), Run(crosses=False), One(), One(crosses=False)
U, BOUNDED, OR_D = Hole("aws:UserName", None), Hole("aws:UserName", None, bounded=True), Hole("aws:UserName", "d")
RESOLVED = 'context.variable("aws:username")'


def lines(*body: Literal) -> list[str]:
    """Return the lines of a rule with ``body``, which has another line so that each stands by itself."""
    text = print_module(Module("p", (), (), (Rule("r", (*body, Name("end"))),)))
    *found, end, brace = [line.strip() for line in text.splitlines()[3:]]
    assert (end, brace) == ("end", "}")
    return found


@pytest.mark.parametrize(
    ("patterns", "line"),
    [
        pytest.param([(Fixed("a"),)], 'input.resource == "a"', id="C12/one-text"),
        pytest.param([()], 'input.resource == ""', id="C12/empty-text"),
        pytest.param([(Fixed("a"),), (Fixed("b"),), (Fixed("a"),)], 'input.resource in {"a", "b"}', id="C12/texts-each-once"),
        pytest.param([(Fixed("a"), STAR)], 'startswith(input.resource, "a")', id="A3/prefix"),
        pytest.param([(STAR,)], 'glob.match("*", null, input.resource)', id="A3/star"),
        pytest.param([(STAR, Fixed("a"), ONE)], 'glob.match("*a?", null, input.resource)', id="A3/glob"),
        pytest.param(
            [(Fixed("[a]{b,c}\\*?-!^"), ONE)],
            r'glob.match("\\[a\\]\\{b,c\\}\\\\\\*\\?-!^?", null, input.resource)',
            id="A3/specials-are-escaped",
        ),
        pytest.param([(INSIDE, Fixed(":a"))], 'glob.match("*:a", [":"], input.resource)', id="R7/star-inside-a-field"),
        pytest.param(
            [(ONE_INSIDE, STAR, ONE)],
            'glob.match("?**{?,:}", [":"], input.resource)',
            id="R7/wildcards-that-cross-beside-one-that-does-not",
        ),
        pytest.param([(STAR, Fixed("a")), (Fixed("b"),)], 'pattern.like(input.resource, {"*a", "b"})', id="C3/several"),
        pytest.param(
            [(Fixed("a"), STAR), (INSIDE, Fixed("b"))], 'pattern.arn_like(input.resource, {"a**", "*b"})', id="C3/several-one-inside"
        ),
        pytest.param([(STAR, Fixed("a")), (STAR, Fixed("a"))], 'pattern.like(input.resource, {"*a"})', id="C3/globs-each-once"),
    ],
)
def test_a_constant_is_one_term(patterns: list[Pieces], line: str) -> None:
    assert lines(constant_test(patterns, SUBJECT)) == [line]


def test_a_parameter_is_not_indexed_by_the_fields_of_a_glob() -> None:
    """OPA 1.22.2 takes the escape before the bracket for text there, and in the text a backslash before a colon for an escape."""
    assert lines(constant_test([(INSIDE, Fixed(":["))], TEXT)) == [r'pattern.arn_like(text, {"*:\\["})']


@pytest.mark.parametrize(
    ("pieces", "body"),
    [
        pytest.param((U,), [f"text == {RESOLVED}"], id="V2/alone"),
        pytest.param((OR_D,), ['text == context.variable_or("aws:username", "d")'], id="V4/default"),
        pytest.param((Fixed("a/"), U), [f'text == concat("", ["a/", {RESOLVED}])'], id="V2/joined"),
        pytest.param((Fixed("a/"), U, STAR), [f'startswith(text, concat("", ["a/", {RESOLVED}]))'], id="V6/prefix"),
        pytest.param((STAR, U), [f"endswith(text, {RESOLVED})"], id="V6/suffix"),
        pytest.param(
            (U, STAR, Fixed("/b")),
            [f"edge_1 := {RESOLVED}", "startswith(text, edge_1)", "rest_2 := trim_prefix(text, edge_1)", 'endswith(rest_2, "/b")'],
            id="V6/prefix-and-suffix-do-not-overlap",
        ),
        pytest.param(
            (U, ONE, Fixed("b"), STAR, Fixed("c")),
            [
                f"edge_1 := {RESOLVED}",
                "startswith(text, edge_1)",
                "rest_2 := trim_prefix(text, edge_1)",
                'endswith(rest_2, "c")',
                'rest_3 := trim_suffix(rest_2, "c")',
                'glob.match("?b*", null, rest_3)',
            ],
            id="V6/a-glob-of-the-policy-between",
        ),
        pytest.param(
            (STAR, U, STAR),
            [
                f"value_1 := {RESOLVED}",
                "some position_2 in pattern.positions(text, value_1)",
                'glob.match("*", null, substring(text, 0, position_2))',
            ],
            id="V6/anywhere",
        ),
        pytest.param(
            (ONE, U, Fixed("/"), ONE),
            [
                f"value_1 := {RESOLVED}",
                "some position_2 in pattern.positions(text, value_1)",
                'glob.match("?", null, substring(text, 0, position_2))',
                "rest_3 := substring(text, position_2 + count(value_1), -1)",
                'glob.match("/?", null, rest_3)',
            ],
            id="V6/at-every-position-with-the-rest-behind-it",
        ),
        pytest.param(
            (STAR, U, ONE, U, STAR),
            [
                f"value_1 := {RESOLVED}",
                "some position_2 in pattern.positions(text, value_1)",
                'glob.match("*", null, substring(text, 0, position_2))',
                "rest_3 := substring(text, position_2 + count(value_1), -1)",
                f"value_4 := {RESOLVED}",
                "some position_5 in pattern.positions(rest_3, value_4)",
                'glob.match("?", null, substring(rest_3, 0, position_5))',
            ],
            id="V6/two-variables-two-enumerations",
        ),
        pytest.param(
            (Fixed("arn:aws:s3::"), BOUNDED, Fixed(":b")),
            [f"value_1 := {RESOLVED}", 'not contains(value_1, ":")', 'text == concat("", ["arn:aws:s3::", value_1, ":b"])'],
            id="V9/no-colon-in-a-field",
        ),
        pytest.param(
            (INSIDE, BOUNDED, Fixed(":"), STAR),
            [
                f"value_1 := {RESOLVED}",
                'not contains(value_1, ":")',
                "some position_2 in pattern.positions(text, value_1)",
                'glob.match("*", [":"], substring(text, 0, position_2))',
                "rest_3 := substring(text, position_2 + count(value_1), -1)",
                'startswith(rest_3, ":")',
            ],
            id="V9/no-colon-anywhere",
        ),
    ],
)
def test_a_variable_is_only_compared(pieces: Pieces, body: list[str]) -> None:
    assert lines(*variable_test(pieces)) == body


@pytest.mark.parametrize(
    ("patterns", "line"),
    [
        pytest.param([(U,)], f"input.resource == {RESOLVED}", id="equality"),
        pytest.param([(Fixed("a"), U, STAR)], f'startswith(input.resource, concat("", ["a", {RESOLVED}]))', id="prefix"),
        pytest.param([(STAR, U)], f"endswith(input.resource, {RESOLVED})", id="suffix"),
    ],
)
def test_one_term_is_enough_for(patterns: list[Pieces], line: str) -> None:
    term = variable_term(patterns, SUBJECT)
    assert term is not None
    assert lines(term) == [line]


@pytest.mark.parametrize(
    "patterns",
    [
        pytest.param([(U,), (Fixed("a"), U)], id="several-patterns"),
        pytest.param([(STAR, U, STAR)], id="enumeration"),
        pytest.param([(BOUNDED, Fixed(":"))], id="bounded"),
        pytest.param([(U, STAR, Fixed("a"))], id="prefix-and-suffix"),
    ],
)
def test_one_term_is_not_enough_for(patterns: list[Pieces]) -> None:
    assert variable_term(patterns, SUBJECT) is None


def test_a_variable_is_folded_where_case_does_not_count() -> None:
    assert lines(*folded_variable_test((Fixed("A"), U))) == [f'text == lower(concat("", ["A", {RESOLVED}]))']


def test_a_pattern_with_a_variable_is_not_constant() -> None:
    assert is_constant((Fixed("a"), STAR))
    assert not is_constant((Fixed("a"), U))


def test_helpers_are_about_their_parameter() -> None:
    assert Name("text") == TEXT


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("AbC", "abc", id="N1/ascii"),
        pytest.param("\u0130", "i", id="N1/capital-i-with-dot"),
        pytest.param("\u039f\u03a3", "\u03bf\u03c3", id="N1/no-final-sigma"),
        pytest.param("\u212a", "k", id="N1/kelvin-sign"),
        pytest.param("\U00010400", "\U00010428", id="N1/beyond-the-basic-plane"),
        pytest.param("\u1e9e", "\u00df", id="N1/sharp-s"),
    ],
)
def test_fold(text: str, want: str) -> None:
    assert fold(text) == want
