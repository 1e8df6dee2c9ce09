"""The requests of examples/account get the decisions that their names and the README speak of, by both engines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from iam2rego.engines.engine import Engine
from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.decision import Decision
from iam2rego.opa.binary import Binary
from iam2rego.sources import load

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "account"
POLICIES: Final = load([str(EXAMPLE / "account.json"), str(EXAMPLE / "organization.json")]).policies

# decision, denied_by, and by name the policies whose statements decided
WANTED: Final[dict[str, tuple[str, list[str], list[str]]]] = {
    "ann-assumes-without-mfa": ("implicitDeny", ["resource"], []),
    "ann-reads-a-report": ("allowed", [], ["arn:aws:iam::111122223333:policy/read-reports"]),
    "ann-without-tls": ("explicitDeny", ["resource"], ["resources[arn:aws:s3:::reports]"]),
    "ben-in-another-region": ("implicitDeny", ["permissions_boundary"], []),
    "ben-stops-the-trail": ("explicitDeny", ["service_control"], ["service_control[1][0]"]),
    "deployer-writes-a-report": ("allowed", [], ["resources[arn:aws:s3:::reports]"]),
    "eve-reads-a-report": ("implicitDeny", ["identity"], []),
    "lambda-assumes-reporter": ("allowed", [], ["arn:aws:iam::111122223333:role/service-role/reporter/trust"]),
}


@pytest.fixture(scope="module")
def engines(opa: Binary) -> Iterator[list[Engine]]:
    with OpaEngine(opa, [POLICIES]) as running:
        yield [NativeEngine([POLICIES]), running]


def told(decision: Decision) -> tuple[str, list[str], list[str]]:
    return decision.decision, list(decision.denied_by), [each.policy for each in decision.matched_statements]


def test_every_request_has_a_wanted_decision() -> None:
    assert sorted(path.stem for path in (EXAMPLE / "requests").iterdir()) == sorted(WANTED)


@pytest.mark.parametrize("name", WANTED)
def test_both_engines_decide_as_wanted(engines: list[Engine], name: str) -> None:
    request = json.loads((EXAMPLE / "requests" / f"{name}.json").read_text(encoding="utf-8"))
    assert [told(engine.decide(0, request)) for engine in engines] == [WANTED[name], WANTED[name]]
