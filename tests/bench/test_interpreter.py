"""The requests of the bench are decided as their situation says, by the native evaluator and by the plain interpreter alike."""

import json
import subprocess
from pathlib import Path
from typing import Final

import pytest

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.sources import load
from tests.bench.bundles import INTERPRETER_POLICY, raw_data
from tests.bench.corpora import ATTACHED, Account, account, write_export
from tests.bench.questions import QUESTIONS

_SIZE: Final = 210
_EACH: Final = "[allowed | some request in input; allowed := data.interpreter.allow with input as request]"


@pytest.fixture(scope="module")
def small() -> Account:
    return account(_SIZE)


@pytest.fixture(scope="module")
def policies(small: Account, tmp_path_factory: pytest.TempPathFactory) -> PolicySet:
    folder = tmp_path_factory.mktemp("account") / "export"
    write_export(small, folder)
    return load([str(folder)]).policies


@pytest.mark.parametrize("attached", ATTACHED)
@pytest.mark.parametrize("situation", QUESTIONS)
def test_requests_are_in_the_situation_that_they_are_named_after(policies: PolicySet, situation: str, attached: int) -> None:
    question = QUESTIONS[situation]
    assert authorize(policies, question.asked(attached)).decision is question.decision


def test_the_interpreter_decides_the_requests_so_too(opa: Binary, small: Account, tmp_path: Path) -> None:
    data, requests = tmp_path / "data.json", tmp_path / "requests.json"
    data.write_text(raw_data(small), encoding="utf-8")
    asked = [(question, attached) for question in QUESTIONS.values() for attached in ATTACHED]
    requests.write_text(json.dumps([question.asked(attached) for question, attached in asked]), encoding="utf-8")
    command: list[str | Path] = [
        opa.path,
        "eval",
        "--format",
        "raw",
        "--data",
        INTERPRETER_POLICY,
        "--data",
        data,
        "--input",
        requests,
        _EACH,
    ]
    answers = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert answers == [question.decision is Outcome.ALLOWED for question, _ in asked]
