"""How diagnostics are shown: a place, the source line with carets, a hint; and as JSON."""

from dataclasses import replace

import pytest

from iam2rego.diagnostics import Code, Diagnostic, Level, PolicyError, Related, grouped, printable, render, sort
from iam2rego.source import Source, Span


def diagnostic(text: str, span: Span | None, hint: str = "", name: str = "p.json") -> Diagnostic:
    return Diagnostic(Code.WRONG_TYPE, "wrong", Source(name, text), span, hint)


def on_line(line: int, column: int, end_column: int) -> Span:
    return Span(line, column, line, end_column)


LONG = "x" * 300

RENDERED = [
    pytest.param("abc", on_line(1, 2, 3), "", ["p.json:1:2: error[IAM101]: wrong", " 1 | abc", "   |  ^"], id="one-character"),
    pytest.param("a\nbcd", on_line(2, 1, 4), "", ["p.json:2:1: error[IAM101]: wrong", " 2 | bcd", "   | ^^^"], id="second-line"),
    pytest.param(
        "abc", on_line(1, 1, 4), "do this", ["p.json:1:1: error[IAM101]: wrong", " 1 | abc", "   | ^^^", "   = help: do this"], id="hint"
    ),
    pytest.param("abc", None, "", ["p.json: error[IAM101]: wrong"], id="no-place"),
    pytest.param("", on_line(1, 1, 2), "", ["p.json:1:1: error[IAM101]: wrong", " 1 | ", "   | ^"], id="empty-text"),
    pytest.param("abc", on_line(1, 4, 4), "", ["p.json:1:4: error[IAM101]: wrong", " 1 | abc", "   |    ^"], id="after-the-end"),
    pytest.param("a\r\nb", on_line(1, 1, 2), "", ["p.json:1:1: error[IAM101]: wrong", " 1 | a", "   | ^"], id="carriage-return"),
    pytest.param("ab\ncd\nef", Span(1, 2, 3, 2), "", ["p.json:1:2: error[IAM101]: wrong", " 1 | ab", "   |  ^"], id="over-several-lines"),
    pytest.param(
        "\n" * 99 + "ab", on_line(100, 2, 3), "", ["p.json:100:2: error[IAM101]: wrong", " 100 | ab", "     |  ^"], id="three-digits"
    ),
    pytest.param("\t\tab", on_line(1, 4, 5), "", ["p.json:1:4: error[IAM101]: wrong", " 1 |   ab", "   |    ^"], id="tabs"),
    pytest.param(
        "\u00e9\u2019b", on_line(1, 3, 4), "", ["p.json:1:3: error[IAM101]: wrong", " 1 | \u00e9\u2019b", "   |   ^"], id="not-ascii"
    ),
    pytest.param(
        "\u6f22\U0001f600b", on_line(1, 3, 4), "", ["p.json:1:3: error[IAM101]: wrong", " 1 | \u6f22\U0001f600b", "   |     ^"], id="wide"
    ),
    pytest.param("a\u6f22b", on_line(1, 2, 3), "", ["p.json:1:2: error[IAM101]: wrong", " 1 | a\u6f22b", "   |  ^^"], id="wide-and-marked"),
    pytest.param("e\u0301b", on_line(1, 3, 4), "", ["p.json:1:3: error[IAM101]: wrong", " 1 | e\u0301b", "   |  ^"], id="combining"),
    pytest.param(
        "e\u0301b", on_line(1, 2, 3), "", ["p.json:1:2: error[IAM101]: wrong", " 1 | e\u0301b", "   |  ^"], id="combining-and-marked"
    ),
    pytest.param(
        "\x1b[31m\u202eb",
        on_line(1, 7, 8),
        "",
        ["p.json:1:7: error[IAM101]: wrong", " 1 | \ufffd[31m\ufffdb", "   |       ^"],
        id="controls",
    ),
    pytest.param(
        f"{LONG}b{LONG}",
        on_line(1, 301, 302),
        "",
        ["p.json:1:301: error[IAM101]: wrong", f" 1 | {'x' * 60}b{'x' * 59}", f"   | {' ' * 60}^"],
        id="long-line",
    ),
    pytest.param(
        LONG, on_line(1, 1, 301), "", ["p.json:1:1: error[IAM101]: wrong", f" 1 | {'x' * 120}", f"   | {'^' * 120}"], id="long-span"
    ),
    pytest.param(
        LONG,
        on_line(1, 301, 301),
        "",
        ["p.json:1:301: error[IAM101]: wrong", f" 1 | {'x' * 60}", f"   | {' ' * 60}^"],
        id="end-of-a-long-line",
    ),
]


