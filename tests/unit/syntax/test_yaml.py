"""YAML becomes the tree of JSON, with the place of every value."""

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.source import Source, Span
from iam2rego.sources.values import value_of
from iam2rego.syntax.places import within
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonNumber, JsonObject, JsonString
from iam2rego.syntax.yaml import parse_yaml

BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 8))


def parsed(text: str) -> JsonNode:
    return parse_yaml(Source("t.yaml", text))


def refused(text: str) -> tuple[str, str, tuple[int, int]]:
    with pytest.raises(PolicyError) as error:
        parsed(text)
    (diagnostic,) = error.value.diagnostics
    assert diagnostic.span
    return diagnostic.code, diagnostic.message, (diagnostic.span.line, diagnostic.span.column)


def member(node: JsonNode, *names: str) -> JsonNode:
    for name in names:
        assert isinstance(node, JsonObject)
        node = next(each.value for each in node.members if each.name == name)
    return node


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("a: 2012-10-17", {"a": "2012-10-17"}, id="date"),
        pytest.param("a: 012345678901", {"a": "012345678901"}, id="octal"),
        pytest.param("a: 1_000", {"a": "1_000"}, id="underscore"),
        pytest.param("a: True", {"a": True}, id="boolean"),
        pytest.param("a: yes", {"a": "yes"}, id="yes"),
        pytest.param("a: 'true'", {"a": "true"}, id="quoted"),
        pytest.param("a: ~\nb:\nc: null", {"a": None, "b": None, "c": None}, id="null"),
        pytest.param("a: |\n  x\n  y\n", {"a": "x\ny\n"}, id="literal"),
        pytest.param("a: >-\n  x\n  y\n", {"a": "x y"}, id="folded"),
        pytest.param("a: !Sub x", {"a": {"Fn::Sub": "x"}}, id="tag"),
        pytest.param("a: !Ref 'x'", {"a": {"Ref": "x"}}, id="ref"),
        pytest.param("a: !GetAtt A.B.C", {"a": {"Fn::GetAtt": ["A", "B.C"]}}, id="get-att"),
        pytest.param("a: !Join ['', [!Ref x]]", {"a": {"Fn::Join": ["", [{"Ref": "x"}]]}}, id="nested-tags"),
        pytest.param("a: !Other x", {"a": {"!Other": "x"}}, id="unknown-tag"),
        pytest.param("a: &x {b: c}\nd: *x", {"a": {"b": "c"}, "d": {"b": "c"}}, id="alias"),
        pytest.param("a: &x {b: c, d: e}\nf: {<<: *x, d: g}", {"a": {"b": "c", "d": "e"}, "f": {"d": "g", "b": "c"}}, id="merge"),
        pytest.param("a: !!str 12", {"a": "12"}, id="standard-tag"),
    ],
)
def test_values(text: str, value: object) -> None:
    assert value_of(parsed(text)) == value


def test_numbers_keep_their_spelling() -> None:
    numbers = parsed("[1.50]")
    assert isinstance(numbers, JsonArray)
    (number,) = numbers.items
    assert isinstance(number, JsonNumber)
    assert number.text == "1.50"


def test_duplicate_members_are_kept() -> None:
    node = parsed("a: 1\na: 2")
    assert isinstance(node, JsonObject)
    assert [each.name for each in node.members] == ["a", "a"]


STATEMENTS = "S:\n  - Effect: Allow\n    Action: x\n\n  # a comment\n  - Effect: Deny\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_mapping_ends_with_its_last_value(newline: str) -> None:
    statements = member(parsed(STATEMENTS.replace("\n", newline)), "S")
    assert isinstance(statements, JsonArray)
    assert [each.span for each in statements.items] == [Span(2, 5, 3, 14), Span(6, 5, 6, 17)]


def test_columns_are_characters() -> None:
    value = member(parsed('"\N{GRINNING FACE}": {a: "\N{GRINNING FACE}x"}'), "\N{GRINNING FACE}", "a")
    assert value.span == Span(1, 10, 1, 14)


def test_places_in_strings() -> None:
    text = 'a: "x*y"\nb: x*y\nc: !Sub "x*y"\nd: "\\x41*"\n'
    source = Source("t.yaml", text)
    node = parse_yaml(source)
    found = [within(source, member(node, name).span, 1, 2) for name in "abcd"]
    assert found == [Span(1, 6, 1, 7), Span(2, 4, 2, 7), Span(3, 4, 3, 14), Span(4, 4, 4, 11)]


@pytest.mark.parametrize(
    ("text", "code", "message", "place"),
    [
        pytest.param("", "IAM003", "the text is empty", (1, 1), id="empty"),
        pytest.param("a: b\n---\nc: d", "IAM004", "the text has a second document", (2, 1), id="documents"),
        pytest.param("[a]: b", "IAM004", "a key must be text", (1, 1), id="key"),
        pytest.param("a: *b", "IAM004", "`*b` refers to nothing that is complete before it", (1, 4), id="alias-of-nothing"),
        pytest.param("a: &b [*b]", "IAM004", "`*b` refers to nothing that is complete before it", (1, 8), id="alias-of-itself"),
        pytest.param("a: {<<: b}", "IAM004", "`<<` merges mappings only", (1, 5), id="merged-text"),
        pytest.param("[" * 70 + "]" * 70, "IAM008", "mappings and sequences are nested more than 64 levels deep", (1, 65), id="deep"),
    ],
)
def test_what_is_refused(text: str, code: str, message: str, place: tuple[int, int]) -> None:
    assert refused(text) == (code, message, place)


def test_aliases_that_explode_are_refused() -> None:
    assert refused(BOMB)[0] == "IAM002"


@pytest.mark.parametrize("text", ["a: [", "a: b: c", "\ta: b", "a: 'b", "a: \x07"])
def test_text_that_is_not_yaml(text: str) -> None:
    code, message, _ = refused(text)
    assert (code, message.startswith("this is not YAML: ")) == ("IAM004", True)


def test_a_string_is_a_string() -> None:
    assert member(parsed("a: b"), "a") == JsonString("b", Span(1, 4, 1, 5))
