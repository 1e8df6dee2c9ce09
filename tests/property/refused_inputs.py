"""Whether both engines refuse an input, where the policies allow everybody everything."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from iam2rego.engines.compare import INVALID, answer, outcome
from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.sources import load

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
