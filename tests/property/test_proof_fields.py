"""The procedures that proofs are made of find whatever trying finds: texts of languages, values of keys, classes, models."""

import random
from collections.abc import Sequence
from itertools import product
from typing import Final, TypeAlias

from iam2rego.ir.condition import Condition, Operator
from iam2rego.ir.policy import Actions
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.actions import action_matches
from iam2rego.native.conditions import condition_holds
from iam2rego.native.request import ContextValue
from iam2rego.native.wildcards import Wildcard, matches
from iam2rego.proofs.actions import Classes
from iam2rego.proofs.atoms import holds
from iam2rego.proofs.formula import Formula, Literal, atoms_of, conjunction, disjunction, holds_in, reasons
from iam2rego.proofs.globs import find, language
from iam2rego.proofs.keys import find_value
from iam2rego.proofs.sat import Problem
from iam2rego.proofs.verdict import UndecidedError
from iam2rego.source import Source
from iam2rego.strategies.drawing import draw
from iam2rego.strategies.values import values
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

Pattern: TypeAlias = tuple[str | Wildcard, ...]
Union: TypeAlias = Sequence[Pattern]

TEXTS: Final = ["".join(each) for length in range(5) for each in product("ab:", repeat=length)]
SYMBOLS: Final = ("a", "b", ":", *Wildcard)


def union(chance: random.Random) -> Union:
    return [tuple(chance.choices(SYMBOLS, k=chance.randrange(5))) for _ in range(chance.randint(1, 2))]


def fits(text: str, wanted: Sequence[Union], unwanted: Sequence[Union]) -> bool:
    inside = [any(matches(each, text) for each in patterns) for patterns in (*wanted, *unwanted)]
    return inside == [True] * len(wanted) + [False] * len(unwanted)


def test_texts_of_languages() -> None:
    chance = random.Random(1)
    for _ in range(1_000):
        wanted, unwanted = [union(chance) for _ in range(2)], [union(chance) for _ in range(chance.randrange(3))]
        found = find(list(map(language, wanted)), list(map(language, unwanted)))
        if found is None:
            assert not any(fits(text, wanted, unwanted) for text in TEXTS), (wanted, unwanted)
        else:
            assert fits(found, wanted, unwanted), (wanted, unwanted, found)


SCALARS: Final = (
    *("", "a", "b", "A", "ab", "a/b", "*", "true", "TRUE", "false", "x", "arn:aws:s3:::b", "arn:aws:s3:::c", "arn:aws:sns:r:1:t:s"),
    *("0", "1", "10", "1e1", "10.5", "-1", "9" * 40, "-" + "9" * 40, "2024", "2024-01-01", "2024-01-01T00:00:01Z", "0001-01-01"),
    *("YQ==", "YR==", "YWI=", "10.0.0.1", "10.0.0.2", "11.0.0.0", "2001:db8::1", "::1", "::ffff:10.0.0.1", "K", "k", "\u212a"),
)
VALUES: Final[Sequence[ContextValue | None]] = (
    None,
    *SCALARS,
    *((each,) for each in SCALARS),
    *(pair for pair in product(("", "a", "b", "10", "arn:aws:s3:::b", "true", "10.0.0.1"), SCALARS)),
)
KEYS: Final = ("k:a", "aws:TagKeys")


def condition(number: int, key: str) -> Condition:
    """A condition of any operator, without variables."""
    chance = random.Random(number)
    operator = chance.choice(list(Operator))
    suffix = chance.choice(["", "", "IfExists"]) if operator is not Operator.NULL else ""
    name = f"{chance.choice(['', '', 'ForAnyValue:', 'ForAllValues:'])}{operator}{suffix}"
    block: JsonValue = {name: {key: draw(values(operator, latin=True, lenient=True), number)}}
    statement: JsonValue = {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": block}
    source = Source("p.json", dumps({"Version": "2008-10-17", "Statement": statement}))
    document = read_policy(parse_json(source), source, lenient=True).document
    return condition(number + 10_000, key) if document is None else document.statements[0].conditions[0]


def is_so(literals: Sequence[Literal], conditions: Sequence[Condition], value: ContextValue | None) -> bool:
    context = {} if value is None else {conditions[0].key.lower(): value}
    return all(condition_holds(each, context) is literal.holds for each, literal in zip(conditions, literals, strict=True))


def test_values_of_keys() -> None:
    undecided = 0
    pool = {key: [condition(number, key) for number in range(200)] for key in KEYS}
    for seed in range(1_500):
        chance = random.Random(seed)
        conditions = chance.choices(pool[chance.choice(KEYS)], k=chance.randint(1, 3))
        literals = [Literal(holds(each), chance.random() < 0.6) for each in conditions]
        key = conditions[0].key.lower()
        try:
            found = find_value(key, literals)
        except UndecidedError:
            undecided += 1
            continue
        if found is None:
            assert [value for value in VALUES if is_so(literals, conditions, value)] == [], literals
        else:
            value = found.get(key)
            text = tuple(map(str, value)) if isinstance(value, list) else None if value is None else str(value)
            assert is_so(literals, conditions, text), (literals, found)
    assert undecided < 150


ACTIONS: Final = tuple(f"{service}:{name}" for service in ("s", "s3", "x", "a") for name in ("Get", "GetObject", "Put", "a", "b_c"))
ENTRIES: Final = ("*", "s3:*", "s3:Get*", "S3:get", "*:Put", "s?:*", "s:G*t", "x:b_c", "?:*", "s*:Get?bject", "s3:")


def elements(chance: random.Random) -> list[Actions]:
    made = []
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(["Action", "Action", "NotAction"])
        statement: JsonValue = {"Effect": "Allow", name: list(chance.choices(ENTRIES, k=chance.randint(1, 3))), "Resource": "*"}
        source = Source("p.json", dumps({"Version": "2012-10-17", "Statement": statement}))
        document = read_policy(parse_json(source), source, lenient=True).document
        assert document is not None
        made.append(document.statements[0].actions)
    return made


def test_classes_of_actions() -> None:
    for seed in range(100):
        made = elements(random.Random(seed))
        classes = Classes(made)
        found = dict(classes)
        for named, action in found.items():
            assert named == {number for number, each in enumerate(made) if action_matches(each, action)}, (made, action)
        for action in ACTIONS:
            named = classes.of(action)
            assert named == {number for number, each in enumerate(made) if action_matches(each, action)}, (made, action)
            assert named in found


def formula(chance: random.Random, depth: int) -> Formula:
    if depth == 0 or chance.random() < 0.2:
        return Literal(chance.randrange(5), chance.random() < 0.5)
    joined = chance.choice([conjunction, disjunction])
    return joined([formula(chance, depth - 1) for _ in range(chance.randrange(4))])


def test_models() -> None:
    for seed in range(500):
        given = formula(random.Random(seed), 4)
        atoms = list(atoms_of(given))
        worlds = [dict(zip(atoms, each, strict=True)) for each in product([True, False], repeat=len(atoms))]
        problem, excluded = Problem(given), set()
        while (model := problem.model()) is not None:
            assert holds_in(given, model), given
            needed = reasons(given, model)
            assert all(holds_in(given, world) for world in worlds if all(world[each.atom] is each.holds for each in needed)), given
            excluded |= {tuple(world.values()) for world in worlds if all(world[each.atom] is each.holds for each in needed)}
            problem.exclude(list(needed))
        assert excluded == {tuple(world.values()) for world in worlds if holds_in(given, world)}, given
