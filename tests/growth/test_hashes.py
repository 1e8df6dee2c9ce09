"""What a caller sends is no worse for the hashes that it has.

OPA keeps what functions answer by a hash of the arguments: of a number it is the whole part, of a list the sum of its members'. It would
compare arguments of the same hash each with all others, and neither its steps nor its allocations show that. So two requests that differ
in nothing but their hashes are compared by the time that processors spend on them, which does not count the time of other processes.
"""

import json
import resource
import subprocess
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.growth.hostile_work import USER, bundle

_NUMBER: Final = 8_000
"""How many values have the same hash, which cost more than four times what others do where OPA compares them."""

_MOST: Final = 3.0
"""How often the usual time."""

_TRIES: Final = 5
"""How often requests are compared that seem to be further apart: on a virtual machine its neighbours may count in one of the times."""


def _context(values: Sequence[Any], *, alone: bool = False) -> Mapping[str, Any]:
    return {f"k:{place}": value for place, value in enumerate(values)} if alone else {"k:v": values}


_APART: Final = [place + 10.25 for place in range(_NUMBER)]
_TOGETHER: Final = [10.25 + place / 100_000 for place in range(_NUMBER)]


def _dates(step: int) -> list[str]:
    return [
        f"2020-01-01T{place // 3600:02}:{place // 60 % 60:02}:{place % 60:02}.{999_999_999 - step * place:09}Z" for place in range(_NUMBER)
    ]


CASES: Final[Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]]] = {
    "N3/numbers-in-a-list": ({}, _context(_APART), _context(_TOGETHER)),
    "N3/numbers-alone": ({}, _context(_APART, alone=True), _context(_TOGETHER, alone=True)),
    "N3/lists-of-numbers": (
        {},
        _context([[each] for each in _APART], alone=True),
        _context([[place, -place] for place in range(_NUMBER)], alone=True),
    ),
    "C16/numbers-as-text": ({"NumericGreaterThan": {"k:v": "7"}}, _context(list(map(str, _APART))), _context(list(map(str, _TOGETHER)))),
    "C18/dates-of-one-sum": ({"DateGreaterThan": {"k:v": "2019-01-01"}}, _context(_dates(0)), _context(_dates(1))),
}
"""By rule and what is alike: a condition, the context of values with hashes of their own, and that of as many with the same one."""


@pytest.mark.parametrize("layout", Layout, ids=str)
@pytest.mark.parametrize("name", CASES)
def test_values_of_one_hash_cost_what_others_do(name: str, layout: Layout, tmp_path: Path, opa: Binary) -> None:
    condition, apart, together = CASES[name]
    asked = {f"ForAllValues:{operator}": keys for operator, keys in condition.items()}
    statement = {"Effect": "Allow", "Action": "h:hashes", "Resource": "*", **({"Condition": asked} if asked else {})}
    compiled = bundle(tmp_path, {"Version": "2012-10-17", "Statement": [statement]}, layout)
    seconds = partial(_processor_seconds, opa, compiled)
    assert any(seconds(together) <= _MOST * seconds(apart) for _ in range(_TRIES))


def _processor_seconds(binary: Binary, bundle_path: Path, context: Mapping[str, Any]) -> float:
    """Return what processors spend until OPA has answered, with its start, which is a small part of it."""
    asked = json.dumps({"principal": USER, "action": "h:hashes", "resource": "*", "context": context})
    command = [binary.path, "eval", "--bundle", bundle_path, "--stdin-input", "--format=json", "data.iam.authz"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert json.loads(done.stdout)["result"][0]["expressions"][0]["value"]["decision"]["errors"] == []
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
