"""What deciding costs others, by the policies that a user has: programs of their own, made and run outside the package.

They decide less. Neither asks who calls or what guards an account, and cedar-go knows nothing of IAM: its policies are translated,
and what it is asked is in lower case. A peer that cannot be had is missing, with a remark; a decision that is not IAM's has one.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from iam2rego.ir.decision import Outcome
from iam2rego.opa import OpaError
from iam2rego.opa.build import PINNED
from iam2rego.opa.toolchain import find_toolchain
from tests.bench.cedar_policies import cedar
from tests.bench.corpora import Account, account
from tests.bench.evaluating import USUAL, Case
from tests.bench.figures import ALLOCATIONS, Figures
from tests.bench.questions import QUESTIONS
from tests.bench.scale import Scale

Json: TypeAlias = dict[str, Any]

CEDAR: Final = "cedar-go"
MOTO: Final = "moto"
PEERS: Final = (CEDAR, MOTO)

_FOLDER: Final = Path(__file__).parent / "peers"


def compete(scale: Scale, folder: Path, figures: Figures) -> None:
    """Measure what can be had."""
    accounts = account(scale.once)
    for peer, answered in ((CEDAR, _by_cedar), (MOTO, _by_moto)):
        cases = [Case(peer, scale.once, attached, situation) for situation in QUESTIONS for attached in (1, USUAL)]
        try:
            answers = answered([_question(case, accounts) for case in cases], folder)
        except (OpaError, OSError, subprocess.CalledProcessError) as failure:
            figures.remarks.append(f"{peer} is not measured: {getattr(failure, 'stderr', None) or failure}")
            continue
        for case in cases:
            _take(case, answers[case.name], figures)


def _question(case: Case, accounts: Account) -> Json:
    question = QUESTIONS[case.situation]
    documents = [accounts.policies[name] for name in accounts.users[f"{question.kind}-{case.attached}"]]
    return {"name": case.name, "documents": documents, **question.asked(case.attached)}


def _take(case: Case, answer: Json, figures: Figures) -> None:
    if answer["allowed"] is not (QUESTIONS[case.situation].decision is Outcome.ALLOWED):
        figures.remarks.append(f"{case.name}: it decides otherwise")
    figures.add({case.name: answer["microseconds"]})
    if "allocations" in answer:
        figures.add({case.name + ALLOCATIONS: answer["allocations"]})


def _by_cedar(questions: Sequence[Json], folder: Path) -> Json:
    """Build the program with the Go toolchain that builds OPA, and ask it."""
    toolchain = find_toolchain(PINNED)
    sources = shutil.copytree(_FOLDER / "cedar", folder / "cedar")
    environment = {**os.environ, **toolchain.variables, "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly"}
    subprocess.run([toolchain.go, "build", "."], cwd=sources, env=environment, capture_output=True, text=True, check=True)
    return _asked([sources / "cedar"], [_for_cedar(question) for question in questions])


def _for_cedar(question: Json) -> Json:
    """Translate the policies, and give the texts that they compare as the context."""
    action, resource = question["action"].lower(), question["resource"]
    context = {**{key.lower(): value for key, value in question["context"].items()}, "action": action, "resource": resource}
    asked = {"name": question["name"], "principal": question["principal"], "action": action, "resource": resource, "context": context}
    return {**asked, "policies": cedar(question["documents"])}


def _by_moto(questions: Sequence[Json], _folder: Path) -> Json:
    return _asked([sys.executable, _FOLDER / "moto_peer.py"], questions)


def _asked(command: Sequence[str | Path], questions: Sequence[Json]) -> Json:
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=True)
    answers: Json = json.loads(done.stdout)
    return answers
