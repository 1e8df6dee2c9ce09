"""What is skipped in folders: hidden ones, `node_modules`, what git ignores, and what is excluded."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from iam2rego.globs import Glob
from iam2rego.sources.files import find
from iam2rego.sources.skipping import NOTHING, Skipping

Folder: TypeAlias = Callable[[Mapping[str, str | bytes]], Path]
CUSTOMARY = Skipping(customary=True)


def found(root: Path, skipping: Skipping = CUSTOMARY) -> list[str]:
    return [place.file for place in find(str(root), (".json",), skipping)]


def repository(root: Path, *tracked: str) -> Path:
    """Make a folder a repository in which some files are tracked."""
    subprocess.run(["git", "init", "--quiet", root], check=True)
    for each in tracked:
        subprocess.run(["git", "-C", root, "add", "--force", each], check=True)
    return root


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(".terraform/a.json", id="hidden"),
        pytest.param("x/.git/a.json", id="hidden/below"),
        pytest.param("node_modules/m/a.json", id="node-modules"),
        pytest.param("x/node_modules/a.json", id="node-modules/below"),
    ],
)
def test_folders_that_hold_no_policies_are_skipped(folder: Folder, path: str) -> None:
    root = folder({"kept.json": "", ".hidden.json": "", path: ""})
    assert found(root) == [".hidden.json", "kept.json"]
    assert found(root, NOTHING) == sorted([".hidden.json", "kept.json", path])


def test_a_folder_that_is_named_is_read_whatever_its_name(folder: Folder) -> None:
    root = folder({".hidden/a.json": "", "node_modules/b.json": ""})
    assert [found(root / each) for each in (".hidden", "node_modules")] == [["a.json"], ["b.json"]]


@pytest.mark.parametrize(
    ("ignored", "tracked", "left"),
    [
        pytest.param("", (), ["a.json", "build/b.json", "build/c.json"], id="nothing"),
        pytest.param("build", (), ["a.json"], id="folder"),
        pytest.param("b.json", (), ["a.json", "build/c.json"], id="file"),
        pytest.param("build/*\n!c.json", (), ["a.json", "build/c.json"], id="exception"),
        pytest.param("build", ("build/b.json",), ["a.json", "build/b.json"], id="tracked"),
    ],
)
def test_what_git_ignores_is_skipped(folder: Folder, ignored: str, tracked: tuple[str, ...], left: list[str]) -> None:
    root = repository(folder({"a.json": "", "build/b.json": "", "build/c.json": "", ".gitignore": ignored}), *tracked)
    assert found(root) == left
    assert found(root, NOTHING) == ["a.json", "build/b.json", "build/c.json"]


def test_what_git_ignores_may_be_named(folder: Folder) -> None:
    root = repository(folder({"build/x/b.json": "", ".gitignore": "build"}))
    assert [found(root / each) for each in ("build", "build/x", "build/x/b.json")] == [["x/b.json"], ["b.json"], ["b.json"]]


def test_a_folder_in_a_repository_has_the_rules_of_the_repository(folder: Folder) -> None:
    root = repository(folder({"x/a.json": "", "x/b.json": "", ".gitignore": "x/b.json"}))
    assert found(root / "x") == ["a.json"]


def test_a_repository_in_a_folder_has_its_own_rules(folder: Folder) -> None:
    root = folder({"a.json": "", "x/a.json": "", "x/b.json": "", "x/.gitignore": "a.json"})
    repository(root / "x")
    assert found(root) == ["a.json", "x/b.json"]


def test_a_repository_in_a_folder_that_git_ignores_is_skipped(folder: Folder) -> None:
    root = repository(folder({"a.json": "", "x/y/b.json": "", ".gitignore": "x"}))
    repository(root / "x" / "y")
    assert found(root) == ["a.json"]


def test_links_do_not_stop_git(folder: Folder, tmp_path: Path) -> None:
    root = repository(folder({"a.json": "", "build/b.json": "", ".gitignore": "build"}))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "c.json").touch()
    (root / "link").symlink_to(tmp_path / "elsewhere")
    assert found(root) == ["a.json", "link/c.json"]


def test_names_that_are_not_utf_8_do_not_stop_git(folder: Folder) -> None:
    root = repository(folder({"a.json": "", "build/b.json": "", ".gitignore": "build"}))
    (root / "x\udcff\n.json").touch()
    assert found(root) == ["a.json", "x\udcff\n.json"]


def test_a_hook_of_another_repository_does_not_matter(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(folder({"a.json": "", "x/b.json": "", ".gitignore": "b.json"}))
    monkeypatch.setenv("GIT_DIR", ".git")
    assert found(root / ".") == ["a.json"]


def test_without_git_nothing_is_ignored(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(folder({"a.json": "", ".gitignore": "a.json"}))
    monkeypatch.setenv("PATH", "")
    assert found(root) == ["a.json"]


def test_what_is_excluded_is_skipped(folder: Folder) -> None:
    root = folder({"a.json": "", "drafts/b.json": "", "x/drafts/c.json": "", "x/d.json": ""})
    skipping = Skipping(excluded=lambda path: Glob("drafts").matches(path) or Glob("**/x/d.json").matches(path))
    assert found(root, skipping) == ["a.json"]
    assert found(root / "drafts" / "b.json", skipping) == ["b.json"]
