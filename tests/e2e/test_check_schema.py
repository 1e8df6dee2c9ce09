"""The JSON Schema of what `check --format json` prints: published as its models say, and the models say what is printed."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias

import pytest
from pydantic import ValidationError

from iam2rego.cli.commands.check.schema import LINE, CountsLine, FindingLine, StatisticLine, schema_text

Run: TypeAlias = Callable[..., CompletedProcess[str]]

_PUBLISHED: Final = Path(__file__).parents[2] / "docs" / "check.schema.json"
ENTRIES: Final = '"Action": ["s3:Get*", "s3:GetObject"], "Resource": ["arn:aws:s3:::<b>", "arn:aws:s3:::<b>/*"]'
POLICY: Final = f'{{"Statement": [{{"Sid": "", "Effect": "Allow", {ENTRIES}}}]}}'
FINDING: Final[dict[str, Any]] = {
    **dict.fromkeys(("line", "column", "end_line", "end_column"), 1),
    **dict.fromkeys(("file", "message", "hint"), "a"),
    "code": "IAM101",
    "severity": "error",
    "related": [],
    "aws": None,
}


def test_the_published_schema_is_that_of_the_models() -> None:
    assert _PUBLISHED.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize(
    ("words", "stdin", "kinds"),
    [
        pytest.param(("-",), POLICY, [FindingLine] * 2, id="errors"),
        pytest.param(("-", "--param", "b=b", "--param", "c=c"), POLICY, [FindingLine] * 4, id="warnings"),
        pytest.param(("-", "--statistics"), POLICY, [StatisticLine] * 2, id="statistics"),
        pytest.param(("missing.json",), "", [FindingLine], id="no-place"),
        pytest.param(("-",), "{", [FindingLine], id="no-json"),
        pytest.param(("-", "--param", "b=b"), POLICY.replace("<b>", "b"), [FindingLine] * 4, id="unused-parameter"),
    ],
)
def test_what_is_printed_is_valid(run: Run, words: tuple[str, ...], stdin: str, kinds: list[type]) -> None:
    done = run("check", *words, "--format", "json", stdin=stdin)
    assert [type(LINE.validate_json(line)) for line in done.stdout.splitlines()] == [*kinds, CountsLine]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"severity": "fatal"}, id="level"),
        pytest.param({"code": "E1"}, id="code"),
        pytest.param({"line": 0}, id="line"),
        pytest.param({"hint": None}, id="null"),
        pytest.param({"related": [{"file": "-"}]}, id="related"),
        pytest.param({"more": 1}, id="unknown-member"),
    ],
)
def test_what_is_never_printed_is_refused(change: dict[str, Any]) -> None:
    assert type(LINE.validate_json(json.dumps(FINDING))) is FindingLine
    with pytest.raises(ValidationError):
        LINE.validate_json(json.dumps({**FINDING, **change}))
