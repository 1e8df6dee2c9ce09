"""A run that goes on says what the run before it was answered."""

from pathlib import Path

import pytest

from iam2rego.conformance.checkpoint import opened
from iam2rego.engines.compare import Answer
from iam2rego.engines.contradiction import Contradiction
from iam2rego.ir.decision import Decision, Outcome

DENIED = Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))
ALLOWED = Decision(decision=Outcome.ALLOWED)


def asked_twice() -> Answer:
    raise AssertionError("the answer is in the checkpoint")


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(DENIED, id="agreement"),
        pytest.param(ALLOWED, id="disagreement"),
        pytest.param(Contradiction(allow=True, **dict(DENIED)), id="contradiction"),
    ],
)
def test_an_answer_is_remembered(tmp_path: Path, given: Decision) -> None:
    checkpoint = opened(tmp_path / "checkpoint", {"seed": "0"})
    checkpoint.answer(DENIED, lambda: given)
    checkpoint.write()
    again = opened(tmp_path / "checkpoint", {"seed": "0"}).answer(DENIED, asked_twice)
    assert (again, type(again)) == (given, type(given))
