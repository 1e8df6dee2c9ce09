"""What decision documents say of statements, in few bytes (`described` and `lacking` of `lib/packed/applying.rego`)."""

from collections.abc import Mapping
from typing import Any


def packed(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a unit says of a policy, each statement as a list: its sid, the places of start and end, and its context keys."""
    return {"policy": described["policy"], "statements": list(map(_told, described["statements"]))}


def _told(statement: Mapping[str, Any]) -> tuple[str, int, int, int, int, list[str]]:
    start, end = statement["start"], statement["end"]
    return statement["sid"], start["line"], start["column"], end["line"], end["column"], statement["context_keys"]
