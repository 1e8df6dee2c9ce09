"""JSON texts (RFC 8259) to trees with places, and what is said of a text that is none."""

from collections.abc import Callable

import pytest

from iam2rego.diagnostics import Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.syntax.parse import DEEPEST, parse_json
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNull, JsonNumber, JsonObject, JsonString, Member


def parse(text: str) -> JsonNode:
    return parse_json(Source("p.json", text))


def span(line: int, column: int, end_column: int, end_line: int | None = None) -> Span:
    return Span(line, column, end_line or line, end_column)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("null", JsonNull(span(1, 1, 5)), id="null"),
        pytest.param("true", JsonBoolean(True, span(1, 1, 5)), id="true"),
        pytest.param(" \t\r\n false", JsonBoolean(False, span(2, 2, 7)), id="white-space-before"),
        pytest.param("-0.10e+05", JsonNumber("-0.10e+05", span(1, 1, 10)), id="number-as-spelled"),
        pytest.param('""', JsonString("", span(1, 1, 3)), id="empty-string"),
        pytest.param('"\u00e9\U0001f600"', JsonString("\u00e9\U0001f600", span(1, 1, 5)), id="columns-count-characters"),
        pytest.param('"\u2028\x7f"', JsonString("\u2028\x7f", span(1, 1, 5)), id="no-line-breaks-but-line-feeds"),
        pytest.param(r'"\"\\\/\b\f\n\r\t"', JsonString('"\\/\b\f\n\r\t', span(1, 1, 19)), id="escapes"),
        pytest.param(r'"\u00E9\ud83d\ude00"', JsonString("\u00e9\U0001f600", span(1, 1, 21)), id="escapes-by-number"),
        pytest.param(r'"\ud83d"', JsonString("\ud83d", span(1, 1, 9)), id="half-a-pair"),
        pytest.param("[]", JsonArray((), span(1, 1, 3)), id="empty-array"),
        pytest.param("[ ]", JsonArray((), span(1, 1, 4)), id="array-of-a-space"),
        pytest.param(
            "[1,\n[true]\n]",
            JsonArray((JsonNumber("1", span(1, 2, 3)), JsonArray((JsonBoolean(True, span(2, 2, 6)),), span(2, 1, 7))), span(1, 1, 2, 3)),
            id="array-over-lines",
        ),
        pytest.param("{}", JsonObject((), span(1, 1, 3)), id="empty-object"),
        pytest.param(
            '{"a": 1,\r\n "a": null}',
            JsonObject(
                (
                    Member("a", span(1, 2, 5), JsonNumber("1", span(1, 7, 8))),
                    Member("a", span(2, 2, 5), JsonNull(span(2, 7, 11))),
                ),
                span(1, 1, 12, 2),
            ),
            id="repeated-member-is-kept",
        ),
        pytest.param(
            r'{"\u0061\"": []}',
            JsonObject((Member('a"', span(1, 2, 12), JsonArray((), span(1, 14, 16))),), span(1, 1, 17)),
            id="name-with-escapes",
        ),
    ],
)
def test_tree(text: str, want: JsonNode) -> None:
    assert parse(text) == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * DEEPEST + "]" * DEEPEST, id="arrays"),
        pytest.param('{"a":' * DEEPEST + "1" + "}" * DEEPEST, id="objects"),
        pytest.param("[" + "[]," * 1000 + "[]]", id="side-by-side"),
        pytest.param('"' + "[" * 1000 + '"', id="in-a-string"),
    ],
)
def test_as_deep_as_may_be(text: str) -> None:
    assert parse(text).span.column == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), id="arrays"),
        pytest.param("[" * 200_000, id="200,000-arrays"),
        pytest.param("[[],[]," + "[" * DEEPEST + "]" * DEEPEST + "]", id="after-others-that-are-closed"),
        pytest.param('{"a":[' * 100_000, id="both"),
    ],
)
def test_deeper_is_refused(text: str, refusal: Callable[[str], Diagnostic]) -> None:
    assert refusal(text).code == "IAM008"


@pytest.fixture
def refusal() -> Callable[[str], Diagnostic]:
    """Parse what must be refused, and return the one diagnostic."""

    def refusal(text: str) -> Diagnostic:
        with pytest.raises(PolicyError) as refused:
            parse(text)
        (diagnostic,) = refused.value.diagnostics
        return diagnostic

    return refusal


