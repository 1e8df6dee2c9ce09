"""Questions for iam2rego and for iamprover: whether policies allow a user an action on a resource, in any context.

`questions.jsonl` has one on each line: `policies` as a scenario has them, `action`, `resource`, what `ours` and `theirs` answer, and `why`
they differ, if they do: a reason of `docs/contributing/iamprover.md`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from iam2rego.cli.shared.asked_about import asked_about
from iam2rego.ir.decision import Outcome
from iam2rego.native import authorize
from iam2rego.proofs.askers import callers_named
from iam2rego.proofs.inclusion import Inclusion, Restriction, verdict_of
from iam2rego.proofs.verdict import Proved, Refuted, Verdict
from iam2rego.strategies.reading import read

VERSION: Final = "0.7.1"
"""The iamprover whose answers are kept."""
USER: Final = "arn:aws:iam::111122223333:user/ann"
FILE: Final = Path(__file__).with_name("questions.jsonl")


@dataclass(frozen=True)
class Question:
    """A question, and the answers: `PASS` if nothing is allowed, `FAIL` if something is, `UNDECIDED`."""

    name: str
    policies: Any
    action: str
    resource: str
    ours: str
    theirs: str
    why: str = ""


def questions() -> Iterator[Question]:
    """Yield the questions."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        yield Question(**json.loads(line))


def answer(question: Question) -> str:
    """Answer a question, about accounts that an organization governs. A request that shows access is confirmed again."""
    policies = read(question.policies, {"action": question.action}, lenient=False)
    about = asked_about([question.action], [question.resource], "question")
    named = callers_named([policies], [USER])
    callers = tuple(each for each in named if not (each.caller.management_account or each.is_away))
    found = verdict_of(Inclusion(policies, None, Restriction(*about, callers)).answers())
    if isinstance(found, Refuted):
        assert authorize(policies, found.request).decision is Outcome.ALLOWED
    return _word(found)


def _word(verdict: Verdict) -> str:
    return "PASS" if isinstance(verdict, Proved) else "FAIL" if isinstance(verdict, Refuted) else "UNDECIDED"
