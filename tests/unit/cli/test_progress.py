"""Progress is shown to people only, and only where something takes long."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from click.testing import CliRunner

from iam2rego.cli.main import program
from iam2rego.cli.shared import progress

WIPED = "\x1b[2K"
POLICY = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}'


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def looking_at(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, patience: float = 0.01) -> io.StringIO:
    """Let ``stream`` be stderr. A fixture cannot: pytest puts its own in place before the test starts."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    monkeypatch.setattr(sys, "stderr", stream)
    return stream


def work(until: Callable[[], bool]) -> None:
    """Work until something has happened, at most ten seconds."""
    deadline = monotonic() + 600
    while not until() and monotonic() < deadline:
        sleep(0.01)


def decide(stream: io.StringIO) -> None:
    """Do what takes until it is shown."""
    with progress.shown("deciding", wanted=True) as step:
        step(1, 4)
        work(lambda: "25%" in stream.getvalue())


def test_a_long_task_is_shown_and_wiped_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = looking_at(Terminal(), monkeypatch)
    decide(stream)
    assert "deciding" in stream.getvalue()
    assert "\x1b[35m" in stream.getvalue()
    assert stream.getvalue().endswith(WIPED)


def test_no_color_leaves_colors_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream = looking_at(Terminal(), monkeypatch)
    decide(stream)
    assert "deciding" in stream.getvalue()
    assert "\x1b[3" not in stream.getvalue()


def test_the_bar_ends_with_a_task_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = looking_at(Terminal(), monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        interrupted(stream)
    assert stream.getvalue().endswith(WIPED)


def interrupted(stream: io.StringIO) -> None:
    with progress.shown("deciding", wanted=True):
        work(lambda: "deciding" in stream.getvalue())
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("options", "counted"),
    [
        pytest.param([], [(1, 1)], id="the-files-in-batches"),
        pytest.param(["--diff"], [(0, 4), (1, 4), (2, 4), (2, 2)], id="each-file-as-it-is-fixed-then-the-batches"),
    ],
)
def test_check_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str], counted: list[tuple[int, int]]) -> None:
    told: list[tuple[int, int]] = []

    @contextmanager
    def shown(_what: str, *, wanted: bool) -> Iterator[Callable[[int, int], None]]:
        assert wanted
        yield lambda done, of: told.append((done, of))

    monkeypatch.setattr(progress, "shown", shown)
    for name in "ab":
        (tmp_path / f"{name}.json").write_text(POLICY)
    assert CliRunner().invoke(program, ["check", *options, str(tmp_path)]).exit_code == 0
    assert list(dict.fromkeys(told)) == counted


@pytest.mark.parametrize(
    ("stream", "wanted", "patience"),
    [
        pytest.param(Terminal(), True, 60.0, id="short"),
        pytest.param(Terminal(), False, 0.0, id="not-wanted"),
        pytest.param(io.StringIO(), True, 0.0, id="nobody-looks"),
    ],
)
def test_otherwise_nothing_is_shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, wanted: bool, patience: float) -> None:
    looking_at(stream, monkeypatch, patience)
    with progress.shown("deciding", wanted=wanted) as step:
        step(1, 4)
        sleep(0.05)
    assert stream.getvalue() == ""