REFUSED = [
    pytest.param("", span(1, 1, 2), "IAM003", "the text is empty", id="empty"),
    pytest.param(" \n", span(1, 1, 2), "IAM003", "the text is empty", id="white-space"),
    pytest.param(
        "{",
        span(1, 2, 2),
        "IAM005",
        "the text ends inside the object opened at line 1, column 1; expected a member's name in double quotes or `}`",
        id="cut/object",
    ),
    pytest.param(
        '{"a"', span(1, 5, 5), "IAM005", "the text ends inside the object opened at line 1, column 1; expected `:`", id="cut/name"
    ),
    pytest.param(
        '{"a":', span(1, 6, 6), "IAM005", "the text ends inside the object opened at line 1, column 1; expected a value", id="cut/colon"
    ),
    pytest.param(
        '{"a": 1  \n',
        span(1, 8, 8),
        "IAM005",
        "the text ends inside the object opened at line 1, column 1; expected `,` or `}`",
        id="cut/value",
    ),
    pytest.param(
        '{"[":\n [1',
        span(2, 4, 4),
        "IAM005",
        "the text ends inside the array opened at line 2, column 2; expected `,` or `]`",
        id="cut/inner-array",
    ),
    pytest.param('["a', span(1, 2, 4), "IAM005", "the text ends inside the string opened here", id="cut/string"),
    pytest.param('["a\\', span(1, 2, 5), "IAM005", "the text ends inside the string opened here", id="cut/escape"),
    pytest.param('["a\\u00', span(1, 2, 8), "IAM005", "the text ends inside the string opened here", id="cut/escape-by-number"),
    pytest.param("[1, ]", span(1, 5, 6), "IAM004", "unexpected `]`; expected a value", id="comma-before-the-end"),
    pytest.param(
        '{"a": 1, }', span(1, 10, 11), "IAM004", "unexpected `}`; expected a member's name in double quotes", id="comma-before-the-brace"
    ),
    pytest.param("[1 2]", span(1, 4, 5), "IAM004", "unexpected `2`; expected `,` or `]`", id="no-comma"),
    pytest.param('{"a" 1}', span(1, 6, 7), "IAM004", "unexpected `1`; expected `:`", id="no-colon"),
    pytest.param('{"a": "b" "c": 1}', span(1, 11, 12), "IAM004", "unexpected a string; expected `,` or `}`", id="no-comma-before-a-string"),
    pytest.param("[1}", span(1, 3, 4), "IAM004", "unexpected `}`; expected `,` or `]`", id="wrong-bracket"),
    pytest.param("1 2", span(1, 3, 4), "IAM004", "unexpected `2`; expected the end of the text", id="two-values"),
    pytest.param("{} {}", span(1, 4, 5), "IAM004", "unexpected `{`; expected the end of the text", id="two-objects"),
    pytest.param("]", span(1, 1, 2), "IAM004", "unexpected `]`; expected a value", id="end-without-start"),
    pytest.param(
        "{1: 2}", span(1, 2, 3), "IAM004", "unexpected `1`; expected a member's name in double quotes or `}`", id="number-as-name"
    ),
    pytest.param("[True]", span(1, 2, 6), "IAM004", "unexpected `True`; expected a value or `]`", id="word"),
    pytest.param("[tru", span(1, 2, 5), "IAM004", "unexpected `tru`; expected a value or `]`", id="cut-word"),
    pytest.param("[truex]", span(1, 2, 7), "IAM004", "unexpected `truex`; expected a value", id="word-that-goes-on"),
    pytest.param("[NaN]", span(1, 2, 5), "IAM004", "unexpected `NaN`; expected a value or `]`", id="nan"),
    pytest.param("[-Infinity]", span(1, 2, 11), "IAM007", "`-Infinity` is not a number", id="negative-infinity"),
    pytest.param("[01]", span(1, 2, 4), "IAM007", "`01` is not a number", id="leading-zero"),
    pytest.param("01", span(1, 1, 3), "IAM007", "`01` is not a number", id="leading-zero-at-the-start"),
    pytest.param("[+1]", span(1, 2, 4), "IAM007", "`+1` is not a number", id="plus"),
    pytest.param("[.5]", span(1, 2, 4), "IAM007", "`.5` is not a number", id="no-digit-before-the-point"),
    pytest.param("[5.]", span(1, 2, 4), "IAM007", "`5.` is not a number", id="no-digit-after-the-point"),
    pytest.param("[1e]", span(1, 2, 4), "IAM007", "`1e` is not a number", id="no-exponent"),
    pytest.param("[0x1F]", span(1, 2, 6), "IAM007", "`0x1F` is not a number", id="hexadecimal"),
    pytest.param("[-]", span(1, 2, 3), "IAM007", "`-` is not a number", id="minus-alone"),
    pytest.param("[1\u0662]", span(1, 2, 4), "IAM007", "`1\u0662` is not a number", id="digit-that-is-not-ascii"),
    pytest.param('["a\tb"]', span(1, 4, 5), "IAM006", "a string may not contain the control character U+0009", id="tab-in-a-string"),
    pytest.param('["a\x00b"]', span(1, 4, 5), "IAM006", "a string may not contain the control character U+0000", id="nul-in-a-string"),
    pytest.param('["a\nb"]', span(1, 2, 4), "IAM006", "the string opened here does not end on its line", id="line-break-in-a-string"),
    pytest.param('["a\\x41"]', span(1, 4, 6), "IAM006", "`\\x` is not an escape", id="unknown-escape"),
    pytest.param('["\\u12g4"]', span(1, 3, 5), "IAM006", "`\\u` is not an escape", id="bad-hexadecimal"),
    pytest.param("['a']", span(1, 2, 5), "IAM004", "unexpected `'a'`; expected a value or `]`", id="single-quotes"),
    pytest.param("{a: 1}", span(1, 2, 3), "IAM004", "unexpected `a`; expected a member's name in double quotes or `}`", id="bare-name"),
    pytest.param("[1] // x", span(1, 5, 7), "IAM004", "unexpected `//`; expected the end of the text", id="comment"),
    pytest.param("\ufeff{}", span(1, 1, 2), "IAM004", "unexpected `\ufeff`; expected a value", id="byte-order-mark"),
    pytest.param("[\u00a01]", span(1, 2, 4), "IAM004", "unexpected `\u00a01`; expected a value or `]`", id="no-break-space"),
    pytest.param("[\x0b1]", span(1, 2, 4), "IAM004", "unexpected `\x0b1`; expected a value or `]`", id="vertical-tab"),
]


