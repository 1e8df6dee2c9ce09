"""What `rule` says of a code."""

import json
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize("code", ["IAM501", "iam501"])
def test_a_code_is_explained(run: Run, code: str) -> None:
    done = run("rule", code)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# IAM501: moot-statement\n\n*Warning.* ")
    assert "IAM Access Analyzer calls it `REDUNDANT_STATEMENT`." in done.stdout


def test_a_code_is_an_object_in_json(run: Run) -> None:
    told = json.loads(run("rule", "IAM108", "--format", "json").stdout)
    assert [told[name] for name in ("code", "name", "family", "level", "lenient")] == ["IAM108", "invalid-sid", "structure", "error", True]
    assert {"summary", "why", "remedy", "bad", "good", "kind", "parameters", "aws", "reference"} < set(told)


def test_an_unknown_code_is_refused(run: Run) -> None:
    done = run("rule", "IAM501X")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no code IAM501X; did you mean IAM501?" in done.stderr
