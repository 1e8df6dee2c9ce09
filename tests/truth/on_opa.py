"""The emitted bundles decide as the table of the rules says (E5 to E15), which the native evaluator is held to as well."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.output import write
from tests.support.processes import FREELY
from tests.truth.table import COLUMNS
from tests.truth.worlds import Case, cases, worlds

AT_ONCE: Final = 20_000
"""Requests that one process is asked about."""
QUERY: Final = """[[said.allow, said.decision.decision, said.decision.denied_by, count(said.decision.matched_statements)] |
  some request in input.requests
  said := data.iam.authz with input as request
]"""

_Said: TypeAlias = tuple[bool, str, list[str], int]
"""What `allow` says, the decision, the types that denied, and the number of matched statements."""


def opa_failures(binary: Binary, count: int | None = None, seed: int = 0, layout: Layout = Layout.MODULES) -> Iterator[str]:
    """Yield the combinations, of all or of a ``count`` drawn with a seed, where OPA decides otherwise than the table."""
    by_world: dict[int, list[Case]] = {}
    for case in cases(count, seed):
        by_world.setdefault(case.world, []).append(case)
    for world, policies in enumerate(worlds()):
        with TemporaryDirectory() as folder:
            bundle = Path(folder, "bundle")
            write(compile_policies(policies, revision="truth", layout=layout), bundle)
            remaining = iter(by_world.get(world, ()))
            while batch := list(islice(remaining, AT_ONCE)):
                yield from _failures(binary, bundle, batch)


def _failures(binary: Binary, bundle: Path, batch: Sequence[Case]) -> Iterator[str]:
    for case, (allowed, decision, denied_by, matched) in zip(batch, _decided(binary, bundle, batch), strict=True):
        if not case.row.is_met(decision, denied_by, matched) or allowed != (decision == "allowed"):
            state = ", ".join(f"{column} {each}" for column, each in zip(COLUMNS, case.state, strict=True))
            said = f"{decision} by {matched} statements, denied by {denied_by} (allow is {allowed})"
            yield f"{state}: {said}, instead of {case.expect}, {case.row.told}"


def _decided(binary: Binary, bundle: Path, batch: Sequence[Case]) -> list[_Said]:
    questions = bundle.with_name("input.json")
    questions.write_text(json.dumps({"requests": [case.request for case in batch]}), encoding="utf-8")
    command = [str(binary.path), "eval", "--format", "raw", "--bundle", str(bundle), "--input", str(questions), QUERY]
    answers: list[_Said] = json.loads(subprocess.run(command, env=FREELY, check=True, capture_output=True).stdout)
    return answers
