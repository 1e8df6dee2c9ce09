"""Files and folders as texts: which are found, in which order, and what cannot be read."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.sources.files import Place, digest, find, read, read_all
from iam2rego.sources.problems import Problems

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]
JSON = (".json",)


@pytest.mark.parametrize(
    ("file", "stem"),
    [
        pytest.param("a.json", "a", id="suffix"),
        pytest.param("a.b.json", "a.b", id="only-the-last-suffix"),
        pytest.param("x/y.z/a.json", "x/y.z/a", id="folders"),
        pytest.param("a", "a", id="no-suffix"),
        pytest.param("-", "stdin", id="standard-input"),
    ],
)
def test_the_stem_names_a_policy(file: str, stem: str) -> None:
    assert Place(file, file).stem == stem


def test_a_folder_is_searched_to_the_bottom_in_the_order_of_code_points(folder: Folder) -> None:
    root = folder({"b.json": "", "a/z.json": "", "a.json": "", "B.json": "", "a/y/x.json": "", "a.txt": "", "\u00e9.json": ""})
    names = [place.file for place in find(str(root), JSON)]
    assert names == ["B.json", "a.json", "a/y/x.json", "a/z.json", "b.json", "\u00e9.json"]


def test_a_file_of_a_folder_is_shown_as_the_user_named_it(folder: Folder) -> None:
    root = folder({"a/b.json": ""})
    assert find(str(root), JSON) == [Place("a/b.json", str(root / "a" / "b.json"))]


def test_a_file_is_read_whatever_its_name(folder: Folder) -> None:
    root = folder({"a.txt": "{}"})
    assert find(str(root / "a.txt"), JSON) == [Place("a.txt", str(root / "a.txt"))]


def test_several_suffixes(folder: Folder) -> None:
    root = folder({"a.json": "", "b.jsonl": "", "c.toml": ""})
    assert [place.file for place in find(str(root), (".json", ".jsonl"))] == ["a.json", "b.jsonl"]


def test_a_folder_with_the_name_of_a_file_is_a_folder(folder: Folder) -> None:
    root = folder({"a.json/b.json": ""})
    assert [place.file for place in find(str(root), JSON)] == ["a.json/b.json"]


def test_a_link_to_a_folder_above_ends(folder: Folder) -> None:
    root = folder({"a/b.json": ""})
    (root / "a" / "up").symlink_to(root)
    assert [place.file for place in find(str(root), JSON)] == ["a/b.json"]


@pytest.mark.parametrize("files", [pytest.param({}, id="empty"), pytest.param({"a.txt": "", "b/c.yaml": ""}, id="other-files")])
def test_a_folder_without_such_files(files: Mapping[str, str], folder: Folder, refusal: Refusal) -> None:
    root = folder(files)
    (diagnostic,) = refusal(lambda: find(str(root), JSON))
    assert (diagnostic.code, diagnostic.message, diagnostic.source.name) == ("IAM603", "the folder holds no `*.json` file", str(root))


def test_an_empty_path_is_not_the_current_folder(refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: find("", JSON))
    assert (diagnostic.code, diagnostic.message) == ("IAM601", "the path is empty")


def test_a_pipe_in_a_folder_is_not_waited_for(folder: Folder, refusal: Refusal) -> None:
    root = folder({"b.json": ""})
    os.mkfifo(root / "a.json")
    (diagnostic,) = refusal(lambda: find(str(root), JSON))
    assert (diagnostic.code, diagnostic.message) == ("IAM601", "cannot be read: it is not a regular file")


def test_a_file_that_is_not_there(tmp_path: Path, refusal: Refusal) -> None:
    missing = str(tmp_path / "missing.json")
    (diagnostic,) = refusal(lambda: read(Place("missing.json", missing)))
    assert (diagnostic.code, diagnostic.message) == ("IAM601", "cannot be read: no such file or directory")
    assert diagnostic.source.name == missing


def test_a_link_to_nothing(folder: Folder, refusal: Refusal) -> None:
    root = folder({})
    (root / "a.json").symlink_to(root / "gone")
    (place,) = find(str(root), JSON)
    assert [each.code for each in refusal(lambda: read(place))] == ["IAM601"]


def test_a_name_that_is_not_utf_8(folder: Folder, refusal: Refusal) -> None:
    root = folder({})
    Path(os.fsdecode(bytes(root) + b"/\xff.json")).write_text("{}", encoding="utf-8")
    (place,) = find(str(root), JSON)
    (diagnostic,) = refusal(lambda: read(place))
    assert (diagnostic.code, diagnostic.message) == ("IAM601", "the path is not UTF-8")


def test_standard_input(stdin: Callable[[bytes], None]) -> None:
    stdin(b"\xef\xbb\xbf{}")
    (place,) = find("-", JSON)
    assert read(place).source.text == "{}"


def test_too_much_on_standard_input(stdin: Callable[[bytes], None], refusal: Refusal) -> None:
    stdin(b" " * (16 * 1024 * 1024 + 1))
    assert [each.code for each in refusal(lambda: read(Place("-", "-")))] == ["IAM002"]


def test_what_cannot_be_read_does_not_hide_the_rest(folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": b"\xff", "b.json": "{}", "c.json": b"\xff"})
    problems = Problems()
    files = read_all([str(root), str(root / "gone.json")], JSON, problems)
    assert [file.place.file for file in files] == ["b.json"]
    names = [each.source.name for each in refusal(problems.settled)]
    assert names == [str(root / "a.json"), str(root / "c.json"), str(root / "gone.json")]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"a.json": "1", "b.json": "3"}, id="bytes"),
        pytest.param({"a.json": "1", "c.json": "2"}, id="name"),
        pytest.param({"a.json": "12", "b.json": ""}, id="where-one-ends"),
        pytest.param({"a.json": "1"}, id="fewer"),
        pytest.param({"a.json": b"\xef\xbb\xbf1", "b.json": "2"}, id="byte-order-mark"),
    ],
)
def test_the_digest_tells_inputs_apart(other: Mapping[str, str | bytes], folder: Folder, tmp_path: Path) -> None:
    def of(root: Path) -> str:
        return digest(read_all([str(root)], JSON, Problems()))

    first = of(folder({"a.json": "1", "b.json": "2"}).rename(tmp_path / "first"))
    assert first == of(tmp_path / "first")
    assert first != of(folder(other))
