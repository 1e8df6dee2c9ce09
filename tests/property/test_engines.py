"""Random policies and requests, of all that the language has, decided by both engines: the documents must be equal.

Policies are read leniently, so that unreadable values and empty lists take part (L6, G10). Pools are small, so that much meets.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from test_wildcards import arn_of, filled, pattern_of, resource_of

from iam2rego.conformance.compare import agree, answer, outcome
from iam2rego.conformance.engine import NativeEngine, OpaEngine
from iam2rego.ir.condition import Operator, Qualifier
from iam2rego.ir.policy import PolicySet, identity_policies
from iam2rego.jsontext import JsonValue, dumps, loads
from iam2rego.native import authorize
from iam2rego.opa.binary import Binary
from iam2rego.sources import load

UNITS: Final = 60
"""Policy sets that a test of ours tries."""
REQUESTS: Final = 40
"""Requests a policy set."""

USER: Final = "arn:aws:iam::111111111111:user/u"
CALLERS: Final[Sequence[Any]] = [
    "arn:aws:iam::111111111111:role/r",
    "arn:aws:sts::111111111111:assumed-role/r/s",
    "arn:aws:sts::111111111111:federated-user/f",
    "arn:aws:iam::111111111111:root",
    "arn:aws-cn:iam::111111111111:user/u",
    "*",
    {"Service": "s.amazonaws.com"},
    {"Federated": "f"},
    {"arn": USER, "management_account": True},
    {"arn": USER, "role_arn": USER},
    "arn:aws:iam::111111111111:group/g",
    None,
]
KEYS: Final = ["t:u", "t:w", "t:v", "T:X/y:z"]
ACTIONS: Final = ["t:Get", "t:GetAll", "T:put", "t:a-b_c.D", "x:Get", "sts:AssumeRole", "sts:AssumeRoleWithSAML"]
ACTION_PATTERNS: Final = [
    "*",
    "t:*",
    "t:Get",
    "T:GET*",
    "t:g?t",
    "*:*t",
    "t:*e*",
    "x:get",
    "t:a-b_c.d",
    "t:a.b_c-d",
    "sts:*",
    "t:",
    "t:Get ",
]
TEXTS: Final = [
    "",
    "a",
    "A",
    "b",
    "ab",
    "a/b",
    "*",
    "?",
    "a:b",
    "\u0130",
    "\u03a3",
    "\u03c3",
    "\u212a",
    "\U0001f600",
    "\n",
    "${t:u}",
    "true",
]
NUMBERS: Final = ["0", "-0", "1", "1.0", "1e0", "10", "1e1", "-1", "0.1", "1e-1", "9" * 40, "1e39", "007", "+1", "10x", "1e40", ""]
DATES: Final = ["0", "2024", "2024-01", "2024-01-01", "2024-01-01T00:00Z", "2024-01-01T01:00+01:00", "1704067200", "2024-02-30", "x"]
BOOLEANS: Final = ["true", "false", "TRUE", "False", "1", ""]
BYTES: Final = ["YQ==", "YR==", "YWI=", "YQ", "", "x"]
ADDRESSES: Final = ["10.0.0.1", "10.1.2.3", "::ffff:10.0.0.1", "2001:db8::1", "2001:DB8:0::1", "10.0.0.01", "x"]
RANGES: Final = [*ADDRESSES, "10.0.0.0/8", "10.0.0.1/31", "0.0.0.0/0", "::/0", "::ffff:10.0.0.0/104", "2001:db8::/32", "10.0.0.0/08"]
ARNS: Final = ["arn:aws:s3:::b", "arn:aws:s3:::b/k", "arn:aws:sns:r:1:t:s", "arn:aws:s3:::*", "arn:*:s3:::b*", "arn:aws:s3", "x"]
OF_FAMILY: Final = {
    "String": TEXTS,
    "Numeric": NUMBERS,
    "Date": DATES,
    "Bool": BOOLEANS,
    "Binary": BYTES,
    "Ip": RANGES,
    "NotIp": RANGES,
    "Arn": ARNS,
    "Null": ["true", "false", "TRUE"],
}
VALUES: Final = [*TEXTS, *NUMBERS, *DATES, *BOOLEANS, *BYTES, *ADDRESSES, *ARNS]
SPELLED: Final = ["0", "-0.0", "1", "1.0", "1e1", "10", "0.1", "1E-1", "2024", "1e39", "1704067200", "true", "false"]
"""JSON texts of numbers and booleans."""
UNUSABLE: Final = ["null", "{}", "[null]", "[[]]", "1e40", "1e309", "[1e-41]", r'"\ud800"', r'"\ufffd"']
ODD_ACTIONS: Final = ["", "t:", "Get", "t:*", "t:Get\n", 1, None]
ODD_RESOURCES: Final = ["", "**", "arn:aws:s3::b", "arn:aws:s3:::\ud800", None]


def policy(random: Random) -> dict[str, Any]:
    version = {"Version": random.choice(["2012-10-17", "2012-10-17", "2008-10-17"])}
    return {**version, "Statement": [statement(random) for _ in range(random.choice([1, 1, 2, 3]))]}


def statement(random: Random) -> dict[str, Any]:
    """Return a statement of an identity policy."""
    actions = _some(ACTION_PATTERNS, random)
    resources = [random.choice(["*", "*", "*", resource_of(random), *ARNS[:5]]) for _ in range(random.choice([1, 1, 2]))]
    return {
        "Sid": random.choice(["", "S"]),
        "Effect": random.choice(["Allow", "Allow", "Deny"]),
        random.choice(["Action", "Action", "NotAction"]): actions,
        random.choice(["Resource", "Resource", "NotResource"]): resources,
        "Condition": dict(_condition(random) for _ in range(random.choice([0, 1, 1, 2]))),
    }


def _condition(random: Random) -> tuple[str, dict[str, list[str]]]:
    operator = random.choice(list(Operator))
    qualifier = random.choice(["", "", *[f"{each}:" for each in Qualifier]])
    suffix = random.choice(["", "", "IfExists"]) if operator is not Operator.NULL else ""
    keys = random.sample(KEYS, random.choice([1, 1, 2]))
    return f"{qualifier}{operator}{suffix}", {_cased(key, random): _values(operator, random) for key in keys}


def _values(operator: Operator, random: Random) -> list[str]:
    pool = next(values for family, values in OF_FAMILY.items() if operator.startswith(family))
    drawn = _some(pool, random) if random.random() < 0.95 else []
    if operator.startswith("String") and random.random() < 0.5:
        return [*drawn, pattern_of(random) if "Like" in operator else random.choice(["${t:u}", "${T:W, 'a'}", "a${t:u}", "${*}"])]
    return [*drawn, arn_of(random)] if operator.startswith("Arn") and random.random() < 0.5 else drawn


def _some(pool: Sequence[str], random: Random) -> list[str]:
    return [random.choice(pool) for _ in range(random.choice([1, 1, 2, 3]))]


def _cased(key: str, random: Random) -> str:
    return random.choice([key, key, key.upper(), key.lower()])


def request(written: dict[str, Any], random: Random) -> JsonValue:
    """Return a request that may meet a statement of the policy; now and then a malformed one."""
    context = _context(written, random)
    members = {
        "principal": json.dumps(random.choice([USER] * 40 + [*CALLERS])),
        "action": json.dumps(random.choice(ACTIONS if random.random() < 0.98 else ODD_ACTIONS)),
        "resource": json.dumps(_resource(written, random)),
        "context": "{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in context.items()) + "}",
        "resource_account": json.dumps(random.choice(["111111111111"] * 40 + ["222222222222"] * 3 + ["1"])),
        "unknown": "1",
    }
    left_out = {name for name in members if random.random() < {"unknown": 0.99, "resource_account": 0.3}.get(name, 0.005)}
    return loads("{" + ", ".join(f'"{name}": {text}' for name, text in members.items() if name not in left_out) + "}")


def _context(written: dict[str, Any], random: Random) -> dict[str, str]:
    """Return the JSON text of values by key."""
    context = {_cased(key, random): _value(_spoken(written, key), random) for key in KEYS if random.random() < 0.7}
    if random.random() < 0.02:
        context[random.choice(["", "T:U", "t:U"])] = '"a"'
    return context


def _spoken(written: dict[str, Any], key: str) -> list[str]:
    """Return the values with which the policy compares ``key``."""
    blocks = [keys for statement in written["Statement"] for keys in statement["Condition"].values()]
    return [value for keys in blocks for name, values in keys.items() if name.lower() == key.lower() for value in values]


def _value(spoken: list[str], random: Random) -> str:
    form = random.random()
    if form < 0.7:
        return _scalar(spoken, random)
    if form < 0.99:
        return "[" + ", ".join(_scalar(spoken, random) for _ in range(random.choice([0, 1, 1, 2, 3]))) + "]"
    return random.choice(UNUSABLE)


def _scalar(spoken: list[str], random: Random) -> str:
    form = random.random()
    if form < 0.7 and spoken:
        return json.dumps(filled(random.choice(spoken), {}, random))
    return json.dumps(random.choice(VALUES)) if form < 0.9 else random.choice(SPELLED)


def _resource(written: dict[str, Any], random: Random) -> Any:
    if random.random() < 0.02:
        return random.choice(ODD_RESOURCES)
    statement = random.choice(written["Statement"])
    entry = random.choice(statement.get("Resource") or statement["NotResource"])
    resource = filled(entry, {"t:u": "a"}, random)
    return resource if resource.startswith("arn:") and resource.count(":") >= 5 else random.choice(["*", *ARNS[:4]])


Unit = tuple[PolicySet, list[JsonValue]]


def units(count: int, seed: int) -> list[Unit]:
    """Return policy sets of one to three policies, each with requests made from one of these."""
    random = Random(seed)
    written = [[policy(random) for _ in range(random.choice([1, 1, 2, 3]))] for _ in range(count)]
    requests = [[request(random.choice(policies), random) for _ in range(REQUESTS)] for policies in written]
    return list(zip(_loaded(written), requests, strict=True))


def _loaded(written: Sequence[Sequence[dict[str, Any]]]) -> Iterator[PolicySet]:
    """Read all at once, each set from a folder of its own."""
    with TemporaryDirectory() as folder:
        for unit, policies in enumerate(written):
            Path(folder, f"{unit:06}").mkdir()
            for number, each in enumerate(policies):
                Path(folder, f"{unit:06}", f"{number}.json").write_text(json.dumps(each), encoding="utf-8")
        loaded = load([folder], lenient=True).policies.policies
    for _, policies_of_unit in groupby(loaded, key=lambda each: each.name.split("/")[0]):
        yield identity_policies(tuple(policies_of_unit))


def engine_failures(binary: Binary, count: int, seed: int) -> Iterator[str]:
    """Decide requests by ``count`` policy sets on both engines; yield the question and both answers for each that differs."""
    yield from differing(binary, units(count, seed))


def differing(binary: Binary, asked: Sequence[Unit]) -> Iterator[str]:
    """Ask both engines; yield the question and both answers for each that differs."""
    policies = [each for each, _ in asked]
    native = NativeEngine(policies)
    with OpaEngine(binary, policies) as opa:
        for unit, (_, requests) in enumerate(asked):
            for each in requests:
                answers = answer(native, unit, each), answer(opa, unit, each)
                if not agree(*answers):
                    yield f"{dumps(each)}\n native: {answers[0]!r}\n opa: {answers[1]!r}\n{policies[unit].model_dump_json()}"


def test_the_engines_answer_random_questions_with_the_same_documents(opa: Binary) -> None:
    assert list(engine_failures(opa, UNITS, seed=1)) == []


@pytest.mark.parametrize(
    ("decision", "share"),
    [
        pytest.param("allowed", 0.05, id="allowed"),
        pytest.param("explicitDeny", 0.04, id="explicitDeny"),
        pytest.param("implicitDeny", 0.1, id="implicitDeny"),
        pytest.param("invalid", 0.02, id="invalid"),
    ],
)
def test_every_decision_is_among_the_answers(decision: str, share: float) -> None:
    decisions = Counter(outcome(authorize(policies, each)) for policies, requests in units(UNITS, seed=1) for each in requests)
    assert decisions[decision] > share * decisions.total()
