"""JSON values that keep the spelling of their numbers (N2, N3)."""

import pytest

from iam2rego.jsontext import JsonTextError, JsonValue, Number, dumps, loads

DEEPEST = 200


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("null", None, id="null"),
        pytest.param("true", True, id="true"),
        pytest.param("1e2", Number("1e2"), id="N2/exponent"),
        pytest.param("-0", Number("-0"), id="N2/signed-zero"),
        pytest.param("10.0", Number("10.0"), id="N2/superfluous-zero"),
        pytest.param("9" * 5_000, Number("9" * 5_000), id="N2/long"),
        pytest.param('"\\ud800"', "\ud800", id="N3/half-a-pair-is-kept"),
        pytest.param('{"a": [1, {}], "A": ""}', {"a": [Number("1"), {}], "A": ""}, id="nested"),
    ],
)
def test_loads(text: str, want: JsonValue) -> None:
    assert loads(text) == want


def test_the_last_of_members_with_one_name_counts_where_it_may() -> None:
    assert loads('[{"a": 1, "b": 2, "a": 3}]', last_counts=True) == [{"a": Number("3"), "b": Number("2")}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", "Expecting value at line 1, column 1", id="empty"),
        pytest.param('{"a":\n"b" 1}', "at line 2, column 5", id="no-comma"),
        pytest.param("1 2", "Extra data at line 1, column 3", id="two-values"),
        pytest.param("[NaN]", "`NaN` is not JSON", id="nan"),
        pytest.param("-Infinity", "`-Infinity` is not JSON", id="infinity"),
        pytest.param('[{"a": 1, "a": 1}]', "duplicate member `a`", id="repeated-member"),
        pytest.param("[" * 100_000, "the text is nested too deeply", id="open-brackets"),
        pytest.param("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "the text is nested more than 200 levels deep", id="too-deep"),
        pytest.param(
            "[" * (DEEPEST + 1) + "1" + "]" * (DEEPEST + 1), "the text is nested more than 200 levels deep", id="too-deep-with-a-value"
        ),
    ],
)
def test_refusal(text: str, message: str) -> None:
    with pytest.raises(JsonTextError, match=message):
        loads(text)


@pytest.mark.parametrize(
    "inner", [pytest.param("", id="empty"), pytest.param("1", id="with-a-value"), pytest.param("{}, 1", id="siblings")]
)
def test_as_deep_as_may_be(inner: str) -> None:
    text = "[" * (DEEPEST - 1) + inner + "]" * (DEEPEST - 1)
    assert dumps(loads(text)) == text


@pytest.mark.parametrize(
    ("value", "want"),
    [
        pytest.param({"a": [Number("1e2"), None, True, "b"]}, '{"a": [1e2, null, true, "b"]}', id="nested"),
        pytest.param({"\u00e9\n": "\ud800\u2028"}, '{"\\u00e9\\n": "\\ud800\\u2028"}', id="one-line-of-ascii"),
        pytest.param([], "[]", id="empty-list"),
    ],
)
def test_dumps(value: JsonValue, want: str) -> None:
    assert dumps(value) == want
