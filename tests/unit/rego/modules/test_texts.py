"""Tests of a text as Rego: globs for patterns without variables, comparisons alone for those with (R7, V6, V9)."""

import pytest

from iam2rego.ir.condition import Operator
from iam2rego.rego.language.printer import print_module
from iam2rego.rego.language.tree import Literal, Module, Name, Rule
from iam2rego.rego.modules.texts import TEXT, constant_term, pattern_term
from iam2rego.rego.reading.operators import OPERATIONS
from iam2rego.rego.reading.patterns import constant_test, folded_test, pattern_test
from iam2rego.rego.reading.pieces import Fixed, Hole, One, Pieces, Run

SUBJECT = Name("input.resource")
STAR, INSIDE, ONE, ONE_INSIDE = Run(), Run(crosses=False), One(), One(crosses=False)
U, OR_D = Hole("aws:username", None), Hole("aws:username", "d")
BOUNDED, BOUNDED_OR_D = Hole("aws:username", None, bounded=True), Hole("aws:username", "d", bounded=True)
RESOLVED = 'context.variable("aws:username")'


def lines(*body: Literal) -> list[str]:
    """Return the lines of a rule with ``body``, which has a second line so that each is on its own line."""
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
    assert lines(constant_term(constant_test(patterns), SUBJECT)) == [line]


def test_a_parameter_is_not_indexed_by_the_fields_of_a_glob() -> None:
    """OPA 1.22.2 takes the escape before the bracket for text there, and in the text a backslash before a colon for an escape."""
    assert lines(constant_term(constant_test([(INSIDE, Fixed(":["))]), TEXT)) == [r'pattern.arn_like(text, {"*:\\["})']


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
    assert lines(pattern_term(pattern_test(pieces), SUBJECT)) == [line]


def test_a_variable_is_folded_where_case_does_not_count() -> None:
    assert lines(pattern_term(folded_test((Fixed("A"), U)), SUBJECT)) == [f'input.resource == lower(concat("", ["A", {RESOLVED}]))']


def test_helpers_are_about_their_parameter() -> None:
    assert Name("text") == TEXT


@pytest.mark.parametrize(
    ("operator", "constants", "line"),
    [
        ("StringEquals", ["a"], 'text == "a"'),
        ("StringEquals", ["b", "a", "b"], 'text in {"b", "a"}'),
        ("StringEqualsIgnoreCase", ["A", "a", "\u212a"], 'text in {"a", "k"}'),
        ("NumericEquals", ["10", "1e1", "10.0"], "text == 10"),
        ("NumericEquals", ["2", "x", "1"], "text in {2, 1}"),
        ("NumericLessThan", ["9", "10", "-11"], "text < 10"),
        ("NumericLessThanEquals", ["0.1", "0.10000000000000001"], "text <= 0.10000000000000001"),
        ("NumericGreaterThan", ["9", "10", "-11"], "text > -11"),
        ("NumericGreaterThanEquals", ["9", "1e1"], "text >= 9"),
        ("DateEquals", ["1970-01-01T00:00:01Z", "1"], "text == [1, 0]"),
        ("DateEquals", ["1", "2"], "text in {[1, 0], [2, 0]}"),
        ("DateLessThan", ["1969-12-31T23:59:59.5Z", "1970-01-01"], "text < [0, 0]"),
        ("DateLessThanEquals", ["2", "10"], "text <= [10, 0]"),
        ("DateGreaterThan", ["1969-12-31T23:59:59.5Z", "1970-01-01"], "text > [-1, 500000000]"),
        ("DateGreaterThanEquals", ["2", "10"], "text >= [2, 0]"),
        ("Bool", ["TRUE", "true"], 'text == "true"'),
        ("Bool", ["true", "False"], 'text in {"true", "false"}'),
        ("BinaryEquals", ["QR==", "QQ=="], 'text == "QQ=="'),
        ("IpAddress", ["10.1.2.3/8"], 'net.cidr_contains("10.0.0.0/8", text)'),
        ("IpAddress", ["10.1.2.3", "10.1.2.3/32"], 'net.cidr_contains("10.1.2.3/32", text)'),
        ("IpAddress", ["::1", "10.0.0.0/8"], 'read.within(text, {"::1/128", "10.0.0.0/8"})'),
        ("ArnLike", ["arn:aws:s3:::b"], 'text == "arn:aws:s3:::b"'),
    ],
)
def test_how_constants_are_compared(operator: str, constants: list[str], line: str) -> None:
    test = OPERATIONS[Operator(operator)].constant([(Fixed(each),) for each in constants])
    assert lines(constant_term(test, TEXT)) == [line]