@pytest.mark.parametrize(("text", "span", "hint", "lines"), RENDERED)
def test_render(text: str, span: Span | None, hint: str, lines: list[str]) -> None:
    assert render(diagnostic(text, span, hint)).split("\n") == lines


@pytest.mark.parametrize("level", list(Level))
def test_the_level_is_shown(level: Level) -> None:
    shown = render(Diagnostic(Code.INVALID_SID, "empty", Source("p.json", "x"), None, "", level))
    assert shown == f"p.json: {level.value}[IAM108]: empty"


@pytest.mark.parametrize(
    ("code", "level"),
    [(Code.INVALID_SID, Level.ERROR), (Code.UNUSED_PARAMETER, Level.WARNING), (Code.DEFAULT_KEY_POLICIES, Level.NOTICE)],
)
def test_a_code_has_a_level(code: Code, level: Level) -> None:
    assert Diagnostic(code, "", Source("p.json", "")).level is level


def test_a_hostile_name_message_or_hint_stays_on_its_line() -> None:
    hostile = Diagnostic(Code.INVALID_SID, "a\nb", Source("p\n.json", ""), None, "c\x1bd")
    assert render(hostile) == "p\ufffd.json: error[IAM108]: a\ufffdb\n   = help: c\ufffdd"


def test_printable_keeps_what_a_terminal_shows() -> None:
    assert printable("a \u00e9\u2019") == "a \u00e9\u2019"


def test_as_json() -> None:
    assert diagnostic("a\nbc", Span(1, 1, 2, 3), "do this").as_json() == {
        "file": "p.json",
        "line": 1,
        "column": 1,
        "end_line": 2,
        "end_column": 3,
        "code": "IAM101",
        "severity": "error",
        "message": "wrong",
        "hint": "do this",
        "related": [],
        "aws": None,
    }


def test_as_json_without_a_place() -> None:
    shown = diagnostic("", None).as_json()
    assert [shown[each] for each in ("line", "column", "end_line", "end_column", "hint")] == [None, None, None, None, ""]


def test_order_is_by_file_place_and_code() -> None:
    last = diagnostic("", on_line(1, 1, 2), name="q.json")
    ninth, tenth, second = (diagnostic("", on_line(line, column, 99)) for line, column in ((9, 1), (10, 1), (9, 2)))
    without = diagnostic("", None)
    other = Diagnostic(Code.UNKNOWN_MEMBER, "wrong", Source("p.json", ""), on_line(9, 1, 99))
    assert sort([last, tenth, second, other, ninth, without]) == [without, ninth, other, second, tenth, last]


def test_an_error_says_all_that_it_carries() -> None:
    assert (
        str(PolicyError([diagnostic("", None), diagnostic("", None, name="q.json")]))
        == "p.json: error[IAM101]: wrong\nq.json: error[IAM101]: wrong"
    )


def unbound(name: str, file: str, line: int, level: Level | None = None) -> Diagnostic:
    return Diagnostic(Code.UNBOUND_PLACEHOLDER, f"`<{name}>` has no value", Source(file, ""), on_line(line, 1, 4), "", level)


def also(file: str, line: int) -> Related:
    return Related("also here", Source(file, ""), on_line(line, 1, 4))


def test_a_placeholder_without_a_value_is_one_error() -> None:
    wrong = diagnostic("", on_line(1, 1, 2))
    found = [unbound("a", "p", 1), wrong, unbound("b", "p", 2), unbound("a", "p", 3), unbound("a", "q", 1), wrong]
    first, *others = grouped(found)
    assert others == [wrong, found[2], wrong]
    assert first == replace(found[0], related=(also("p", 3), also("q", 1)))
    assert grouped([first, *others]) == [first, *others]


def test_warnings_are_not_joined_with_errors() -> None:
    found = [unbound("a", "p", 1), unbound("a", "p", 2, Level.WARNING)]
    assert grouped(found) == found


def test_related_places_are_listed_by_file_and_kind() -> None:
    other = Related("what covers it", Source("q\n", ""), on_line(7, 2, 4))
    one = replace(diagnostic("", None, "do this"), related=(also("p", 1), also("q", 2), also("p", 3), other))
    assert render(one).splitlines() == [
        "p.json: error[IAM101]: wrong",
        "   = help: do this",
        "   = also here: p:1:1, 3:1; q:2:1",
        "   = what covers it: q\ufffd:7:2",
    ]


def test_related_places_in_json() -> None:
    assert replace(diagnostic("", None), related=(also("q", 2),)).as_json()["related"] == [
        {"file": "q", "line": 2, "column": 1, "end_line": 2, "end_column": 4, "message": "also here"}
    ]
