"""Packs the descriptions of statements for decision documents (`described` and `lacking` of `lib/packed/applying.rego`)."""

from collections.abc import Mapping
from typing import Any


def packed(described: Mapping[str, Any]) -> dict[str, Any]:
    """Return a unit's description of a policy with each statement as a list: sid, places of start and end, context keys."""
    return {"policy": described["policy"], "statements": list(map(_told, described["statements"]))}


def _told(statement: Mapping[str, Any]) -> tuple[str, int, int, int, int, list[str]]:
    start, end = statement["start"], statement["end"]
    return statement["sid"], start["line"], start["column"], end["line"], end["column"], statement["context_keys"]
