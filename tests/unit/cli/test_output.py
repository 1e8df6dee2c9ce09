"""How a command that fails ends."""

import click
import pytest

from iam2rego.cli.shared.output import failures_reported
from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.engines.errors import EngineError
from iam2rego.opa import OpaError
from iam2rego.source import Source, Span

PROBLEM = Diagnostic(Code.WRONG_TYPE, "wrong", Source("p.json", "x"), Span(1, 1, 1, 2))
PROBLEM_AS_JSON = (
    '{"file": "p.json", "line": 1, "column": 1, "end_line": 1, "end_column": 2, '
    '"code": "IAM101", "severity": "error", "message": "wrong", "hint": "", "related": [], "aws": "DATA_TYPE_MISMATCH"}\n'
)


@pytest.mark.parametrize(
    ("failure", "as_json", "status", "said"),
    [
        pytest.param(PolicyError([PROBLEM]), False, 2, "p.json:1:1: error[IAM101]: wrong\n 1 | x\n   | ^\n", id="policy/text"),
        pytest.param(PolicyError([PROBLEM]), True, 2, PROBLEM_AS_JSON, id="policy/json"),
        pytest.param(OpaError("no OPA"), False, 3, "iam2rego: error: no OPA\n", id="opa"),
        pytest.param(EngineError("no answer"), True, 3, "iam2rego: error: no answer\n", id="engine"),
        pytest.param(OpaError("one\n\ttwo\x1b[2J"), False, 3, "iam2rego: error: one\n        two\ufffd[2J\n", id="opa/hostile"),
        pytest.param(
            OSError(28, "No space left on device"), False, 3, "iam2rego: error: cannot write: no space left on device\n", id="disk"
        ),
        pytest.param(ChildProcessError("a process is gone"), False, 3, "iam2rego: error: a process is gone\n", id="system"),
        pytest.param(KeyboardInterrupt(), False, 130, "", id="interrupted"),
    ],
)
def test_a_failure_becomes_a_message_and_a_status(
    failure: BaseException, as_json: bool, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(click.exceptions.Exit) as end, failures_reported(as_json=as_json):
        raise failure
    assert end.value.exit_code == status
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize(
    "failure", [SystemExit(143), click.exceptions.Exit(1), RuntimeError("a bug")], ids=["terminated", "findings", "bug"]
)
def test_what_is_no_failure_of_the_surroundings_goes_on(failure: BaseException) -> None:
    with pytest.raises(type(failure)) as end, failures_reported():
        raise failure
    assert end.value is failure
