"""Patterns and texts, with whether they match by regular expressions, which are made from the pattern by R3 to R7, C13, C22 and V4 to V9.

A third opinion: neither engine has a part in it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from random import Random
from typing import Final, TypeAlias

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.property.trials import Trial, failures

REQUESTS: Final = 20
"""Texts a pattern."""

Context: TypeAlias = Mapping[str, str | list[str]]
Expression: TypeAlias = Callable[[str, Context], str | None]
"""Gives the regular expression for the whole text; None for a pattern that matches nothing."""

TOKEN: Final = re.compile(r"\$\{([^},]*)(?:, '([^}]*)')?\}|(.)", re.DOTALL)
PLAIN: Final = ["a", "b", "ab", "/", "-", ".", "+", "(", "[", "]", "{", "}", "[!a]", "{a,b}", "\\", "\\*", "^", "|", " ", "\u00e9"]
WILD: Final = ["*", "*", "?", "**", "*?"]
SPECIAL: Final = ["${*}", "${?}", "${$}", "$/", "${t:u}", "${T:U}", "${t:w}", "${t:u, 'a'}", "${t:w, ''}", "${t:u, '*:'}"]
FILLING: Final = ["", "a", "b", "/", ":", "::", "*", "?", "a:b", "\n", "\\", "[", "{", "\U0001f600", "\u2028", "ba", "aab"]
VALUES: Final[Sequence[str | list[str] | None]] = [
    None,
    "",
    "a",
    "b",
    "ab",
    "*",
    "?",
    ":",
    "a:b",
    "/",
    "$",
    "${t:u}",
    "\U0001f600",
    ["a"],
    [],
]


def text_expression(pattern: str, context: Context) -> str | None:
    """StringLike: a star is any run, a question mark any one character (C13); variables are literal (V6)."""
    return _field(pattern, context, run=".*", one=".", bounded=False)


def arn_expression(pattern: str, context: Context) -> str | None:
    """ArnLike: wildcards stay inside their field but in the last one (C22)."""
    return _joined([_field(field, context, run="[^:]*", one="[^:]", bounded=True) for field in _split(pattern)[:5]], pattern, context)


def resource_expression(pattern: str, context: Context) -> str | None:
    """Resource: as ArnLike, but missing fields are stars (R5), and a star that ends its field crosses colons (R7)."""
    fields = _split(pattern)[:5]
    inner = [_field(field.rstrip("*"), context, run="[^:]*", one="[^:]", bounded=True) for field in fields]
    crossing = [".*" if field.endswith("*") else "" for field in fields]
    return _joined([None if part is None else part + more for part, more in zip(inner, crossing, strict=True)], pattern, context)


def _joined(inner: Sequence[str | None], pattern: str, context: Context) -> str | None:
    last = _split(pattern)[5:]
    outer = _field(last[0], context, run=".*", one=".", bounded=False) if last else ".*"
    fields = [*inner, *[".*"] * (5 - len(inner)), outer]
    return None if None in fields else ":".join(field or "" for field in fields)


def _split(pattern: str) -> list[str]:
    """Split at the first five colons outside of ``${...}`` (R3)."""
    places = [match.start() for match in TOKEN.finditer(pattern) if match[3] == ":"][:5]
    return [pattern[start:end] for start, end in zip([0, *[place + 1 for place in places]], [*places, None], strict=True)]


def _field(field: str, context: Context, *, run: str, one: str, bounded: bool) -> str | None:
    parts = [_token(match, context, run, one, bounded=bounded) for match in TOKEN.finditer(field)]
    return None if None in parts else "".join(part or "" for part in parts)


def _token(match: re.Match[str], context: Context, run: str, one: str, *, bounded: bool) -> str | None:
    name, default, character = match.groups()
    if character is not None:
        return {"*": run, "?": one}.get(character, re.escape(character))
    if name in {"*", "?", "$"}:
        return re.escape(name)  # V5
    value = context.get(name.lower())
    resolved = value if isinstance(value, str) and value else default  # V4, V7, V8
    return None if resolved is None or (bounded and ":" in resolved) else re.escape(resolved)  # V9


def pattern_of(random: Random) -> str:
    """Return up to seven parts of all kinds, wildcards among them more often than not."""
    return "".join(random.choice(random.choice([PLAIN, WILD, SPECIAL])) for _ in range(random.randint(0, 7)))


def arn_of(random: Random) -> str:
    fields = [random.choice([pattern_of(random), random.choice(["", "*", "a", "a*", "a*${t:w, ''}", "?", "${t:u}"])]) for _ in range(5)]
    return ":".join(["arn", *fields])


def resource_of(random: Random) -> str:
    """Return an ARN, sometimes a short one."""
    arn = arn_of(random)
    return ":".join(_split(arn)[: random.randint(2, 6)]) if random.random() < 0.2 else arn


def filled(pattern: str, context: Context, random: Random) -> str:
    """Return a text that the pattern may well match: its wildcards and variables filled in, now and then something changed."""
    text = "".join(_filling(match, context, random) for match in TOKEN.finditer(pattern))
    if random.random() < 0.3:
        at = random.randint(0, len(text))
        return text[:at] + random.choice(FILLING) + text[at + random.randint(0, 1) :]
    return text


def _filling(match: re.Match[str], context: Context, random: Random) -> str:
    name, default, character = match.groups()
    if character is not None:
        return random.choice(FILLING) if character in "*?" else character
    value = context.get(name.lower())
    return name if name in {"*", "?", "$"} else value if isinstance(value, str) and value else default or ""


def context_of(random: Random) -> Context:
    drawn = {"t:u": random.choice(VALUES), "t:w": random.choice(VALUES)}
    return {key: value for key, value in drawn.items() if value is not None}


def resources(random: Random) -> Iterator[Trial]:
    while True:
        patterns = [resource_of(random) for _ in range(random.choice([1, 1, 2, 3]))]
        yield Trial({"Resource": patterns}, [_resource_request(patterns, random) for _ in range(REQUESTS)])


def _resource_request(patterns: Sequence[str], random: Random) -> tuple[Mapping[str, object], bool]:
    context = context_of(random)
    resource = filled(random.choice(patterns), context, random)
    return {"resource": resource, "context": context}, _any(resource_expression, patterns, resource, context)


def texts(random: Random) -> Iterator[Trial]:
    return _conditions("StringLike", pattern_of, text_expression, random)


def arns(random: Random) -> Iterator[Trial]:
    return _conditions("ArnLike", arn_of, arn_expression, random)


def _conditions(operator: str, draw: Callable[[Random], str], expression: Expression, random: Random) -> Iterator[Trial]:
    while True:
        patterns = [draw(random) for _ in range(random.choice([1, 1, 2, 3]))]
        condition = {operator: {"t:v": patterns}}
        yield Trial({"Condition": condition}, [_condition_request(patterns, expression, random) for _ in range(REQUESTS)])


def _condition_request(patterns: Sequence[str], expression: Expression, random: Random) -> tuple[Mapping[str, object], bool]:
    context = context_of(random)
    text = filled(random.choice(patterns), context, random)
    return {"context": {**context, "t:v": text}}, _any(expression, patterns, text, context)


def _any(expression: Expression, patterns: Sequence[str], text: str, context: Context) -> bool:
    expressions = [expression(pattern, context) for pattern in patterns]
    return any(each is not None and re.fullmatch(each, text, re.DOTALL) is not None for each in expressions)


KINDS: Final[Mapping[str, Callable[[Random], Iterator[Trial]]]] = {"Resource": resources, "StringLike": texts, "ArnLike": arns}


def wildcard_failures(binary: Binary, pairs: int, seed: int, layout: Layout = Layout.MODULES) -> Iterator[str]:
    """Try at least ``pairs`` pairs, a third of each kind; yield a line for each that goes wrong."""
    for kind in KINDS.values():
        yield from failures(binary, islice(kind(Random(seed)), -(-pairs // (REQUESTS * len(KINDS)))), layout)
