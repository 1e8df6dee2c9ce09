"""`allow` and `decision` stay defined and false on whatever is no request, and both engines refuse it (`make prove` takes more)."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest

from iam2rego.engines.compare import INVALID, answer, outcome
from iam2rego.engines.engine import OpaEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.sources import load
from tests.support.malformed_inputs import WELL_FORMED, documents

TOGETHER: Final = 100
SEED: Final = 3
ANYBODY: Final = {"Effect": "Allow", "Principal": "*", "Action": "*"}
EVERYTHING: Final[dict[str, Any]] = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
OPEN: Final[dict[str, Any]] = {
    "policies": {"identity": [EVERYTHING], "session": [EVERYTHING], "service_control": [[EVERYTHING]]},
    "resources": {"arn:aws:s3:::b": {"Version": "2012-10-17", "Statement": ANYBODY}},
}
"""Policies that allow everybody everything: what is refused is refused for its form."""


def open_policies() -> PolicySet:
    """Return policies of several types that allow whatever is a request."""
    with TemporaryDirectory() as folder:
        Path(folder, "open.json").write_text(json.dumps(OPEN), encoding="utf-8")
        return load([folder]).policies


def malformed_failures(binary: Binary, inputs: Sequence[JsonValue]) -> Iterator[str]:
    """Yield each input that an engine does not refuse; an undefined or malformed answer of OPA, or `allow`, is an error there."""
    policies = open_policies()
    with OpaEngine(binary, [policies]) as opa:
        for each in inputs:
            given = {"native": outcome(authorize(policies, each)), "opa": outcome(answer(opa, 0, each))}
            if set(given.values()) != {INVALID}:
                yield f"{given}: {dumps(each)[:400]}"


@pytest.fixture(scope="module")
def inputs() -> Sequence[JsonValue]:
    return list(documents(TOGETHER, SEED))


def test_both_engines_refuse_every_malformed_input(opa: Binary, inputs: Sequence[JsonValue]) -> None:
    assert list(malformed_failures(opa, inputs)) == []


def test_there_are_many_malformed_inputs(inputs: Sequence[JsonValue]) -> None:
    assert len({dumps(each) for each in inputs}) > 800


def test_what_they_are_made_of_is_allowed(opa: Binary) -> None:
    policies = open_policies()
    with OpaEngine(opa, [policies]) as engine:
        given = [(outcome(authorize(policies, each)), outcome(answer(engine, 0, each))) for each in WELL_FORMED]
    assert given == [("allowed", "allowed")] * len(WELL_FORMED)
