"""The tables of grammars are kept for the next command, in a folder that nobody else can write to."""

from pathlib import Path

import pytest

from iam2rego.source import Source
from iam2rego.syntax import parse
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonNode

TEXT = '{"Statement": [{"Effect": "Allow", "Action": ["s3:*"]}], "n": [1, true, null, {}]}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of the program, which does not exist yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "iam2rego"


def parsed() -> JsonNode:
    """The tree of the text, by a parser that is made as in a new process."""
    parse._parser.cache_clear()
    try:
        return parse_json(Source("p.json", TEXT))
    finally:
        parse._parser.cache_clear()


def kept(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_the_tables_that_were_kept_read_the_same(folder: Path) -> None:
    first = parsed()
    written = kept(folder).read_bytes()
    assert (parsed(), kept(folder).read_bytes()) == (first, written)


@pytest.mark.parametrize("left", [0, 70, 500, -1])
def test_tables_that_were_cut_are_made_again(folder: Path, left: int) -> None:
    first = parsed()
    cut = kept(folder).read_bytes()[:left]
    kept(folder).write_bytes(cut)
    assert parsed() == first
    assert kept(folder).read_bytes() != cut


def test_nonsense_is_replaced(folder: Path) -> None:
    first = parsed()
    kept(folder).write_bytes(b"nonsense\n")
    assert parsed() == first
    assert kept(folder).read_bytes() != b"nonsense\n"


def test_a_folder_that_others_can_write_to_is_not_used(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    parsed()
    assert list(folder.iterdir()) == []


def test_a_file_that_others_can_write_to_is_not_used(folder: Path) -> None:
    first = parsed()
    file = kept(folder)
    file.write_bytes(b"nonsense\n")
    file.chmod(0o666)
    assert parsed() == first
    assert file.read_bytes() == b"nonsense\n"


def test_nothing_is_kept_where_no_folder_can_be_made(folder: Path) -> None:
    folder.write_text("", encoding="utf-8")
    assert parsed() == parsed()
    assert folder.read_text(encoding="utf-8") == ""
