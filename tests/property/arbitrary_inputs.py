"""JSON of any kind, and whether both engines give the same document to it.

Three of four inputs are requests with something replaced anywhere, so that many are requests still, with values that nobody expects.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

from iam2rego.engines.opa import OpaEngine
from iam2rego.ir.condition import Operator
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps, loads
from iam2rego.opa.binary import Binary
from iam2rego.sources import load
from tests.support.agreement import differing
from tests.support.malformed_inputs import WELL_FORMED

VALUES: Final = {"String": "1", "Numeric": "1", "Date": "2020-01-01", "Bool": "true", "Binary": "MQ==", "Ip": "10.0.0.0/8", "NotIp": "::/0"}
DENYING: Final = (
    Operator.STRING_LIKE,
    Operator.NUMERIC_EQUALS,
    Operator.NUMERIC_GREATER_THAN,
    Operator.DATE_LESS_THAN,
    Operator.IP_ADDRESS,
)

KEYS: Final = ("k:a", "k:n", "k:b", "k:l", "aws:PrincipalArn")
TEXTS: Final = ["", "1", "true", "*", "a:b", "arn:aws:s3:::b/k", "10.1.1.1", "2020-01-01", "MQ==", "\ud800", "\u0130", "k:a", "x" * 65_537]
NUMBERS: Final = ["0", "-0", "1", "1.0", "1e0", "1E+2", "0.1e1", "-1.5e-3", "1e40", "1e-41", "1e400", "1e-999", "9" * 41]
"""None that OPA cannot take at all (docs/semantics.md, the limits of OPA)."""
NAMES: Final = [
    "principal",
    "action",
    "resource",
    "context",
    "resource_account",
    "arn",
    "Service",
    "service_names",
    "role_arn",
    *KEYS,
    "K:A",
    "",
]


def reading_policies() -> PolicySet:
    """Return policies that read each of `KEYS` by every operator."""
    statements = [_statement(operator, KEYS[number % len(KEYS)]) for number, operator in enumerate(Operator)]
    written = {"policies": {"identity": [{"Version": "2012-10-17", "Statement": statements}]}, "resources": _RESOURCES}
    with TemporaryDirectory() as folder:
        Path(folder, "p.json").write_text(json.dumps(written), encoding="utf-8")
        return load([folder]).policies


def _statement(operator: Operator, key: str) -> dict[str, Any]:
    value = next((each for family, each in VALUES.items() if operator.startswith(family)), "arn:aws:*:*:*:*")
    condition = {operator: {key: "true" if operator is Operator.NULL else value}}
    effect = "Deny" if operator in DENYING else "Allow"
    return {"Effect": effect, "Action": "*", "Resource": ["arn:aws:s3:::${k:a}/*", "arn:aws:s3:::b/k"], "Condition": condition}


_RESOURCES: Final = {
    "arn:aws:s3:::b": {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": {"AWS": "111111111111", "Service": "s.amazonaws.com"}, "Action": "*"},
    }
}


def inputs(count: int, seed: int) -> Iterator[JsonValue]:
    """Yield ``count`` JSON values, as a request is read from a text."""
    random = Random(seed)
    for number in range(count):
        yield loads(dumps(_value(random, 4) if number % 4 == 0 else _changed(random.choice(WELL_FORMED), random)))


def _value(random: Random, depth: int) -> JsonValue:
    if depth and random.random() < 0.6:
        items = [_value(random, depth - 1) for _ in range(random.choice([0, 1, 1, 2, 3]))]
        return items if random.random() < 0.4 else {_name(random): each for each in items}
    return random.choice([random.choice(TEXTS), _number(random), random.choice([None, True, False])])


def _name(random: Random) -> str:
    return random.choice([*NAMES, *NAMES, *TEXTS])


def _number(random: Random) -> JsonValue:
    return loads(random.choice(NUMBERS))


def _changed(value: JsonValue, random: Random) -> JsonValue:
    """Replace, add or take away something, here or further in."""
    match value:
        case dict() if value and random.random() < 0.9:
            return _with_member(value, random.choice([*value, *(["context"] * 9 if "context" in value else KEYS)]), random)
        case list() if value and random.random() < 0.5:
            return [*value[1:], _changed(value[0], random)]
        case _:
            return _value(random, random.choice([0, 0, 1, 2]))


def _with_member(value: dict[str, JsonValue], name: str, random: Random) -> JsonValue:
    match random.randrange(8):
        case 0:
            return {key: each for key, each in value.items() if key != name}
        case 1:
            return {**value, _name(random): _value(random, 2)}
        case _:
            return {**value, name: _changed(value.get(name), random)}


def input_failures(binary: Binary, asked: Sequence[JsonValue]) -> Iterator[str]:
    """Ask both engines about each input; yield what `differing` does. An undefined answer of OPA is an error there."""
    policies = reading_policies()
    with OpaEngine(binary, [policies]) as opa:
        yield from differing([(policies, asked)], opa)
