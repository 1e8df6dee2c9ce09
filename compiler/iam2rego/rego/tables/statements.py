"""What decision documents say of statements, in few bytes (`described` of `lib/tables.rego`)."""

import json
from collections.abc import Mapping
from typing import Any


def packed(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a unit says of a policy, its statements as one text: a line of JSON each, of its sid and the places of start and end.

    It is one text since OPA takes several times the memory for what it has read.
    """
    lines = (json.dumps(_told(each), separators=(",", ":")) for each in described["statements"])
    return {"policy": described["policy"], "statements": "\n".join(lines)}


def _told(statement: Mapping[str, Any]) -> tuple[str, int, int, int, int]:
    start, end = statement["start"], statement["end"]
    return statement["sid"], start["line"], start["column"], end["line"], end["column"]
