"""Patterns of paths, and paths from a folder."""

from pathlib import Path

import pytest

from iam2rego.globs import Glob, absolute, relative


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        pytest.param("a.json", "a.json", id="name"),
        pytest.param("a.json", "x/y/a.json", id="name/at-any-depth"),
        pytest.param("x", "x/y/a.json", id="folder"),
        pytest.param("y/", "x/y/a.json", id="folder/at-any-depth"),
        pytest.param("*.json", "x/a.json", id="star"),
        pytest.param("x/*.json", "x/a.json", id="star/in-a-folder"),
        pytest.param("./x/*.json", "x/a.json", id="from-here"),
        pytest.param("/x", "x/a.json", id="from-the-folder"),
        pytest.param("x/y", "x/y/z/a.json", id="path-of-a-folder"),
        pytest.param("**/y/*.json", "y/a.json", id="two-stars/no-folder"),
        pytest.param("**/y/*.json", "w/x/y/a.json", id="two-stars/two-folders"),
        pytest.param("x/**/a.json", "x/a.json", id="two-stars/within"),
        pytest.param("x/**", "x/y/a.json", id="two-stars/last"),
        pytest.param("**", "x/y/a.json", id="everything"),
        pytest.param("a?.json", "ab.json", id="question-mark"),
        pytest.param("[ab-d]x", "cx", id="range"),
        pytest.param("[!ab]x", "cx", id="negated"),
        pytest.param("[]]x", "]x", id="bracket-in-brackets"),
        pytest.param("a[b", "a[b", id="open-bracket"),
        pytest.param("a+(b).json", "a+(b).json", id="other-characters"),
        pytest.param("*", "a\nb", id="line-break"),
    ],
)
def test_matches(pattern: str, path: str) -> None:
    assert Glob(pattern).matches(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        pytest.param("a.json", "b.json", id="name"),
        pytest.param("a.json", "ba.json", id="end-of-a-name"),
        pytest.param("a", "a.json", id="start-of-a-name"),
        pytest.param("A.json", "a.json", id="case"),
        pytest.param("x/*.json", "x/y/a.json", id="star/not-across-folders"),
        pytest.param("x/*.json", "w/x/a.json", id="path/not-at-any-depth"),
        pytest.param("/x", "w/x/a.json", id="from-the-folder"),
        pytest.param("a?.json", "a.json", id="question-mark"),
        pytest.param("x?a", "x/a", id="question-mark/no-slash"),
        pytest.param("x[!a]b", "x/b", id="negated/no-slash"),
        pytest.param("x[.-0]b", "x/b", id="range/no-slash"),
        pytest.param("[ab]x", "cx", id="range"),
        pytest.param("a.json", "a-json", id="point"),
        pytest.param("a", "b/x\na", id="line-break"),
    ],
)
def test_does_not_match(pattern: str, path: str) -> None:
    assert not Glob(pattern).matches(path)


def test_an_empty_range_is_no_pattern() -> None:
    with pytest.raises(ValueError, match=r"`\[b-a\]` is not a pattern of paths: bad character range b-a"):
        Glob("[b-a]")


def test_paths_from_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert relative("a/../b/c.json", tmp_path / "b") == "c.json"
    assert relative(tmp_path / "c.json", "b") == "../c.json"
    assert absolute("a/../b") == tmp_path / "b"
