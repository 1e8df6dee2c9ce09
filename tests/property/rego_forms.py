"""What OPA must read in the text of a Rego tree: one form to which a tree and what `opa parse` prints are both brought."""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias, assert_never

from iam2rego.rego.language.tree import (
    Array,
    Call,
    Every,
    Infix,
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
)

Form: TypeAlias = tuple[Any, ...]
"""A module, rule, line or term as nested tuples, each line and term with its kind first."""

OPERATORS: Final = {
    "==": ("equal",),
    "!=": ("neq",),
    "<": ("lt",),
    "<=": ("lte",),
    ">": ("gt",),
    ">=": ("gte",),
    "+": ("plus",),
    ":=": ("assign",),
    "in": ("internal", "member_2"),
}
TRUE: Final = ("boolean", True)


def form_of_module(module: Module) -> Form:
    """Return the form of what OPA must read in the text of ``module``."""
    return module.package, module.imports, tuple(map(_form_of_rule, module.rules))


def _form_of_rule(rule: Rule) -> Form:
    head = rule.name, tuple(("ref", name) for name in rule.parameters), form(rule.contains) if rule.contains else TRUE
    return *head, tuple(map(form, rule.body)) or (TRUE,)


def form(node: Literal) -> Form:
    """Return the form of a line or a term."""
    match node:
        case Not(term=term):
            return "not", form(term)
        case SomeIn(variable=variable, collection=collection):
            return "some", ("call", ("ref", *OPERATORS["in"]), ("ref", variable), form(collection))
        case Every(variable=variable, collection=collection, body=body):
            return "every", ("ref", variable), form(collection), tuple(map(form, body))
        case Name(path=path):
            return _reference(path)
        case Lookup(collection=collection, key=key):
            return *_reference(collection.path), key.value
        case Call(function=function, arguments=arguments):
            return "call", _reference(function), *map(form, arguments)
        case Infix(left=left, operator=operator, right=right):
            return _call(OPERATORS[operator], [form(left), form(right)])
        case _:
            return _value(node)


def _value(node: String | Number | Null | Set | Array | Object) -> Form:
    match node:
        case String(value=value):
            return "string", value
        case Number(text=text):
            return "number", text
        case Null():
            return ("null",)
        case Set(items=items):
            return "set", frozenset(map(form, items))
        case Array(items=items):
            return "array", *map(form, items)
        case Object(members=members):
            return "object", frozenset((form(name), form(value)) for name, value in members)
        case _:
            assert_never(node)


def _reference(path: str) -> Form:
    return "ref", *path.split(".")


def _call(function: Sequence[str], arguments: Sequence[Form]) -> Form:
    """An equality may be printed as membership in a collection of one, which is the same."""
    match tuple(function), arguments:
        case ("internal", "member_2"), [left, ("array", only)]:
            return "call", ("ref", "equal"), left, only
        case ("internal", "member_2"), [left, ("set", frozenset() as items)] if len(items) == 1:
            return "call", ("ref", "equal"), left, *items
    return "call", ("ref", *function), *arguments


def form_of_parsed(module: Any) -> Form:
    """Return the form of what `opa parse --format json` prints, its numbers read as texts."""
    package, *imports = (tuple(part["value"] for part in path) for path in _paths(module))
    rules = tuple(_form_of_parsed_rule(rule) for rule in module["rules"])
    return ".".join(package[1:]), tuple(".".join(path) for path in imports), rules


def _paths(module: Any) -> list[Any]:
    return [module["package"]["path"], *(each["path"]["value"] for each in module.get("imports", ()))]


def _form_of_parsed_rule(rule: Any) -> Form:
    head = rule["head"]
    value = _parsed(head["key"] if "key" in head else head["value"])
    return head["name"], tuple(map(_parsed, head.get("args", ()))), value, tuple(map(_line, rule["body"]))


def _line(line: Any) -> Form:
    found = _terms(line["terms"])
    return ("not", found) if line.get("negated") else found


def _terms(terms: Any) -> Form:
    match terms:
        case [function, *arguments]:
            return _call(_parsed(function)[1:], [_parsed(each) for each in arguments])
        case {"symbols": [{"value": value}]}:
            return "some", ("call", *map(_parsed, value))
        case {"domain": domain, "value": variable, "body": body}:
            return "every", _parsed(variable), _parsed(domain), tuple(map(_line, body))
        case _:
            return _parsed(terms)


def _parsed(term: Any) -> Form:
    value = term["value"]
    match term["type"]:
        case "var":
            return "ref", value
        case "ref":
            return "ref", *(part["value"] for part in value)
        case "call":
            return _call(_parsed(value[0])[1:], [_parsed(each) for each in value[1:]])
        case "array":
            return "array", *map(_parsed, value)
        case "set":
            return "set", frozenset(map(_parsed, value))
        case "object":
            return "object", frozenset((_parsed(name), _parsed(each)) for name, each in value)
        case "null":
            return ("null",)
        case scalar:
            return scalar, value
