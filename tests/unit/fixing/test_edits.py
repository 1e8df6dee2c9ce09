"""How texts are edited: what goes with a removed item, where a new member goes, and which edits exclude each other."""

from typing import Final

import pytest

from iam2rego.fixing.edits import apart, applied
from iam2rego.lint.edits import after, only_close, without
from iam2rego.lint.fix import Edit, Fix, Safety, safe
from iam2rego.source import Source, Span
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonArray, JsonObject

NAMES: Final = ("eu-central-1", "me-central-1", "us-east-1", "us-east-2", "us-west-2")


def fix(*edits: Edit) -> Fix:
    return Fix("", edits, Safety.SAFE)


def at(line: int, column: int, end: int, text: str = "") -> Fix:
    return fix(Edit(Span(line, column, line, end), text))


@pytest.mark.parametrize(
    ("before", "gone", "after"),
    [
        ("[1]", [0], "[1]"),
        ("[1, 2]", [0, 1], "[1, 2]"),
        ("[1, 2, 3]", [], "[1, 2, 3]"),
        ("[1, 2, 3]", [0], "[2, 3]"),
        ("[1, 2, 3]", [1], "[1, 3]"),
        ("[1, 2, 3]", [2], "[1, 2]"),
        ("[1, 2, 3]", [0, 2], "[2]"),
        ("[1, 2, 3]", [1, 2], "[1]"),
        ("[ 1,2 , 3 ]", [0, 1], "[ 3 ]"),
        ("[\n  1,\n  2,\n  3\n]", [0], "[\n  2,\n  3\n]"),
        ("[\n  1,\n  2,\n  3\n]", [1], "[\n  1,\n  3\n]"),
        ("[\n  1,\n  2,\n  3\n]", [2], "[\n  1,\n  2\n]"),
        ("[\r\n  1,\r\n  2\r\n]", [1], "[\r\n  1\r\n]"),
        ("[\n  1, 2,\n  3\n]", [1], "[\n  1,\n  3\n]"),
        ("[\n  1, 2,\n  3\n]", [0], "[\n  2,\n  3\n]"),
        ("[\n  1\n  , 2\n  , 3\n]", [1], "[\n  1\n  , 3\n]"),
    ],
)
def test_an_item_takes_its_comma_and_its_line(before: str, gone: list[int], after: str) -> None:
    source = Source("list.json", before)
    node = parse_json(source)
    assert isinstance(node, JsonArray)
    spans = [each.span for each in node.items]
    edits = without(spans, {spans[place] for place in gone})
    assert applied(source, [fix(*edits)]) == after


@pytest.mark.parametrize(
    ("before", "after_it"),
    [
        ('{"a": 1}', '{"a": 1, "b": 2, "c": 3}'),
        ('{ "a": 1, "z": 0 }', '{ "a": 1, "b": 2, "c": 3, "z": 0 }'),
        ('{\n\t"a": 1\n}', '{\n\t"a": 1,\n\t"b": 2,\n\t"c": 3\n}'),
        ('{\r\n  "a": 1\r\n}', '{\r\n  "a": 1,\r\n  "b": 2,\r\n  "c": 3\r\n}'),
        ('{\n  "a":\n    1\n}', '{\n  "a":\n    1,\n  "b": 2,\n  "c": 3\n}'),
        ('{\n"y": 0, "a": 1\n}', '{\n"y": 0, "a": 1, "b": 2, "c": 3\n}'),
    ],
)
def test_a_member_is_written_as_the_one_before(before: str, after_it: str) -> None:
    source = Source("object.json", before)
    node = parse_json(source)
    assert isinstance(node, JsonObject)
    (member,) = (each for each in node.members if each.name == "a")
    assert applied(source, [fix(after(source, member, '"b": 2', '"c": 3'))]) == after_it


def test_places_are_counted_in_characters() -> None:
    source = Source("text", "é\N{GRINNING FACE}x\nab\n")
    assert applied(source, [at(1, 3, 4, "y"), at(2, 1, 2), at(2, 3, 3, "c")]) == "é\N{GRINNING FACE}y\nbc\n"


def test_places_count_from_the_first_line() -> None:
    assert applied(Source("text", "ab\ncd", first_line=7), [at(8, 1, 2, "x")]) == "ab\nxd"


@pytest.mark.parametrize(
    ("other", "chosen"),
    [
        pytest.param(at(1, 7, 9), 2, id="after"),
        pytest.param(at(1, 5, 9), 2, id="next-to-it"),
        pytest.param(at(1, 4, 9), 1, id="overlapping"),
        pytest.param(at(1, 3, 4), 1, id="within"),
        pytest.param(at(1, 2, 2), 1, id="same-start"),
        pytest.param(fix(Edit(Span(1, 1, 1, 2)), Edit(Span(1, 3, 1, 4))), 1, id="one-of-two-edits"),
    ],
)
def test_fixes_that_overlap_wait(other: Fix, chosen: int) -> None:
    one = at(1, 2, 5)
    assert len(apart([one, other])) == len(apart([other, one])) == chosen


def test_a_fix_that_edits_nothing_is_none() -> None:
    assert safe("nothing", tuple)() is None


def test_edits_are_made_when_a_fix_is_wanted() -> None:
    asked: list[str] = []

    def edits(word: str) -> list[Edit]:
        asked.append(word)
        return [Edit(Span(1, 1, 1, 1), word)]

    remedy = safe("write a word", edits, "w")
    assert asked == []
    assert remedy() == Fix("write a word", (Edit(Span(1, 1, 1, 1), "w"),), Safety.SAFE)
    assert asked == ["w"]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        pytest.param("us-east-1", "us-east-1", id="itself"),
        pytest.param("EU-Central-1", "eu-central-1", id="case"),
        pytest.param("eu-centrl-1", "eu-central-1", id="missing-letter"),
        pytest.param("us-east-11", "us-east-1", id="letter-too-many"),
        pytest.param("us-esat-2", "us-east-2", id="swapped-letters"),
        pytest.param("us-east-3", None, id="two-that-are-near"),
        pytest.param("e-central-1", None, id="two-that-are-near-at-the-start"),
        pytest.param("eu-cntrl-1", None, id="two-slips-and-two-names"),
        pytest.param("wurst", None, id="none"),
        pytest.param("us-wst-", "us-west-2", id="two-slips-and-one-name"),
        pytest.param("x" * 101, None, id="too-long"),
    ],
)
def test_only_a_name_without_rival_is_meant(word: str, name: str | None) -> None:
    assert only_close(word, NAMES) == name
