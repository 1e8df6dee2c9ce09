"""What the program does before and around its commands."""

import signal
import sys
from collections.abc import Iterator

import pytest

from iam2rego.cli import main


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Gives the signals back to who had them."""
    numbers = (signal.SIGTERM, signal.SIGHUP)
    handlers = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, handlers, strict=True):
        signal.signal(number, handler)


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> object:
    """Run the program; return its status."""
    monkeypatch.setattr(sys, "argv", ["iam2rego", *words])
    with pytest.raises(SystemExit) as end:
        main.main()
    return end.value.code


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["SIGTERM", "SIGHUP"])
def test_a_signal_ends_the_program_in_order(monkeypatch: pytest.MonkeyPatch, number: signal.Signals, status: int) -> None:
    signal.signal(number, signal.SIG_DFL)
    run(monkeypatch, "--help")
    with pytest.raises(SystemExit) as end:
        signal.raise_signal(number)
    assert end.value.code == status


def test_a_signal_that_is_ignored_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    run(monkeypatch, "--help")
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


@pytest.mark.parametrize("words", [("--help",), ("build", "--help"), ("opa", "path", "--help")])
def test_help_is_given(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert run(monkeypatch, *words) == 0
    assert "Usage: iam2rego" in capsys.readouterr().out


@pytest.mark.parametrize("words", [(), ("opa",)], ids=["program", "opa"])
def test_no_command_is_a_mistake_that_help_answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(monkeypatch, *words) == 2
    assert "Usage: iam2rego" in "".join(capsys.readouterr())


def test_help_without_color_has_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    run(monkeypatch, "--help")
    assert "\x1b" not in capsys.readouterr().out
