"""Mutants of AWS managed policies, one change away, for proofs."""

import random
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]

WIDER: Final = "wider"
NARROWER: Final = "narrower"


def _list(entries: Any) -> list[Any]:
    return entries if isinstance(entries, list) else [entries]


def _without_action(statement: Json, _: Json, chance: random.Random) -> bool:
    actions = list(_list(statement.get("Action", [])))
    if len(actions) < 2:
        return False
    actions.pop(chance.randrange(len(actions)))
    statement["Action"] = actions
    return True


def _wider_action(statement: Json, _: Json, chance: random.Random) -> bool:
    actions = list(_list(statement.get("Action", [])))
    named = [place for place, action in enumerate(actions) if ":" in action]
    if not named:
        return False
    place = chance.choice(named)
    actions[place] = actions[place][: actions[place].index(":") + 3] + "*"
    statement["Action"] = actions
    return True


def _without_condition(statement: Json, _: Json, _chance: random.Random) -> bool:
    return statement.pop("Condition", None) is not None


def _any_resource(statement: Json, _: Json, _chance: random.Random) -> bool:
    if statement.get("Resource") in (None, "*"):
        return False
    statement["Resource"] = "*"
    return True


def _without_denials(_statement: Json, document: Json, _chance: random.Random) -> bool:
    statements = _list(document["Statement"])
    kept = [each for each in statements if each["Effect"] == "Allow"]
    document["Statement"] = kept
    return 0 < len(kept) < len(statements)


CHANGES: Final[Mapping[str, Callable[[Json, Json, random.Random], bool]]] = MappingProxyType(
    {
        "action dropped": _without_action,
        "action widened": _wider_action,
        "condition dropped": _without_condition,
        "any resource": _any_resource,
        "denials dropped": _without_denials,
    }
)


def mutants(document: Json, seed: int) -> Iterator[tuple[str, str, Json]]:
    """Yield mutants with the name of the change, and whether they allow more or less than the document, if anything differs."""
    for name, change in CHANGES.items():
        chance, mutant = random.Random(seed), deepcopy(document)
        statement = chance.choice(_list(mutant["Statement"]))
        is_deny = statement["Effect"] == "Deny" and name != "denials dropped"
        if change(statement, mutant, chance):
            narrows = (name == "action dropped") is not is_deny
            yield name, NARROWER if narrows else WIDER, mutant
