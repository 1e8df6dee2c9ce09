"""Tests of a text against patterns: globs for constants, comparisons alone for variables (R7, V6, V9)."""

import pytest

from iam2rego.rego.modules.matching import TEXT, constant_test, fold, folded_test, is_constant, is_simple, ordered_test
from iam2rego.rego.modules.printer import print_module
from iam2rego.rego.modules.tree import Literal, Module, Name, Rule
from iam2rego.rego.reading.pieces import Fixed, Hole, One, Pieces, Run

SUBJECT = Name("input.resource")
STAR, INSIDE, ONE, ONE_INSIDE = Run(), Run(crosses=False), One(), One(crosses=False)
U, OR_D = Hole("aws:UserName", None), Hole("aws:UserName", "d")
BOUNDED, BOUNDED_OR_D = Hole("aws:UserName", None, bounded=True), Hole("aws:UserName", "d", bounded=True)
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
            'glob.match("?**[!\\ufffd]", [":"], input.resource)',
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
    ("pieces", "line"),
    [
        pytest.param((U,), f"input.resource == {RESOLVED}", id="V2/alone"),
        pytest.param((OR_D,), 'input.resource == context.variable_or("aws:username", "d")', id="V4/default"),
        pytest.param((Fixed("a/"), U), f'input.resource == concat("", ["a/", {RESOLVED}])', id="V2/joined"),
        pytest.param((Fixed("a/"), U, STAR), f'startswith(input.resource, concat("", ["a/", {RESOLVED}]))', id="V6/prefix"),
        pytest.param((STAR, U), f"endswith(input.resource, {RESOLVED})", id="V6/suffix"),
        pytest.param((STAR, U, STAR), f"contains(input.resource, {RESOLVED})", id="V6/anywhere"),
        pytest.param(
            (U, STAR, Fixed("/b")), f'ordered.matches(input.resource, [{RESOLVED}, "/b"])', id="V6/prefix-and-suffix-do-not-overlap"
        ),
        pytest.param(
            (STAR, Hole("k", None), STAR, Hole("k", "d"), STAR),
            'ordered.matches(input.resource, ["", context.variable("k"), context.variable_or("k", "d"), ""])',
            id="V6/two-variables-in-order",
        ),
        pytest.param(
            (U, ONE, Fixed("b"), STAR, Fixed("c")), f'ordered.matches(input.resource, [[{RESOLVED}, "b"], "c"])', id="A3/one-character"
        ),
        pytest.param(
            (ONE, U, Fixed("/"), ONE), f'ordered.matches(input.resource, [["", concat("", [{RESOLVED}, "/"]), ""]])', id="A3/at-the-ends"
        ),
        pytest.param(
            (Fixed("arn:aws:s3::"), BOUNDED, Fixed(":b")),
            'input.resource == concat("", ["arn:aws:s3::", context.field_variable("aws:username"), ":b"])',
            id="V9/no-colon-in-a-field",
        ),
        pytest.param(
            (Fixed("arn:aws:s3::"), BOUNDED_OR_D, Fixed(":b"), STAR),
            'startswith(input.resource, concat("", ["arn:aws:s3::", context.field_variable_or("aws:username", "d"), ":b"]))',
            id="V9/no-colon-in-a-default",
        ),
        pytest.param(
            (Fixed("arn:"), INSIDE, Fixed(":s3:::"), U),
            f'ordered.matches_fields(input.resource, [["arn"], ["", ""], ["s3"], [""], [""], [{RESOLVED}]])',
            id="C22/a-star-in-a-field-beside-a-variable",
        ),
        pytest.param(
            (Fixed("arn:aws:s:u"), INSIDE, Fixed("-"), INSIDE, Fixed("1:"), STAR, Fixed(":b"), ONE, STAR),
            'ordered.matches_resource(input.resource, [["arn"], ["aws"], ["s"], ["u", "-", "1"], ["", ""], [["b", ""], ""]], {4})',
            id="R7/two-stars-in-a-field",
        ),
    ],
)
def test_a_pattern_that_is_no_glob_is_put_in_order(pieces: Pieces, line: str) -> None:
    assert lines(ordered_test(pieces, SUBJECT)) == [line]


def test_a_variable_is_folded_where_case_does_not_count() -> None:
    assert lines(folded_test((Fixed("A"), U), SUBJECT)) == [f'input.resource == lower(concat("", ["A", {RESOLVED}]))']


def test_a_pattern_with_a_variable_is_not_constant() -> None:
    assert is_constant((Fixed("a"), STAR))
    assert not is_constant((Fixed("a"), U))


@pytest.mark.parametrize(
    ("pieces", "simple"),
    [
        pytest.param((Fixed("arn:aws:s3:"), INSIDE, Fixed("-1:"), INSIDE, Fixed("-1:b")), True, id="one-star-in-each-of-two-fields"),
        pytest.param((Fixed("arn:aws:s3:"), INSIDE, Fixed("-"), INSIDE, Fixed("-1::b")), False, id="two-stars-in-a-field"),
        pytest.param((Fixed("arn:aws:s3:"), INSIDE, Fixed("-"), STAR, Fixed("::b")), True, id="a-star-and-one-that-crosses"),
        pytest.param((Fixed("arn:aws:s3:::"), STAR, Fixed("a"), STAR, Fixed("b")), True, id="stars-that-cross"),
        pytest.param((Fixed("a"), U), False, id="a-variable"),
    ],
)
def test_a_glob_has_no_two_stars_that_stay_in_one_field(pieces: Pieces, simple: bool) -> None:
    """OPA 1.22.2 tries all ways to share a field among them: 400 characters of a region cost seconds."""
    assert is_simple(pieces) is simple


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
