"""Every response of `simulate` is one that botocore takes and reads back as it is, and both engines give the same."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from iam2rego.engines.engine import Engine
from iam2rego.engines.native import NativeEngine
from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.decision import Decision
from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from iam2rego.simulate import Simulation, read_simulation, respond, units, verdicts
from tests.support.iam_model import INPUT, OUTPUT, problems, read_back
from tests.support.slices import every

SEED: Final = 4
ON_OPA: Final = 20

USER: Final = "arn:aws:iam::111122223333:user/u"
OF_OTHERS: Final = "arn:aws:sqs:us-east-1:444455556666:q"
OWN: Final = "arn:aws:sqs:us-east-1:111122223333:q"


def policy(effect: str, action: str, **members: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": {"Effect": effect, "Action": action, "Resource": "*", **members}})


ALLOW: Final = policy("Allow", "sqs:*")
ALLOW_SENDING: Final = policy("Allow", "sqs:Send*")
DENY_DELETING: Final = policy("Deny", "sqs:Delete*")
IF_TAGGED: Final = policy("Allow", "sqs:*", Condition={"StringEquals": {"aws:PrincipalTag/team": "x"}})
LEVEL: Final = {"ServiceControlPolicyInputList": [ALLOW]}

MEMBERS: Final[dict[str, list[Any]]] = {
    "PolicyInputList": [[], [ALLOW], [ALLOW_SENDING, IF_TAGGED], [ALLOW, DENY_DELETING]],
    "PermissionsBoundaryPolicyInputList": [None, [ALLOW_SENDING], [DENY_DELETING]],
    "OrderedOrganizationPolicyInputList": [
        None,
        [LEVEL, LEVEL],
        [LEVEL, {"ServiceControlPolicyInputList": [ALLOW_SENDING, DENY_DELETING]}],
    ],
    "ResourcePolicy": [None, policy("Allow", "sqs:*", Principal={"AWS": USER}), policy("Deny", "sqs:Delete*", Principal="*")],
    "CallerArn": [USER],
    "ActionNames": [["sqs:SendMessage", "sqs:DeleteMessage", "sqs:PurgeQueue"]],
    "ResourceArns": [None, [OWN], [OWN, OF_OTHERS, "*"]],
    "ResourceOwner": [None, "arn:aws:iam::444455556666:root"],
    "ContextEntries": [
        None,
        [{"ContextKeyName": "aws:PrincipalTag/team", "ContextKeyType": "string", "ContextKeyValues": ["x"]}],
    ],
    "MaxItems": [None, 2],
}


def requests() -> Iterator[dict[str, Any]]:
    """A request for every combination."""
    for values in product(*MEMBERS.values()):
        yield {name: value for name, value in zip(MEMBERS, values, strict=True) if value is not None}


@dataclass(frozen=True)
class _From:
    """Those units of an engine that begin at one."""

    engine: Engine
    first: int
    name: str = "part"

    def decide(self, unit: int, request: JsonValue) -> Decision:
        return self.engine.decide(self.first + unit, request)


def simulated(request: dict[str, Any], tmp_path: Path) -> Simulation:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(request), encoding="utf-8")
    return read_simulation(str(file))


def answered(asked: Simulation, engine: Engine) -> dict[str, Any]:
    return respond(asked, verdicts(asked, engine))


@pytest.mark.parametrize("step", every(2, [7, 1]))
def test_botocore_takes_every_response(tmp_path: Path, step: int) -> None:
    for request in islice(requests(), None, None, step):
        asked = simulated(request, tmp_path)
        response = answered(asked, NativeEngine(units(asked)))
        assert (problems(request, INPUT), problems(response, OUTPUT), read_back(response)) == ([], [], response), request


def test_both_engines_give_the_same_response(opa: Binary, tmp_path: Path) -> None:
    asked = [simulated(request, tmp_path) for request in Random(SEED).sample(list(requests()), ON_OPA)]
    every = [unit for each in asked for unit in units(each)]
    with OpaEngine(opa, every) as engine:
        for number, each in enumerate(asked):
            first = number * len(units(each))
            assert answered(each, _From(engine, first)) == answered(each, _From(NativeEngine(every), first))
