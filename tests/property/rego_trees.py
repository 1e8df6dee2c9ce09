"""Random Rego trees of every form that `iam2rego.rego.language.tree` has."""

from random import Random
from typing import Final

from iam2rego.rego.language.tree import (
    Array,
    Call,
    Comment,
    Every,
    Infix,
    Labels,
    Literal,
    Lookup,
    Module,
    Name,
    Not,
    Null,
    Number,
    Object,
    Rule,
    Set,
    SomeIn,
    String,
    Term,
)

MARKS: Final = [
    '"',
    "\\",
    "`",
    "#",
    "{",
    "}",
    "[",
    "]",
    "(",
    ",",
    ":",
    ";",
    "%",
    "$",
    "*",
    "\n",
    "\t",
    "\0",
    "\x7f",
    "\u2028",
    "\U0001f600",
    "\ufeff",
]
WORDS: Final = ["a", "k:t", "x" * 25, "x" * 60, "# METADATA", "allow", "}\n", "\\u0041", "- ", ": ", " "]
KEYS: Final = ["", "k:t", "aws:TagKeys/a b", '"', "'", "\\", "a.b", "1", "x]", "${*}", "`", "%s", "k:" + "x" * 70]
"""Keys of look-ups: `opa fmt` would write an identifier behind a dot, and respell what is not printable ASCII."""
VARIABLES: Final = ["text", "value_1", "position_2", "kind"]
PATHS: Final = ["input.action", "input.resource", "context.texts", "data.iam.lib.x"]
FUNCTIONS: Final = ["count", "glob.match", "context.text", "pattern.arn_like", "strings.any_prefix_match"]
NUMBERS: Final = ["0", "-1", "7", "1.5", "-0.05", "12345678901234567890.123", "9" * 40]
COMPARISONS: Final = ["==", "==", "!=", "<", "<=", ">", ">=", "in"]
DEPTH: Final = 3


def module(count: int, seed: int) -> Module:
    """Return a module of ``count`` rules, each of which needs no other."""
    random = Random(seed)
    comments = tuple(_comment(random) for _ in range(3))
    imports = ("data.iam.lib.context", "data.iam.lib.pattern")
    return Module("iam.policies.p", comments, imports, tuple(rule(random) for _ in range(count)))


def rule(random: Random) -> Rule:
    """Return a rule of a set, with labels or without, or a helper, with parameters or without."""
    comments = tuple(_comment(random) for _ in range(random.choice([0, 0, 1, 2])))
    lines = tuple(_line(random) for _ in range(random.choice([0, 1, 1, 2, 3])))
    if random.random() < 0.3:
        parameters = tuple(random.sample(VARIABLES, random.randint(0, 2)))
        return Rule("helper", lines or (_test(random),), parameters=parameters, comments=comments)
    labels = Labels(_text(random), _text(random), random.randint(0, 99)) if random.random() < 0.5 else None
    return Rule("allow", lines, contains=_member(random), comments=comments, title=_text(random), labels=labels)


def _member(random: Random) -> Term:
    return random.choice([_number(random), Array((_number(random), _variable(random)))])


def _comment(random: Random) -> Comment:
    return Comment("Like", _text(random))


def _text(random: Random) -> str:
    return "".join(random.choice(random.choice([MARKS, WORDS])) for _ in range(random.choice([0, 1, 1, 2, 4])))


def _line(random: Random) -> Literal:
    if random.random() < 0.15:
        inner = tuple(_simple_line(random) for _ in range(random.choice([1, 1, 2])))
        return Every(random.choice(VARIABLES), _collection(random), inner)
    return _simple_line(random)


def _simple_line(random: Random) -> Literal:
    match random.randrange(6):
        case 0:
            return SomeIn(random.choice(VARIABLES), _collection(random))
        case 1:
            return Not(_test(random))
        case 2:
            return Infix(_variable(random), ":=", _term(random, DEPTH))
        case _:
            return _test(random)


def _test(random: Random) -> Term:
    if random.random() < 0.3:
        return random.choice([_call(random, DEPTH), _lookup(random), _variable(random)])
    subject = random.choice([_call(random, DEPTH - 1), _lookup(random), _name(random)])
    operator = random.choice(COMPARISONS)
    return Infix(subject, operator, _collection(random) if operator == "in" else _term(random, DEPTH))


def _collection(random: Random) -> Term:
    return random.choice([_call, _set, _array, _object])(random, DEPTH)


def _term(random: Random, depth: int) -> Term:
    if depth and random.random() < 0.5:
        return random.choice([_call, _call, _set, _array, _object])(random, depth)
    return random.choice([_string, _string, _number, _null, _name, _lookup])(random)


def _call(random: Random, depth: int) -> Term:
    arguments = [_sum(random) if random.random() < 0.1 else _term(random, depth - 1) for _ in range(random.randint(1, 3))]
    return Call(random.choice(FUNCTIONS), tuple(arguments))


def _array(random: Random, depth: int) -> Term:
    return Array(tuple(_term(random, depth - 1) for _ in range(random.randint(0, 3))))


def _set(random: Random, _depth: int) -> Term:
    return Set(tuple(dict.fromkeys(_constant(random, 0) for _ in range(random.randint(1, 3)))))


def _object(random: Random, depth: int) -> Term:
    names = dict.fromkeys(_text(random) for _ in range(random.randint(0, 3)))
    return Object(tuple((String(name), _constant(random, depth - 1)) for name in names))


def _constant(random: Random, depth: int) -> Term:
    if depth and random.random() < 0.3:
        return random.choice([_set, _object])(random, depth)
    return random.choice([_string, _number, _null])(random)


def _sum(random: Random) -> Term:
    return Infix(_name(random), "+", random.choice([_call(random, 1), _number(random)]))


def _string(random: Random) -> Term:
    return String(_text(random))


def _number(random: Random) -> Term:
    return Number(random.choice(NUMBERS))


def _null(_random: Random) -> Term:
    return Null()


def _name(random: Random) -> Name:
    return Name(random.choice([*VARIABLES, *PATHS]))


def _variable(random: Random) -> Name:
    return Name(random.choice(VARIABLES))


def _lookup(random: Random) -> Term:
    return Lookup(_name(random), String(random.choice(KEYS)))
