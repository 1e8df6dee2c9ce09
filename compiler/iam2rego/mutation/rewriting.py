"""Applies a mutation operator to each node of a Rego tree in turn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

from iam2rego.rego.language.tree import Array, Call, Every, Infix, Literal, Lookup, Module, Not, Object, Rule, Set, SomeIn, String, Term

_T = TypeVar("_T")

Change: TypeAlias = Callable[[_T], Iterator[_T]]
"""Yields the mutants of a node; none if the operator does not apply to it."""

Rewriting: TypeAlias = Callable[[Module], Iterator[Module]]
"""Yields a mutant of a module for each place that an operator changes."""


def of_rules(change: Callable[[Rule], Iterator[tuple[Rule, ...]]]) -> Rewriting:
    """Return the rewriting that replaces one rule by others."""

    def rewriting(module: Module) -> Iterator[Module]:
        for place, rule in enumerate(module.rules):
            for new in change(rule):
                yield replace(module, rules=(*module.rules[:place], *new, *module.rules[place + 1 :]))

    return rewriting


def of_literals(change: Change[Literal]) -> Rewriting:
    """Return the rewriting that changes one line of a body; ``change`` itself descends into `every`."""
    return of_rules(lambda rule: ((replace(rule, body=body),) for body in one_changed(rule.body, change)))


def of_terms(change: Change[Term]) -> Rewriting:
    """Return the rewriting that changes one term of a body."""
    return of_literals(lambda literal: _in_literal(literal, change))


def one_changed(items: Sequence[_T], change: Change[_T]) -> Iterator[tuple[_T, ...]]:
    """Yield ``items`` with one of them changed."""
    for place, item in enumerate(items):
        yield from ((*items[:place], new, *items[place + 1 :]) for new in change(item))


def _in_literal(literal: Literal, change: Change[Term]) -> Iterator[Literal]:
    match literal:
        case Not(term=term):
            yield from map(Not, _in_term(term, change))
        case SomeIn(collection=collection):
            yield from (replace(literal, collection=new) for new in _in_term(collection, change))
        case Every(collection=collection, body=body):
            yield from (replace(literal, collection=new) for new in _in_term(collection, change))
            yield from (replace(literal, body=new) for new in one_changed(body, lambda each: _in_literal(each, change)))
        case _:
            yield from _in_term(literal, change)


def _in_term(term: Term, change: Change[Term]) -> Iterator[Term]:
    """Yield ``term`` with one change, to itself or to a term inside it."""
    yield from change(term)
    match term:
        case Call(function="glob.match", arguments=(glob, delimiters, subject)):
            yield from (replace(term, arguments=(new, delimiters, subject)) for new in _in_term(glob, change))
            yield from (replace(term, arguments=(glob, delimiters, new)) for new in _in_term(subject, change))
        case Call(arguments=arguments):
            yield from (replace(term, arguments=new) for new in one_changed(arguments, lambda each: _in_term(each, change)))
        case Set(items=items) | Array(items=items):
            yield from (replace(term, items=new) for new in one_changed(items, lambda each: _in_term(each, change)))
        case Object(members=members):
            yield from (Object(new) for new in one_changed(members, lambda member: _in_member(member, change)))
        case Infix(left=left, right=right):
            yield from (replace(term, left=new) for new in _in_term(left, change))
            yield from (replace(term, right=new) for new in _in_term(right, change))
        case Lookup(key=key):
            yield from (replace(term, key=new) for new in change(key) if isinstance(new, String))


def _in_member(member: tuple[String, Term], change: Change[Term]) -> Iterator[tuple[String, Term]]:
    name, value = member
    yield from ((name, new) for new in _in_term(value, change))
