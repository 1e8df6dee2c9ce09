"""Decision logs as they lie about: lines, uploaded arrays, gzipped or not, cut off."""

import gzip
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.usage import Logs, logs

WHOLE: Final = b'{"n": 1}\n{"n": 2}\n'


def numbers(read: Logs) -> list[int]:
    return [event["n"] for event in read]


@pytest.mark.parametrize(
    ("content", "read", "unread"),
    [
        pytest.param(WHOLE, [1, 2], None, id="lines"),
        pytest.param(b'{"n": 1}\n{"n": 2}', [1, 2], None, id="no-end-of-line"),
        pytest.param(b'{"n": 1}\r\n\r\n\t{"n": 2} \n', [1, 2], None, id="white-space"),
        pytest.param(b'[{"n": 1},{"n": 2}]\n', [1, 2], None, id="an-upload"),
        pytest.param(b'[{"n": 1}]\n[{"n": 2, "a": [1, [2]]}, {"n": 3}]', [1, 2, 3], None, id="uploads"),
        pytest.param(b'[{"n": 1}][{"n": 2}]', [1, 2], None, id="uploads-in-one-line"),
        pytest.param(b'[\n{"n": 1},\n{"n": 2}\n]', [1, 2], None, id="an-array-with-an-event-a-line"),
        pytest.param(b"", [], None, id="empty"),
        pytest.param(b"[]", [], None, id="an-empty-upload"),
        pytest.param(gzip.compress(WHOLE), [1, 2], None, id="gzipped"),
        pytest.param(gzip.compress(b'[{"n": 1}]') + gzip.compress(b'[{"n": 2}]'), [1, 2], None, id="gzipped-one-after-the-other"),
        pytest.param(WHOLE + b'{"n": 3', [1, 2], 3, id="cut-off"),
        pytest.param(b'{"n": 1}\nstarted\n{"n": 2}\n', [1, 2], 2, id="a-line-of-something-else"),
        pytest.param(b'{"n": 1}\n\xff\n{"n": 2}\n', [1, 2], 2, id="no-UTF-8"),
        pytest.param(b'{"n": 1}\n' + b"[" * 9999 + b'{"a":' * 9999 + b'\n{"n": 2}\n', [1, 2], 2, id="very-deep"),
        pytest.param(gzip.compress(WHOLE)[:-4], [1, 2], 3, id="gzipped-and-cut-off"),
    ],
)
@pytest.mark.parametrize("from_stdin", [False, True], ids=["file", "stdin"])
def test_events_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, read: list[int], unread: int | None, from_stdin: bool
) -> None:
    path = "-" if from_stdin else str(tmp_path / "log")
    (tmp_path / "log").write_bytes(content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    events = Logs(path)
    assert numbers(events) == read
    assert events.first_unread == (None if unread is None else (path, unread))
    assert events.unread == (unread is not None)


def test_a_folder_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name, content in {"b.log": b'{"n": 2}', "a.json": b'{"n": 1}', "d/c.gz": gzip.compress(b'{"n": 3}'), "README": b"no log"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert numbers(Logs(str(tmp_path))) == [1, 2, 3]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda _: None, "cannot be read: no such file or directory", id="missing"),
        pytest.param(Path.mkdir, "the folder holds no", id="an-empty-folder"),
        pytest.param(lambda path: path.write_bytes(b"1" * 101), "line 1 is longer than 100 bytes", id="a-long-line"),
        pytest.param(lambda path: path.write_bytes(gzip.compress(b"1" * 101)), "line 1 is longer than 100", id="a-long-line-gzipped"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object], said: str) -> None:
    monkeypatch.setattr(logs, "_LONGEST", 100)
    make(tmp_path / "log")
    with pytest.raises(PolicyError, match=said):
        list(Logs(str(tmp_path / "log")))
