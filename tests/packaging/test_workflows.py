"""What GitHub reads of this repository has its form, and takes others' actions by the digests of their commits."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

CHECKOUT: Final = Path(__file__).parents[2]
GITHUB: Final = CHECKOUT / ".github"
WORKFLOWS: Final = sorted((GITHUB / "workflows").iterdir())
FORMS: Final = {
    "github-actions": [CHECKOUT / "action.yml"],
    "github-workflows": WORKFLOWS,
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "github-issue-forms": sorted(set((GITHUB / "ISSUE_TEMPLATE").iterdir()) - {GITHUB / "ISSUE_TEMPLATE" / "config.yml"}),
}
_USED: Final = re.compile(r"^\s*- uses: (.*)$|^\s*uses: (.*)$", re.MULTILINE)
_PINNED: Final = re.compile(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+(;.*)?")


@pytest.mark.parametrize(("form", "files"), FORMS.items(), ids=FORMS)
def test_files_have_the_form_that_github_publishes(form: str, files: Sequence[Path]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{form}", *files]
    done = subprocess.run(command, check=False, text=True, capture_output=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", [CHECKOUT / "action.yml", *WORKFLOWS], ids=lambda file: file.name)
def test_actions_are_named_by_the_digests_of_their_commits(file: Path) -> None:
    used = [first or second for first, second in _USED.findall(file.read_text(encoding="utf-8"))]
    assert [each for each in used if not _PINNED.fullmatch(each)] == []


def test_an_action_has_one_version_everywhere() -> None:
    pinned = {each for file in (CHECKOUT / "action.yml", *WORKFLOWS) for each in re.findall(r"([\w./-]+)@([0-9a-f]{40})", file.read_text())}
    assert len({name for name, _ in pinned}) == len(pinned)


def test_a_release_is_built_as_its_document_says() -> None:
    workflow = (GITHUB / "workflows" / "release.yml").read_text(encoding="utf-8")
    document = (CHECKOUT / "docs" / "contributing" / "release.md").read_text(encoding="utf-8")
    assert "make dist TAG=" in workflow
    assert "make dist TAG=" in document
