"""The work of a decision is linear in what a caller chooses: each attack is tried at 1, 2, 4 and 8 times its size."""

from collections.abc import Callable
from functools import partial
from typing import Final

import pytest

from iam2rego.ir.condition import ArnValue, Condition, ConditionValue, LiteralValue, Operator, Qualifier, TextValue
from iam2rego.ir.pattern import AnyOne, AnyRun, ArnPattern, Pattern, Text, Variable
from iam2rego.ir.policy import PolicySet, Resources, Statement, identity_policies
from iam2rego.jsontext import JsonValue, Number
from iam2rego.native import explain
from tests.support.policies import allow, equals, policy, policy_set, request
from tests.unit.native.steps import SIZES, growth

Attack = Callable[[int], tuple[PolicySet, JsonValue]]

TEAM: Final = "aws:PrincipalTag/team"
NAME: Final = "aws:username"
WILDCARDS: Final = {"*": AnyRun(), "?": AnyOne(), "T": Variable(key=TEAM), "N": Variable(key=NAME, default="a")}


def pattern(text: str) -> Pattern:
    """Read ``*`` and ``?``, and the variables ``T`` and ``N``."""
    return tuple(WILDCARDS.get(each, Text(text=each)) for each in text)


def resources(last: str, region: str = "") -> Resources:
    fields = ("arn", "aws", "s3", region, "", last)
    return Resources(entries=(ArnPattern(text="", fields=tuple(map(pattern, fields))),))


def texts(*patterns: str) -> tuple[ConditionValue, ...]:
    return tuple(TextValue(text=each, segments=pattern(each)) for each in patterns)


def allowing(*statements: Statement) -> PolicySet:
    return identity_policies((policy("p", *statements),))


def on_resource(last: str, region: str = "") -> PolicySet:
    return allowing(allow(on=resources(last, region)))


def on_action(action: str) -> PolicySet:
    return allowing(allow(action))


def on_condition(operator: Operator, values: tuple[ConditionValue, ...], qualifier: Qualifier | None = None) -> PolicySet:
    condition = Condition(operator=operator, qualifier=qualifier, key="k:v", values=values)
    return allowing(allow(when=[condition]))


def nested(depth: int, value: JsonValue = "x") -> JsonValue:
    for _ in range(depth):
        value = [value]
    return value


def nested_objects(depth: int, value: JsonValue = "x") -> JsonValue:
    for _ in range(depth):
        value = {"arn": value}
    return value


def asked(resource: str, team: str = "", name: str = "", **context: JsonValue) -> JsonValue:
    return request(resource=f"arn:aws:s3:::{resource}", context={TEAM: team, NAME: name, **context})


ANY: Final = allowing(allow())
STARS: Final = "*a*a*a*a*b"
LIKE: Final = Operator.STRING_LIKE
IGNORING: Final = Operator.STRING_EQUALS_IGNORE_CASE
ARN_LIKE: Final = ArnValue(text="", fields=tuple(map(pattern, ("arn", "*", "*a*a", "*T*", "", "*T?N*b"))))

