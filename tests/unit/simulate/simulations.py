"""Requests of SimulateCustomPolicy, and how they are read."""

import json
from pathlib import Path
from typing import Any, Final

from iam2rego.simulate import Simulation, read_simulation

IDENTITY: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'
RESOURCE: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}'
LEAST: Final[dict[str, Any]] = {"PolicyInputList": [IDENTITY], "ActionNames": ["s3:GetObject"]}
USER: Final = "arn:aws:iam::111122223333:user/u"


def read(tmp_path: Path, text: str) -> Simulation:
    file = tmp_path / "request.json"
    file.write_text(text, encoding="utf-8")
    return read_simulation(str(file))


def asking(**members: Any) -> str:
    return json.dumps({**LEAST, **members})


def entry(type_: str, *values: str, name: str = "k:key") -> dict[str, Any]:
    return {"ContextKeyName": name, "ContextKeyType": type_, "ContextKeyValues": list(values)}