@pytest.mark.parametrize(("text", "place", "code", "message"), REFUSED)
def test_refusal(text: str, place: Span, code: str, message: str, refusal: Callable[[str], Diagnostic]) -> None:
    diagnostic = refusal(text)
    assert (diagnostic.span, diagnostic.code, diagnostic.message) == (place, code, message)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("", "a policy is a JSON object: `{...}`", id="empty"),
        pytest.param("[1, ]", "JSON allows no comma before `]`", id="comma-before-the-end"),
        pytest.param("[1 2]", "is a comma missing before it?", id="no-comma"),
        pytest.param("[1 abc]", "is a comma missing before it?", id="no-comma-before-a-word"),
        pytest.param('{"a": {"b": 1]', "the `{` at line 1, column 7 is still open", id="wrong-bracket"),
        pytest.param('{"a" 1}', "write a `:` between the name of a member and its value", id="no-colon"),
        pytest.param("1 2", "a JSON text is a single value", id="two-values"),
        pytest.param("[True]", "JSON writes it `true`", id="true"),
        pytest.param("[None]", "JSON writes it `null`", id="none"),
        pytest.param("['a']", "JSON writes strings in double quotes", id="single-quotes"),
        pytest.param("[\u201ca\u201d]", 'JSON uses straight quotation marks: `"`', id="curved-quotes"),
        pytest.param("name,action", "this is not JSON, which begins with `{` or `[`", id="another-language"),
        pytest.param("{a: 1}", 'did you mean `"a"`?', id="bare-name"),
        pytest.param("[abc]", 'did you mean `"abc"`?', id="bare-word"),
        pytest.param("// x", "JSON has no comments", id="comment"),
        pytest.param("# x", "JSON has no comments", id="hash"),
        pytest.param("/* x */", "JSON has no comments", id="long-comment"),
        pytest.param("[NaN]", "JSON has no such number", id="nan"),
        pytest.param("[\u00a01]", "JSON allows only spaces, tabs and line breaks as white space; this is U+00A0", id="no-break-space"),
        pytest.param("\ufeff{}", "remove the character U+FEFF", id="byte-order-mark"),
        pytest.param("[01]", "a JSON number has no leading `+` or `0`, and has digits on both sides of a point", id="number"),
        pytest.param('["\t"]', "write it as `\\t`", id="tab"),
        pytest.param('["\x1f"]', "write it as `\\u001f`", id="control-character"),
        pytest.param('["\n"]', 'close it with `"`; a line break inside a string is written `\\n`', id="line-break"),
        pytest.param(
            '["\\x"]', 'the escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits', id="unknown-escape"
        ),
    ],
)
def test_hint(text: str, hint: str, refusal: Callable[[str], Diagnostic]) -> None:
    assert refusal(text).hint == hint
