"""Policies to simulate, and what is answered about them."""

import json
from pathlib import Path
from typing import Any, Final

from iam2rego.engines.native import NativeEngine
from iam2rego.simulate import Simulation, read_simulation, respond, units, verdicts
from tests.support.iam_model import OUTPUT, problems, read_back

USER: Final = "arn:aws:iam::111122223333:user/u"
ONE: Final = "arn:aws:s3:::b/1"
TWO: Final = "arn:aws:s3:::b/2"


def statement(effect: str, action: str = "s3:*", resource: str = "*", **members: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource, **members}


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


ALLOW: Final = policy(statement("Allow"))
DENY: Final = policy(statement("Deny"))
DENY_TWO: Final = policy(statement("Deny", resource=TWO))
ALLOW_ONE: Final = policy(statement("Allow", resource=ONE))
ALLOW_NOTHING_ASKED: Final = policy(statement("Allow", action="ec2:*"))
ALLOW_TEAM: Final = policy(statement("Allow", Condition={"StringEquals": {"aws:PrincipalTag/team": "x"}}))
TO_USER: Final = policy(statement("Allow", Principal={"AWS": USER}))


def simulation(tmp_path: Path, **members: Any) -> Simulation:
    file = tmp_path / "request.json"
    file.write_text(json.dumps({"PolicyInputList": [ALLOW], "ActionNames": ["s3:GetObject"], **members}), encoding="utf-8")
    return read_simulation(str(file))


def answered(tmp_path: Path, **members: Any) -> dict[str, Any]:
    asked = simulation(tmp_path, **members)
    response = respond(asked, verdicts(asked, NativeEngine(units(asked))))
    assert problems(response, OUTPUT) == []
    assert read_back(response) == response
    return response


def on_top(response: dict[str, Any], name: str) -> list[Any]:
    return [result.get(name) for result in response["EvaluationResults"]]


def levels(*policies: str) -> list[dict[str, list[str]]]:
    return [{"ServiceControlPolicyInputList": [each]} for each in policies]
