"""Policies in Cedar, translated by the rules that one would translate them by hand: those that the users of the bench have.

Cedar knows neither wildcards in actions nor case that does not matter: an action with a wildcard is compared as text, and all of
them are in lower case here, so a request's action must be too. A resource is compared as text.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]

_EFFECTS: Final = {"Allow": "permit", "Deny": "forbid"}


def cedar(documents: Iterable[Json]) -> str:
    """Return the policies of IAM documents; raise a `KeyError` for an operator that the translation lacks."""
    return "\n".join(policy for document in documents for statement in document["Statement"] for policy in _of(statement))


def _of(statement: Json) -> Iterator[str]:
    """Yield a policy for the actions that are written out, and one for those with wildcards."""
    effect, tests = _EFFECTS[statement["Effect"]], list(_tests(statement))
    actions = [action.lower() for action in _listed(statement["Action"])]
    if exact := [f"Action::{json.dumps(action)}" for action in actions if "*" not in action]:
        yield f"{effect}(principal, action in [{', '.join(exact)}], resource){_when(tests)};"
    if wild := [f"context.action like {json.dumps(action)}" for action in actions if "*" in action]:
        yield f"{effect}(principal, action, resource){_when([' || '.join(wild), *tests])};"


def _when(tests: list[str]) -> str:
    return "".join(f" when {{ {test} }}" for test in tests)


def _tests(statement: Json) -> Iterator[str]:
    if (resources := _listed(statement.get("Resource", "*"))) != ["*"]:
        yield " || ".join(f"context.resource like {json.dumps(resource)}" for resource in resources)
    if "NotResource" in statement:
        yield " && ".join(f"!(context.resource like {json.dumps(resource)})" for resource in _listed(statement["NotResource"]))
    for operator, keys in statement.get("Condition", {}).items():
        yield from (_OPERATORS[operator](json.dumps(key.lower()), _listed(values)) for key, values in keys.items())


def _null(key: str, values: list[str]) -> str:
    return f"context has {key}" if values == ["false"] else f"!(context has {key})"


def _equals(key: str, values: list[str]) -> str:
    return f"context has {key} && ({' || '.join(f'context[{key}] == {_value(value)}' for value in values)})"


def _like(key: str, values: list[str]) -> str:
    return f"context has {key} && ({' || '.join(f'context[{key}] like {json.dumps(value)}' for value in values)})"


def _equals_if_exists(key: str, values: list[str]) -> str:
    return f"!(context has {key}) || ({_equals(key, values)})"


_OPERATORS: Final = {"Null": _null, "StringEquals": _equals, "StringLike": _like, "StringEqualsIfExists": _equals_if_exists}


def _value(text: str) -> str:
    """Return a text, or the value of the key that it names."""
    return f"context[{json.dumps(text[2:-1].lower())}]" if text.startswith("${") else json.dumps(text)


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
