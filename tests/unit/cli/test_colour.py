"""Colours are for terminals, unless the environment says otherwise."""

import io

import pytest

from iam2rego.cli.shared.colour import painter
from iam2rego.cli.shared.output import report
from iam2rego.diagnostics import Code, Diagnostic, Level, render
from iam2rego.source import Source, Span


class Stream(io.StringIO):
    """A stream that may be a terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        pytest.param(True, {}, True, id="terminal"),
        pytest.param(False, {}, False, id="pipe"),
        pytest.param(True, {"TERM": "dumb"}, False, id="dumb"),
        pytest.param(True, {"NO_COLOR": "1"}, False, id="no-color"),
        pytest.param(True, {"NO_COLOR": ""}, True, id="no-color/empty"),
        pytest.param(False, {"FORCE_COLOR": "1"}, True, id="force-color"),
        pytest.param(False, {"FORCE_COLOR": ""}, False, id="force-color/empty"),
        pytest.param(True, {"TERM": "dumb", "FORCE_COLOR": "1"}, True, id="dumb/force-color"),
        pytest.param(True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, id="both"),
    ],
)
def test_where_colours_are(terminal: bool, environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert painter(Stream(terminal))("place", "a") == ("\x1b[1ma\x1b[0m" if coloured else "a")


@pytest.mark.parametrize(("level", "style"), [("error", "1;31"), ("security", "1;35"), ("warning", "1;33"), ("notice", "1;36")])
def test_the_colours(level: str, style: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    problem = Diagnostic(Code.INVALID_SID, "wrong\x1b[2J", Source("p.json", "\x1b ab"), Span(1, 3, 1, 5), "do this", Level(level))
    report([problem], as_json=False)
    assert capsys.readouterr().err == (
        f"\x1b[1mp.json:1:3\x1b[0m: \x1b[{style}m{level}[IAM108]\x1b[0m: wrong\ufffd[2J\n"
        " \x1b[34m1 |\x1b[0m \ufffd ab\n"
        f" \x1b[34m  |\x1b[0m \x1b[{style}m  ^^\x1b[0m\n"
        "   \x1b[34m=\x1b[0m \x1b[1;32mhelp\x1b[0m: do this\n"
    )
    assert "\x1b" not in render(problem)
