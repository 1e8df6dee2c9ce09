"""Copies of policies in which no action, no ARN and no text of a condition is that of the original, nor a key but for global ones."""

import re
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]

_SERVICE: Final = re.compile(r"^([A-Za-z0-9-]+):")
_ARN: Final = re.compile(r"^arn:([^:]*):([^:]*):")
_GLOBAL: Final = re.compile(r"aws:[^/]*")
"""Keys that everybody has; those of tags have the tag's name behind a slash."""

_OF_TEXT: Final = re.compile(r"(For\w+Values?:)?String")


def copied(document: Json, number: int) -> Json:
    """Return copy ``number`` of a policy document: what it holds has the number behind its names."""
    statements = document["Statement"]
    copies = [_statement(each, number) for each in (statements if isinstance(statements, list) else [statements])]
    return {**document, "Statement": copies}


def _statement(statement: Json, number: int) -> Json:
    renamed = {name: _each(_SERVICE, rf"\1-{number}:", value) for name, value in statement.items() if name.endswith("Action")}
    moved = {name: _each(_ARN, rf"arn:\1-{number}:\2-{number}:", value) for name, value in statement.items() if name.endswith("Resource")}
    condition = {operator: _keys(operator, keys, number) for operator, keys in statement.get("Condition", {}).items()}
    return {**statement, **renamed, **moved, **({"Condition": condition} if condition else {})}


def _keys(operator: str, keys: Json, number: int) -> Json:
    """Return the keys of a condition with what they are compared with."""
    return {key if _GLOBAL.fullmatch(key) else f"{key}-{number}": _values(operator, values, number) for key, values in keys.items()}


def _values(operator: str, values: Any, number: int) -> Any:
    if _OF_TEXT.match(operator):
        return _each(re.compile("$"), f"-{number}", values)
    return _each(_ARN, rf"arn:\1-{number}:\2-{number}:", values) if "Arn" in operator else values


def _each(pattern: re.Pattern[str], replacement: str, value: Any) -> Any:
    """Return ``value``, a text or a list of texts, with ``pattern`` replaced in each."""
    if isinstance(value, list):
        return [_each(pattern, replacement, each) for each in value]
    return pattern.sub(replacement, value, count=1) if isinstance(value, str) else value