ATTACKS: dict[str, Attack] = {
    "depth/principal": lambda n: (ANY, request(nested(n))),
    "depth/principal-of-objects": lambda n: (ANY, request(nested_objects(n))),
    "depth/context": lambda n: (ANY, request(context={"k:v": nested(n)})),
    "depth/context-of-objects": lambda n: (ANY, request(context=nested_objects(n))),
    "depth/unknown-member": lambda n: (ANY, request(x=nested(n))),
    "keys": lambda n: (ANY, request(context={f"k:{each:04}": "x" for each in range(n)})),
    "keys/in-two-cases": lambda n: (ANY, request(context={key: "x" for each in range(n) for key in (f"k:{each:04}", f"K:{each:04}")})),
    "keys/of-the-request": lambda n: (ANY, request(**{f"x{each:04}": "x" for each in range(n)})),
    "keys/of-the-principal": lambda n: (ANY, request({"arn": "x", **{f"x{each:04}": "x" for each in range(n)}})),
    "keys/service-names": lambda n: (ANY, request({"Service": "x", "service_names": [f"{each:04}" for each in range(n)]})),
    "keys/refused-values": lambda n: (ANY, request(context={"k" * n: [None] * n, "K" * n + "1": [Number("1e99")] * n})),
    "length/key": lambda n: (ANY, request(context={"É" * n: "x"})),
    "length/action": lambda n: (on_action(STARS), request(action="s3:" + "a" * n)),
    "length/unreadable-action": lambda n: (ANY, request(action="\0" * n)),
    "length/number": lambda n: (on_condition(Operator.NUMERIC_EQUALS, (LiteralValue(text="1"),)), asked("b", **{"k:v": "1e" + "0" * n})),
    "stars/resource": lambda n: (on_resource(STARS), asked("a" * n)),
    "stars/field": lambda n: (on_resource("b", "us-*-*-*-*x"), request(resource=f"arn:aws:s3:us-{'-' * n}:1:b")),
    "stars/fields": lambda n: (on_resource("*b", "*a*a*"), request(resource=f"arn:aws:s3:{'a:' * n}:c")),
    "stars/like": lambda n: (on_condition(LIKE, texts(STARS)), asked("b", **{"k:v": "a" * n})),
    "stars/question-marks": lambda n: (on_resource("*a??a*?a??b"), asked("a" * n)),
    "variables/short": lambda n: (on_resource("*/T/*/N/*.csv"), asked("b" + "/a" * n + "/x.txt", "a", "a")),
    "variables/three": lambda n: (on_resource("b/*T*N*T*zz*"), asked("b/" + "a" * n, "a", "aa")),
    "variables/long": lambda n: (on_resource("*T*N*zz*"), asked("a" * 4 * n, "a" * n, "a" * n)),
    "variables/almost": lambda n: (on_resource("*T*N*zz*"), asked("a" * 4 * n, "a" * n + "b", "b" + "a" * n)),
    "variables/periodic": lambda n: (on_resource("*TN*N"), asked("ab" * 2 * n, "ab" * n + "a", "b" + "ab" * n)),
    "variables/question-mark": lambda n: (on_resource("*T?N*b"), asked("a" * 4 * n, "a" * n, "a" * n)),
    "variables/longer-than-the-text": lambda n: (on_resource("*T*"), asked("a", "a" * n)),
    "variables/arn": lambda n: (
        on_condition(Operator.ARN_LIKE, (ARN_LIKE,)),
        asked("b", "a" * n, "a" * n, **{"k:v": f"arn:aws:{'a' * n}:{'a' * n}::{'a' * 4 * n}"}),
    ),
    "values/equals": lambda n: (
        on_condition(Operator.STRING_EQUALS, texts(*(f"{each:04}" for each in range(n))), Qualifier.FOR_ALL_VALUES),
        asked("b", **{"k:v": [f"{each:04}" for each in range(n)]}),
    ),
    "values/of-a-long-variable": lambda n: (
        on_condition(IGNORING, texts("T", "x"), Qualifier.FOR_ALL_VALUES),
        asked("b", "É" * n, **{"k:v": ["x"] * n}),
    ),
    "values/like": lambda n: (
        on_condition(LIKE, texts("T*", "*x", "*y*"), Qualifier.FOR_ALL_VALUES),
        asked("b", "a" * n, **{"k:v": ["yx"] * n}),
    ),
    "values/numbers": lambda n: (
        on_condition(Operator.NUMERIC_EQUALS, (LiteralValue(text="1"), LiteralValue(text="2")), Qualifier.FOR_ALL_VALUES),
        asked("b", **{"k:v": ["2"] * n}),
    ),
    "statements/one-missing-key": lambda n: (allowing(*[allow(when=[equals("k:v", "x")])] * n), request()),
    "statements/missing-keys": lambda n: (
        allowing(*(allow(when=[equals(f"k:{each:04}", "x")]) for each in range(n))),
        request(),
    ),
    "statements/of-the-resource": lambda n: (policy_set(resource=[allow()] * n), request()),
}
SMALLEST: Final = 50


def grown(attack: Attack) -> list[float]:
    """Return by what factor the work of an explanation grows, which decides first."""
    calls = [partial(explain, *attack(SMALLEST * size)) for size in SIZES]
    calls[0]()  # what is made at first use is not the request's doing
    return growth(calls)


@pytest.mark.parametrize("attack", [pytest.param(attack, id=name) for name, attack in ATTACKS.items()])
def test_twice_the_size_is_at_most_twice_the_work(attack: Attack) -> None:
    assert max(grown(attack)) <= 2


def test_values_under_a_set_operator_cost_at_most_the_product() -> None:
    def attack(n: int) -> tuple[PolicySet, JsonValue]:
        like = on_condition(LIKE, texts(*["*T*b"] * (n // 10)), Qualifier.FOR_ANY_VALUE)
        return like, asked("b", "a", **{"k:v": ["aaaa"] * (n // 10)})

    assert max(grown(attack)) <= 4
