"""What nobody wants to see is not fixed: what is ignored, accepted or in a baseline."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.catalogue.services import catalogue

Run: TypeAlias = Callable[..., CompletedProcess[str]]

KNOWN: Final = catalogue().source
NOTHING: Final = f"0 errors, 0 warnings, 0 notices ({KNOWN})"

ACTIONS: Final = '"Action": ["s3:GetObject", "S3:getobject"], "Resource": "*"'
POLICY: Final = f'{{"Version": "2012-10-17", "Statement": [{{"Sid": "", "Effect": "Allow", {ACTIONS}}}]}}\n'
WITHOUT_SID: Final = POLICY.replace('"Sid": "", ', "")
WITHOUT_ENTRY: Final = POLICY.replace(', "S3:getobject"', "")
ACCEPTED: Final = '[[lint.accept]]\ncode = "IAM504"\npath = "p.json"\nreason = "generated"\n'


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "p.json"
    path.write_text(POLICY)
    return path


@pytest.mark.parametrize(
    ("words", "fixed"),
    [
        (("--ignore", "IAM504"), WITHOUT_SID),
        (("--select", "IAM5"), WITHOUT_ENTRY),
        (("--select", "IAM9"), POLICY),
    ],
)
def test_only_what_is_selected_is_fixed(run: Run, file: Path, words: tuple[str, ...], fixed: str) -> None:
    run("check", "--fix", "p.json", *words)
    assert file.read_text() == fixed


def test_what_is_accepted_is_not_fixed(run: Run, file: Path) -> None:
    Path("iam2rego.toml").write_text(ACCEPTED)
    done = run("check", "--fix", "p.json")
    assert (done.returncode, done.stdout) == (0, f"{NOTHING}\n1 fixed: 1 IAM110\n")
    assert file.read_text() == WITHOUT_SID


def test_what_is_in_the_baseline_is_not_fixed(run: Run, file: Path) -> None:
    run("check", "p.json", "--select", "IAM504", "--write-baseline", "known.jsonl")
    run("check", "--fix", "p.json", "--baseline", "known.jsonl")
    assert file.read_text() == WITHOUT_SID


def test_the_configured_type_counts(run: Run, file: Path) -> None:
    principals = '"arn:aws:iam::111122223333:role/r", "arn:aws:sts::111122223333:assumed-role/r/s"'
    named = f'"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {{"AWS": [{principals}]}}'
    file.write_text(f'{{"Version": "2012-10-17", "Statement": {{{named}}}}}')
    Path("iam2rego.toml").write_text('[[lint.policies]]\npath = "p.json"\ntype = "trust"\n')
    assert run("check", "--fix", "--unsafe-fixes", "p.json").stdout.endswith("\n1 fixed: 1 IAM225\n")


def test_differences_write_no_baseline(run: Run, file: Path) -> None:
    done = run("check", "--diff", "p.json", "--write-baseline", "known.jsonl")
    assert (done.returncode, file.read_text()) == (2, POLICY)
    assert "writes nothing, so no baseline either" in done.stderr
