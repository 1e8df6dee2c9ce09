"""Whether one pattern surely matches all that another does (A1 to A4, R3 to R7, V9)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iam2rego.ir.pattern import AnyOne, AnyRun, ArnPattern, Pattern, Segment, Text, Variable
from iam2rego.lint.inclusion import One, Run, Symbol, Symbols, covers, spell_action, spell_arn

VARIABLES = {"$": Variable(key="aws:Username"), "%": Variable(key="AWS:username"), "&": Variable(key="aws:userid")}


def pattern(text: str) -> Pattern:
    """Read ``*`` and ``?``; ``$`` and ``%`` are one variable in two spellings, ``&`` is another."""
    wildcards: dict[str, Segment] = {"*": AnyRun(), "?": AnyOne(), **VARIABLES}
    return tuple(wildcards.get(each, Text(text=each)) for each in text)


def arn(text: str) -> Symbols:
    return spell_arn(ArnPattern(text=text, fields=tuple(pattern(field) for field in text.split(":", 5))))


@pytest.mark.parametrize(
    ("wide", "narrow", "want"),
    [
        pytest.param("s3:GetObject", "s3:GetObject", True, id="equal"),
        pytest.param("S3:getobject", "s3:GetObject", True, id="A4/other-case"),
        pytest.param("s3:GetObject", "s3:GetObjectAcl", False, id="longer"),
        pytest.param("s3:Get*", "s3:GetObject", True, id="run"),
        pytest.param("s3:Get*", "s3:Get*", True, id="run/equal"),
        pytest.param("s3:Get*", "s3:GetO*", True, id="run/longer"),
        pytest.param("s3:GetO*", "s3:Get*", False, id="run/shorter"),
        pytest.param("s3:*Object", "s3:Get*Object", True, id="run/in-the-middle"),
        pytest.param("s3:Get*", "s3:*Object", False, id="run/crossed"),
        pytest.param("s3:Get?bject", "s3:GetObject", True, id="one"),
        pytest.param("s3:GetObject", "s3:Get?bject", False, id="one/narrow-only"),
        pytest.param("s3:Get?bject", "s3:Get*bject", False, id="one/run"),
        pytest.param("s3:Get*", "s3:Get??", True, id="run/ones"),
        pytest.param("*", "s3:*", True, id="A2/star"),
        pytest.param("*:*", "*", True, id="A1/every-action-has-a-colon"),
        pytest.param("s3:*", "*", False, id="A2/star-is-more"),
    ],
)
def test_action(wide: str, narrow: str, want: bool) -> None:
    assert covers(spell_action(pattern(wide)), spell_action(pattern(narrow))) is want


@pytest.mark.parametrize(
    ("wide", "narrow", "want"),
    [
        pytest.param("arn:aws:s3:::b/*", "arn:aws:s3:::b/k", True, id="run"),
        pytest.param("arn:aws:s3:::b/K", "arn:aws:s3:::b/k", False, id="R8/case"),
        pytest.param("arn:aws:s3", "arn:aws:s3:::b", True, id="R5/short"),
        pytest.param("arn:aws:s3:::b", "arn:aws:s3", False, id="R5/short-is-more"),
        pytest.param("arn:aws:s3:*:*:*", "arn:aws:s3", True, id="R5/short-is-stars"),
        pytest.param("arn:aws:sns:*:1:t", "arn:aws:sns:r:1:t", True, id="R7/crossing-run"),
        pytest.param("arn:aws:sns:*:1:t", "arn:aws:sns:*:1:t", True, id="R7/crossing-run-equal"),
        pytest.param("arn:aws:sns:*r:1:t", "arn:aws:sns:*:1:t", False, id="R7/crossing-run-is-more"),
        pytest.param("arn:aws:sns:r*1:1:t", "arn:aws:sns:r-1:1:t", True, id="R7/run-in-its-field"),
        pytest.param("arn:aws:sns:r*1:1:t", "arn:aws:sns:r*-1:1:t", True, id="R7/run-in-its-field-equal"),
        pytest.param("arn:aws:sns:r?:1:t", "arn:aws:sns:r?:1:t", True, id="R7/one-in-its-field"),
        pytest.param("arn:aws:x:r:1:a?b", "arn:aws:x:r:1:a:b", True, id="R7/one-in-the-sixth-takes-a-colon"),
        pytest.param("arn:aws:iam::1:user/$", "arn:aws:iam::1:user/%", True, id="V3/one-variable"),
        pytest.param("arn:aws:iam::1:user/$", "arn:aws:iam::1:user/&", False, id="V3/two-variables"),
        pytest.param("arn:aws:iam::1:user/$", "arn:aws:iam::1:user/u", False, id="V3/text-is-no-variable"),
        pytest.param("arn:aws:iam::1:user/*", "arn:aws:iam::1:user/$", True, id="V3/run-takes-a-variable"),
        pytest.param("arn:aws:iam::1:user/?", "arn:aws:iam::1:user/$", False, id="V3/one-does-not"),
        pytest.param("arn:aws:kms:r*x:1:k", "arn:aws:kms:r$x:1:k", True, id="V9/a-value-stays-in-its-field"),
    ],
)
def test_arn(wide: str, narrow: str, want: bool) -> None:
    assert covers(arn(wide), arn(narrow)) is want


SYMBOLS = st.lists(st.sampled_from(["a", "b", ":", Run(), Run(in_field=True), One(), One(in_field=True)]), max_size=7)
EXPRESSIONS: dict[Symbol, str] = {Run(): ".*", Run(in_field=True): "[^:]*", One(): ".", One(in_field=True): "[^:]"}


def expression(symbols: list[Symbol]) -> str:
    return "".join(EXPRESSIONS.get(symbol, str(symbol)) for symbol in symbols)


@given(SYMBOLS, SYMBOLS, st.data())
def test_a_yes_is_certain(wide: list[Symbol], narrow: list[Symbol], data: st.DataObject) -> None:
    text = data.draw(st.from_regex(expression(narrow), fullmatch=True, alphabet="ab:c"))
    assert not covers(tuple(wide), tuple(narrow)) or re.fullmatch(expression(wide), text)


@given(SYMBOLS, st.text("ab:c", max_size=7))
def test_about_one_text_a_no_is_certain_too(wide: list[Symbol], text: str) -> None:
    assert covers(tuple(wide), tuple(text)) is bool(re.fullmatch(expression(wide), text))
