"""Turns a statement's test of the resource into lines of its rule."""

from typing import Final, assert_never

from iam2rego.rego.language.tree import Call, Name, Not, Rule, String, Term
from iam2rego.rego.modules.fragment import Body, Fragment
from iam2rego.rego.modules.texts import any_pattern_rules, constant_term, pattern_term
from iam2rego.rego.reading.resources import ResourceTest
from iam2rego.rego.reading.texts import AnyPattern, Like, LikeAny, OneOf, Ordering, StartsWith, TextTest, Within

_RESOURCE: Final = Name("input.resource")


def resource_fragment(test: ResourceTest | None, name: str) -> Fragment:
    """Return the test of the resource; ``name`` is free for a helper function."""
    if test is None:
        return Fragment(None)
    needed = tuple(Call("context.variable", (String(key),)) for key in test.needed)
    lines, helpers = ((), ()) if test.test is None else _tested(test.test, name, negated=test.negated)
    return Fragment((*needed, *lines), helpers)


def _tested(test: TextTest, name: str, *, negated: bool) -> tuple[Body, tuple[Rule, ...]]:
    match test:
        case AnyPattern(each=(only,)) if not negated:
            return (pattern_term(only, _RESOURCE),), ()
        case AnyPattern():
            return (_negated(Call(name, (_RESOURCE,)), negated),), tuple(any_pattern_rules(name, test))
        case OneOf() | Ordering() | Within() | StartsWith() | Like() | LikeAny():
            return (_negated(constant_term(test, _RESOURCE), negated),), ()
        case _:
            assert_never(test)


def _negated(term: Term, negated: bool) -> Term | Not:
    return Not(term) if negated else term
