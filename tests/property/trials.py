"""Compiles many statements and asks one OPA process whether each applies to many requests."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.names import short_names
from iam2rego.rego.bundle.output import write
from iam2rego.sources import load

APPLIES: Final = {
    Layout.MODULES: "trial.index in data.iam.policies.p.allow",
    Layout.PACKED: f"count([1 | data.iam.lib.requirements.hold({json.dumps(short_names(['p'])['p'])}, trial.index)]) == 1",
}
"""How OPA is asked whether the statement of a trial applies to what is its action."""

QUERY: Final = """[applies |
  some trial in input.trials
  request := trial.request
  applies := %s with input as request
]"""
"""OPA 1.22.2 does not evaluate `with input as trial.request` anew for each trial of a comprehension, so a variable holds it."""
STATEMENTS: Final = 250
"""Statements of one policy, which one process is asked about."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Members of a statement beside `Effect` and `Action`, and of requests, each with whether the statement must apply to it."""

    statement: Mapping[str, Any]
    requests: Sequence[tuple[Mapping[str, Any], bool]]


def failures(binary: Binary, trials: Iterable[Trial], layout: Layout) -> Iterator[str]:
    """Yield a line for each request of which OPA says otherwise than its trial."""
    remaining = iter(trials)
    while batch := list(islice(remaining, STATEMENTS)):
        cases = [(trial, index, request, want) for index, trial in enumerate(batch) for request, want in trial.requests]
        answers = _ask(binary, batch, layout, [{"index": index, "request": _request(index, request)} for _, index, request, _ in cases])
        for (trial, _, request, want), applies in zip(cases, answers, strict=True):
            if applies is not want:
                yield f"{'applies' if applies else 'does not apply'}: {json.dumps(trial.statement)} to {json.dumps(request)}"


def count(trials: Iterable[Trial]) -> int:
    """Return how many requests there are."""
    return sum(len(trial.requests) for trial in trials)


def _ask(binary: Binary, batch: Sequence[Trial], layout: Layout, cases: Sequence[Mapping[str, Any]]) -> list[bool]:
    with TemporaryDirectory() as folder:
        source, bundle, questions = Path(folder, "p.json"), Path(folder, "bundle"), Path(folder, "input.json")
        source.write_text(json.dumps(_policy(batch)), encoding="utf-8")
        write(compile_policies(load([str(source)]).policies, revision="trials", layout=layout), bundle)
        questions.write_text(json.dumps({"trials": cases}), encoding="utf-8")
        command = [str(binary.path), "eval", "--format", "raw", "--bundle", str(bundle), "--input", str(questions), QUERY % APPLIES[layout]]
        done = subprocess.run(command, check=True, capture_output=True)
    answers: list[bool] = json.loads(done.stdout)
    return answers


def _policy(batch: Sequence[Trial]) -> Mapping[str, Any]:
    statements = [{"Resource": "*", **trial.statement, "Effect": "Allow", "Action": f"t:s{index}"} for index, trial in enumerate(batch)]
    return {"Version": "2012-10-17", "Statement": statements}


def _request(index: int, request: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"resource": "*", "context": {}, **request, "action": f"t:s{index}"}
