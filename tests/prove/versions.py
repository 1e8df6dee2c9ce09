"""Claims about versions of OPA: which ones decide what is emitted as the rules say, and which ones `opa path` takes."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.conformance.conform import conform_deployed
from iam2rego.engines.compare import Answer, agree, answer
from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.decision import Decision
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary, of_version
from iam2rego.scenarios.run import run_scenarios, units
from iam2rego.scenarios.suite import suite
from iam2rego.sources import load
from iam2rego.sources.parameters import parameters
from tests.property.random_sets import units as random_units
from tests.prove.setting import CHECKOUT, EXAMPLE, SEED, Setting, Verdict, progress, run, say

WRONG: Final = ("1.21.0", "1.22.0")
SUPPORTED: Final = ("1.22.1", "1.22.2", "1.22.3")
"""The oldest one that is supported, the pinned one and the newest."""

SETS: Final = 6
ACCOUNT: Final = CHECKOUT / "examples" / "account"
DOCUMENT: Final = CHECKOUT / "docs" / "contributing" / "trust.md"
HEAD: Final = "| OPA | cases wrong | disagreements | `in {…}` | |\n|---|---|---|---|---|\n"
MEMBERSHIP: Final = 'package probe\n\nallow if input.x in {"a", input.y}\n'
MEMBER: Final = '{"x": "b", "y": "b"}'


@dataclass(frozen=True, slots=True)
class Row:
    """What a version does: on the cases of the rules and on requests made from policies, with a membership, and at `opa path`."""

    version: str
    cases: int
    wrong: int
    requests: int
    disagreements: int
    membership: bool
    taken: bool

    @property
    def line(self) -> str:
        """What the document's table says: no counts of questions, which grow."""
        return f"| {self.version} | {self.wrong} | {self.disagreements} | {self._membership} | {self._verdict} |\n"

    def __str__(self) -> str:
        asked = f"{self.wrong} of {self.cases} cases wrong, {self.disagreements} of {self.requests} requests answered differently"
        return f"  OPA {self.version}: {asked}, membership {self._membership}, {self._verdict}"

    @property
    def _membership(self) -> str:
        return "right" if self.membership else "wrong"

    @property
    def _verdict(self) -> str:
        return "supported" if self.taken else "refused"


def opa_versions(_setting: Setting) -> Verdict:
    """Every supported version decides as the rules say; a version that decides memberships wrongly is refused; the document says so."""
    rows = [_shown(_row(of_version(version, say))) for version in (*WRONG, *SUPPORTED)]
    table = HEAD + "".join(row.line for row in rows)
    documented = table in DOCUMENT.read_text(encoding="utf-8")
    asked = sum(row.cases + row.requests for row in rows)
    figures = f"{len(SUPPORTED)} versions supported, {len(WRONG)} refused, {asked} questions in all; the table is in {DOCUMENT.name}"
    return Verdict(documented and all(map(_holds, rows)), figures, table)


def _shown(row: Row) -> Row:
    say(str(row))
    return row


def _holds(row: Row) -> bool:
    if row.version in WRONG:
        return not row.taken and not row.membership
    return row.taken and row.membership and not row.wrong and not row.disagreements


def _row(binary: Binary) -> Row:
    cases, wrong = _cases(binary)
    requests, disagreements = _generated(binary)
    return Row(binary.version, cases, wrong, requests, disagreements, _membership(binary), _taken(binary))


def _cases(binary: Binary) -> tuple[int, int]:
    """Return how many cases of the rules there are, and how many are decided otherwise or for other reasons."""
    scenarios = suite()
    with OpaEngine(binary, units(scenarios)) as opa:
        results = list(run_scenarios(scenarios, [NativeEngine(units(scenarios)), opa]))
    return len(scenarios), sum(not (result.passed and result.agreed) for result in results)


def _generated(binary: Binary) -> tuple[int, int]:
    """Return how many requests there are, made from the examples and of random policies, and how many are answered differently."""
    questions = _questions()
    with OpaEngine(binary, [policies for policies, _ in questions]) as opa:
        agreed = [agree(native, answer(opa, unit, each)) for unit, (_, asked) in enumerate(questions) for each, native in asked]
    return len(agreed), agreed.count(False)


@cache
def _questions() -> Sequence[tuple[PolicySet, Sequence[tuple[JsonValue, Answer]]]]:
    """Return policies with requests, each with what the native engine says to it."""
    bound = parameters([str(EXAMPLE / "params.toml")])
    examples = (
        load([str(EXAMPLE / "policies")], parameters=bound),
        load([str(ACCOUNT / "account.json"), str(ACCOUNT / "organization.json")]),
    )
    made = [(each.policies, _made(each.policies)) for each in examples]
    return [(policies, [(each, authorize(policies, each)) for each in asked]) for policies, asked in (*made, *random_units(SETS))]


def _made(policies: PolicySet) -> Sequence[JsonValue]:
    """Return what `conform` asks of ``policies``."""
    recorder = Recorder([policies])
    conform_deployed(policies, recorder, version="", seed=SEED, extra=(), progress=progress)
    return recorder.asked


class Recorder(NativeEngine):
    """Decides, and notes what it is asked."""

    def __init__(self, units: Sequence[PolicySet]) -> None:
        super().__init__(units)
        self.asked: list[JsonValue] = []

    def decide(self, unit: int, request: JsonValue) -> Decision:
        """Note the request."""
        self.asked.append(request)
        return super().decide(unit, request)


def _membership(binary: Binary) -> bool:
    """Say whether a set of a constant and a reference holds what it should, which the rule index of some versions denies."""
    with TemporaryDirectory() as folder:
        module, asked = Path(folder, "probe.rego"), Path(folder, "input.json")
        module.write_text(MEMBERSHIP, encoding="utf-8")
        asked.write_text(MEMBER, encoding="utf-8")
        said = run([binary.path, "eval", "--data", module, "--input", asked, "--format", "json", "data.probe"])
    value: object = json.loads(said.text)["result"][0]["expressions"][0]["value"]
    return value == {"allow": True}


def _taken(binary: Binary) -> bool:
    """Say whether `opa path` takes the version where it is the one on PATH."""
    with TemporaryDirectory() as folder:
        on_path = Path(folder, "opa")
        on_path.symlink_to(binary.path)
        path = f"{folder}{os.pathsep}{os.environ['PATH']}"
        environment = {name: value for name, value in os.environ.items() if name != "IAM2REGO_OPA"} | {"PATH": path}
        said = run([sys.executable, "-m", "iam2rego", "opa", "path"], environment=environment)
    return said.text.strip() == str(on_path)
