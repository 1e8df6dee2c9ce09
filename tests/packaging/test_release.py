"""A release is refused where its version, its tag and the changelog disagree; what is built has the same bytes each time."""

import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.release.archives import built, digests
from tests.release.versions import RefusedError, checked

CHECKOUT: Final = Path(__file__).parents[2]
CHANGELOG: Final = "# Changelog\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-31\n\n## [1.2.2] - unreleased\n"


def versioned(folder: Path, version: str) -> Path:
    (folder / "compiler" / "iam2rego").mkdir(parents=True)
    (folder / "compiler" / "iam2rego" / "__init__.py").write_text(f'__version__: Final = "{version}"\n', encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    return folder


def test_this_checkout_can_be_released() -> None:
    assert checked(CHECKOUT, None)


@pytest.mark.parametrize(("version", "tag"), [("1.2.3", "v1.2.3"), ("1.2.3", None), ("1.2.2", None)])
def test_versions_tags_and_sections_that_agree(version: str, tag: str | None, tmp_path: Path) -> None:
    assert checked(versioned(tmp_path, version), tag) == version


@pytest.mark.parametrize(
    ("version", "tag", "reason"),
    [
        ("1.2.3", "v1.2.4", "the tag v1.2.4 is not that of version 1.2.3"),
        ("1.2.3", "1.2.3", "the tag 1.2.3 is not that of version 1.2.3: v1.2.3"),
        ("1.2.4", None, "has no section for version 1.2.4"),
        ("1.2.2", "v1.2.2", "the section of version 1.2.2 in CHANGELOG.md has no date"),
    ],
)
def test_others_are_refused(version: str, tag: str | None, reason: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=reason):
        checked(versioned(tmp_path, version), tag)


@pytest.mark.long
def test_two_builds_have_the_same_bytes(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (
        ["init", "--quiet"],
        ["add", "--all"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message", "a"],
    ):
        subprocess.run(["git", *words], cwd=checkout, check=True)
    first = digests(built(checkout, tmp_path / "first"))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "C")
    assert digests(built(checkout, tmp_path / "elsewhere" / "second")) == first
