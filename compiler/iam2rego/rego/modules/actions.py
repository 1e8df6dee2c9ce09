"""Turns a statement's test of the action into bodies of rules."""

from typing import Final, assert_never

from iam2rego.rego.language.tree import Call, Name, Not, Term
from iam2rego.rego.modules.fragment import Body
from iam2rego.rego.modules.texts import constant_term, strings
from iam2rego.rego.reading.actions import ActionTest, Alternative
from iam2rego.rego.reading.texts import Like, LikeAny, OneOf, Ordering, StartsWith, StartsWithAny, Within

_ACTION: Final = Name("input.action")


def action_bodies(test: ActionTest | bool) -> list[Body]:
    """Return alternative bodies, each in a form that OPA can index, except for NotAction."""
    match test:
        case True:
            return [()]
        case False:
            return []
        case ActionTest(negated=True, alternatives=alternatives):
            return [tuple(Not(_term(each)) for each in alternatives)]
        case ActionTest(alternatives=alternatives):
            return [(_term(each),) for each in alternatives]
        case _:
            assert_never(test)


def _term(test: Alternative) -> Term:
    match test:
        case StartsWithAny(prefixes=prefixes):
            return Call("strings.any_prefix_match", (_ACTION, strings(prefixes)))
        case OneOf() | Ordering() | Within() | StartsWith() | Like() | LikeAny():
            return constant_term(test, _ACTION)
        case _:
            assert_never(test)
