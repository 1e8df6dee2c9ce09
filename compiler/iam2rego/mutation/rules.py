"""Mutation operators on a line of a rule, a rule, or all rules of a module."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from iam2rego.mutation.rewriting import one_changed
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
    Number,
    Rule,
    SomeIn,
    String,
    Term,
    names,
)

_TRUE: Final = Name("true")
_OPPOSITE: Final = {"allow": "deny", "deny": "allow"}
_SETS: Final = ("allow", "deny", "reads_context")
_MISSING: Final = ("context.absent", "context.is_null", "context.is_null_dataset")
"""The functions that test whether a key is missing."""


def without_a_condition(rule: Rule) -> Iterator[tuple[Rule, ...]]:
    """Yield the rule with one line replaced by one that is always true; OPA requires that iteration variables are still used."""
    for body in one_changed(rule.body, _dropped):
        changed = replace(rule, body=body)
        if _uses_what_it_iterates(changed):
            yield (changed,)


def _dropped(literal: Literal) -> Iterator[Literal]:
    """Yield a line that is always true, unless the line declares a variable, which others need."""
    match literal:
        case SomeIn() | Infix(operator=":="):
            return
        case Every(variable=variable, body=body):
            for new in one_changed(body, _dropped):
                if variable in _names(new):
                    yield replace(literal, body=new)
    yield _TRUE


def _uses_what_it_iterates(rule: Rule) -> bool:
    used = _names((*rule.body, *([rule.contains] if rule.contains else [])))
    return all(literal.variable in used for literal in rule.body if isinstance(literal, SomeIn))


def _names(literals: Iterable[Literal]) -> set[str]:
    return {name for literal in literals for name in names(literal)}


def affirmed(literal: Literal) -> Iterator[Literal]:
    """Yield the line without its negation."""
    match literal:
        case Not(term=term):
            yield term
        case Infix(operator="!=") as unequal:
            yield replace(unequal, operator="==")
        case Every(body=body):
            yield from (replace(literal, body=new) for new in one_changed(body, affirmed))


def flipped(rule: Rule) -> Iterator[tuple[Rule, ...]]:
    """Yield the rule with the other effect."""
    if rule.name in _OPPOSITE:
        yield (replace(rule, name=_OPPOSITE[rule.name], contains=_flipped_member(rule)),)


def renumbered(rule: Rule) -> Iterator[tuple[Rule, ...]]:
    """Yield the rule with another statement's index, except for `reads_context`, because another statement may read the same keys."""
    match rule.contains:
        case Number(text=index) if rule.name in _OPPOSITE:
            yield (replace(rule, contains=Number(str(int(index) + 1))),)
        case Array(items=(Number(text=index), kind)):
            yield (replace(rule, contains=Array((Number(str(int(index) + 1)), kind))),)


def _flipped_member(rule: Rule) -> Term | None:
    """Return the bare index, as a Deny has it; this also turns an Allow of a resource-based policy into a Deny."""
    match rule.contains:
        case Array(items=(index, _)):
            return index
    return rule.contains


def without_a_rule(module: Module) -> Iterator[Module]:
    """Yield the module without one of its rules, unless another rule needs it."""
    kept = Counter(rule.name.partition(".")[0] for rule in module.rules)
    for place, rule in enumerate(module.rules):
        if rule.name in _SETS or kept[rule.name.partition(".")[0]] > 1:
            yield replace(module, rules=(*module.rules[:place], *module.rules[place + 1 :]))


def met_by_a_missing_key(rule: Rule) -> Iterator[tuple[Rule, ...]]:
    """Yield the rule with a second one, in which a condition holds because its key is missing."""
    for body in one_changed(rule.body, _absent):
        yield rule, replace(rule, body=body)


def _absent(literal: Literal) -> Iterator[Literal]:
    match literal:
        case Every() | Not() | SomeIn() | Infix(operator=":="):
            return
    for key in dict.fromkeys(_keys(literal)):
        yield Call("context.absent", (key,))


def _keys(term: Term) -> Iterator[String]:
    """Yield the context keys whose texts a term compares."""
    match term:
        case Call(function="context.text", arguments=(String() as key,)):
            yield key
        case Lookup(key=key):
            yield key
        case Call(arguments=arguments):
            for argument in arguments:
                yield from _keys(argument)
        case Infix(left=left, right=right):
            yield from (*_keys(left), *_keys(right))


def present(literal: Literal) -> Iterator[Literal]:
    """Yield a line that is never true in place of one that is true when a key is missing."""
    match literal:
        case Call(function=function) if function in _MISSING:
            yield Name("false")
        case Not(term=Call(function=function)) if function in _MISSING:
            yield _TRUE
