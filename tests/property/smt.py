"""The same questions for z3: an encoding of its own, after docs/semantics.md, as one formula over strings.

It covers pairs of identity-based policies with actions, resources, their negations, and the operators that compare texts, with `IfExists`
and `Null`. It shares nothing with `iam2rego.proofs` but the policies, which it takes as JSON.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final, TypeAlias

import z3

Statement: TypeAlias = Mapping[str, Any]

MOST_STEPS: Final = 4_000_000
"""How many steps z3 may take for a question, some three seconds: what it decides must not depend on how busy the machine is."""

_ACTIONS: Final = (
    "s3:GetObject",
    "s3:GetObjectAcl",
    "s3:Get*",
    "s3:*",
    "s?:Get*",
    "*",
    "ec2:Run*",
    "*:Get*Acl",
    "s3:*Object",
    "S3:getobject",
)
_RESOURCES: Final = (
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::b/?",
    "arn:aws:s3:::*",
    "arn:*:s3:*:*:b*k",
    "arn:aws:s3:::b/*/c",
    "arn:aws:*:*:111122223333:*",
)
_KEYS: Final = ("aws:RequestedRegion", "aws:PrincipalTag/a")
_VALUES: Final = ("a", "ab", "b", "a*", "*b", "a?", "*")
_OPERATORS: Final = ("StringEquals", "StringNotEquals", "StringLike", "StringNotLike")


def documents(random: Random) -> tuple[list[Statement], list[Statement]]:
    """Draw two lists of statements; the second is often near the first."""
    one = [_statement(random) for _ in range(random.randint(1, 3))]
    if random.random() < 0.3:
        return one, [_statement(random) for _ in range(random.randint(1, 3))]
    other = [dict(each) for each in one]
    changed, donor = random.choice(other), _statement(random)
    part = random.choice(["Action", "Resource", "Condition"])
    for name in (part, f"Not{part}"):
        changed.pop(name, None)
    changed |= {name: value for name, value in donor.items() if name.removeprefix("Not") == part}
    return one, other


def _statement(random: Random) -> dict[str, Any]:
    negated = {name: "Not" if random.random() < 0.2 else "" for name in ("Action", "Resource")}
    made: dict[str, Any] = {
        "Effect": random.choice(["Allow", "Allow", "Deny"]),
        f"{negated['Action']}Action": random.sample(_ACTIONS, random.randint(1, 2)),
        f"{negated['Resource']}Resource": random.sample(_RESOURCES, random.randint(1, 2)),
    }
    conditions = {_operator(random): {random.choice(_KEYS): _values(random)} for _ in range(random.choice([0, 0, 1, 2]))}
    if random.random() < 0.1:
        conditions["Null"] = {random.choice(_KEYS): [random.choice(["true", "false"])]}
    return made | ({"Condition": conditions} if conditions else {})


def _operator(random: Random) -> str:
    return random.choice(_OPERATORS) + random.choice(["", "", "IfExists"])


def _values(random: Random) -> list[str]:
    return random.sample(_VALUES, random.randint(1, 2))


@dataclass
class _Question:
    """The variables of a request: its action in lower case, its resource, and of each key whether it is there, a list or one text.

    Of a list it tells only whether it is a null dataset, of empty texts alone (C5).

    A text is not empty here; whether an empty one is there is a question of its own (C26).
    """

    action: Any = field(default_factory=lambda: z3.String("action"))
    resource: Any = field(default_factory=lambda: z3.String("resource"))
    present: dict[str, Any] = field(default_factory=lambda: {key: z3.Bool(f"present {key}") for key in _KEYS})
    listed: dict[str, Any] = field(default_factory=lambda: {key: z3.Bool(f"listed {key}") for key in _KEYS})
    null: dict[str, Any] = field(default_factory=lambda: {key: z3.Bool(f"null {key}") for key in _KEYS})
    text: dict[str, Any] = field(default_factory=lambda: {key: z3.String(f"text {key}") for key in _KEYS})

    def form(self) -> Iterator[Any]:
        """Yield what every request fulfils (N3), but for the actions that identity-based policies alone never grant (E14, E16)."""
        service, name = (z3.Plus(z3.Union(z3.Range("a", "z"), z3.Range("0", "9"), *map(z3.Re, more))) for more in (".-", "._-"))
        yield z3.InRe(self.action, z3.Concat(service, z3.Re(":"), name))
        yield z3.Not(z3.PrefixOf("sts:", self.action))
        # A caller can be of every partition, but of none without a name (E9).
        parts = [z3.Plus(_inner()), z3.Re(":"), *(part for _ in range(3) for part in (z3.Star(_inner()), z3.Re(":")))]
        yield z3.Or(self.resource == "*", z3.InRe(self.resource, z3.Concat(z3.Re("arn:"), *parts, _any())))
        yield from (z3.Length(each) > 0 for each in self.text.values())

    def allowed(self, statements: list[Statement]) -> Any:
        """Return when statements allow the request (E1)."""
        by_effect = {effect: [self._applies(each) for each in statements if each["Effect"] == effect] for effect in ("Allow", "Deny")}
        return z3.And(_some(by_effect["Allow"]), z3.Not(_some(by_effect["Deny"])))

    def _applies(self, statement: Statement) -> Any:
        parts = []
        for name, text, lower in (("Action", self.action, True), ("Resource", self.resource, False)):
            entries = statement.get(name) or statement[f"Not{name}"]
            matches = _some([z3.InRe(text, _glob(each.lower() if lower else each, in_fields=not lower)) for each in entries])
            parts.append(matches if name in statement else z3.Not(matches))
        for operator, tests in statement.get("Condition", {}).items():
            parts += [self._holds(operator, key, values) for key, values in tests.items()]
        return z3.And(*parts)

    def _holds(self, operator: str, key: str, values: list[str]) -> Any:
        """Return when a condition holds (C5, C6, C9, C10, C11): a list satisfies only `Null`."""
        present, listed, text = self.present[key], self.listed[key], self.text[key]
        if operator == "Null":
            is_null = z3.Or(z3.Not(present), z3.And(listed, self.null[key]))
            return is_null if values == ["true"] else z3.Not(is_null)
        base = operator.removesuffix("IfExists")
        like = base.endswith("Like")
        matches = _some([z3.InRe(text, _glob(each)) if like else text == each for each in values])
        one = z3.Not(matches) if "Not" in base else matches
        missing = operator != base or "Not" in base
        return z3.If(present, z3.And(z3.Not(listed), one), missing)


def _some(formulas: list[Any]) -> Any:
    return z3.BoolVal(False) if not formulas else z3.Or(*formulas)


def _inner() -> Any:
    """Return any character but a colon."""
    return z3.Intersect(z3.AllChar(z3.ReSort(z3.StringSort())), z3.Complement(z3.Re(":")))


def _any() -> Any:
    return z3.Full(z3.ReSort(z3.StringSort()))


def _glob(text: str, *, in_fields: bool = False) -> Any:
    """Return a pattern with wildcards; in the first five fields of an ARN a `?` and a `*` inside a field match no colon (R7)."""
    if not in_fields or text == "*":
        return _concat([_symbol(each) for each in text])
    *first, last = text.split(":", 5)
    symbols: list[Any] = []
    for each in first:
        for index, character in enumerate(each):
            is_last = index == len(each) - 1
            inside = {"*": _any() if is_last else z3.Star(_inner()), "?": _inner()}
            symbols.append(inside[character] if character in inside else z3.Re(character))
        symbols.append(z3.Re(":"))
    return _concat([*symbols, *(_symbol(each) for each in last)])


def _symbol(character: str) -> Any:
    if character == "*":
        return _any()
    return z3.AllChar(z3.ReSort(z3.StringSort())) if character == "?" else z3.Re(character)


def _concat(parts: list[Any]) -> Any:
    return z3.Re("") if not parts else parts[0] if len(parts) == 1 else z3.Concat(*parts)


def answer(new: list[Statement], old: list[Statement]) -> str:
    """Return `unsat` if every request that ``new`` allows is allowed by ``old``, `sat` if one is not, and `unknown`."""
    question = _Question()
    solver = z3.Solver()
    solver.set("rlimit", MOST_STEPS)
    solver.add(*question.form(), question.allowed(new), z3.Not(question.allowed(old)))
    return str(solver.check())
