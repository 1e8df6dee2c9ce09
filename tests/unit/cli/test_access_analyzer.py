"""The places of findings as AWS counts and names them."""

from typing import Any

import pytest

from iam2rego.cli.commands.check.access_analyzer import response
from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Source, Span


def location(text: str, span: Span) -> dict[str, Any]:
    finding = Diagnostic(Code.WRONG_TYPE, "m", Source("a.json", text), span, aws="X")
    (told,) = response([finding], named=False)["findings"]
    (place,) = told["locations"]
    assert isinstance(place, dict)
    return place


@pytest.mark.parametrize(
    ("marked", "path"),
    [
        pytest.param('«{"a": 1}»', [], id="whole"),
        pytest.param('{"a": «1»}', [{"value": "a"}], id="value"),
        pytest.param('{«"a"»: 1, "b": 2}', [{"key": "a"}], id="name"),
        pytest.param('{"a": 1, "a": «2»}', [{"value": "a"}], id="duplicate"),
        pytest.param('{"a": [1, {"b": [«true»]}]}', [{"value": "a"}, {"index": 1}, {"value": "b"}, {"index": 0}], id="items"),
        pytest.param('{"a": «"bcd"»}', [{"value": "a"}], id="string"),
        pytest.param('{"a": "b«c»d"}', [{"value": "a"}, {"substring": {"start": 1, "length": 1}}], id="part-of-a-string"),
        pytest.param('{"a": "«bc»d"}', [{"value": "a"}, {"substring": {"start": 0, "length": 2}}], id="start-of-a-string"),
        pytest.param(r'["\n\u0041\ud83d\ude00\"«\\b»"]', [{"index": 0}, {"substring": {"start": 4, "length": 2}}], id="escapes"),
        pytest.param("[1«,» 2]", [], id="between"),
        pytest.param("[1, «]", [], id="no-json"),
    ],
)
def test_paths(marked: str, path: list[dict[str, object]]) -> None:
    first, last = marked.index("«") + 1, marked.replace("«", "").find("»") + 1
    assert location(marked.replace("«", "").replace("»", ""), Span(1, first, 1, last or first + 1))["path"] == path


def test_spans() -> None:
    assert location('{"a":\r\n {\n }}', Span(2, 2, 3, 3))["span"] == {
        "start": {"line": 2, "column": 1, "offset": 8},
        "end": {"line": 3, "column": 2, "offset": 12},
    }
