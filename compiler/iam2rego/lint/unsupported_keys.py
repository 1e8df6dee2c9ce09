"""Finds conditions on keys that requests for some of the actions of a statement never have (C25)."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from iam2rego.catalogue.service_keys import supports
from iam2rego.catalogue.services import Catalogue
from iam2rego.ir.condition import Condition, Operator, Qualifier
from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Effect
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested, Written
from iam2rego.syntax.report import quote

_NAMED: Final = 3
"""How many actions a message names."""


def wants_the_key(condition: Condition) -> bool:
    """Say whether the condition is written for requests with the key only: neither `Null` nor ``IfExists``."""
    return condition.operator is not Operator.NULL and not condition.if_exists


def is_resource_tag(condition: Condition) -> bool:
    """Say whether the key is a tag of the resource."""
    return fold_key(condition.key).startswith("aws:resourcetag/")


def _actions_without(statement: Written, key: str, known: Catalogue) -> tuple[ActionPattern, ...]:
    """Return the entries of ``Action`` that name one action, which the catalogue has, and which lacks the key."""
    return () if statement.read.actions.negated else tuple(_without(statement, fold_key(key), known))


def never_had(subject: Subject, is_checked: Callable[[Condition, Catalogue], bool]) -> Iterator[tuple[Effect, Tested, str, str]]:
    """Yield conditions on keys that some named actions lack, with the effect, a message and a hint; without a catalogue, nothing."""
    known = subject.catalogue
    for statement in subject.statements if known else ():
        for test in statement.tests:
            condition = test.condition
            is_wanted = known and wants_the_key(condition) and is_checked(condition, known)
            if known and is_wanted and (actions := _actions_without(statement, condition.key, known)):
                message = f"requests for {_list_actions(actions)} never have the key {quote(condition.key)}"
                hint = f"for them the condition is {spell_result(condition)}: write a statement of its own ({known.source})"
                yield statement.read.effect, test, message, hint


def _without(statement: Written, folded: str, known: Catalogue) -> Iterator[ActionPattern]:
    for entry in statement.read.actions.entries:
        service, _, action = entry.text.lower().partition(":")
        exists = service in known.services and action in known.actions_of(service)
        if isinstance(entry, ActionPattern) and exists and not supports(service, action, folded, known):
            yield entry


def _list_actions(actions: tuple[ActionPattern, ...]) -> str:
    """Return the first actions, quoted, and the number of the others."""
    named = ", ".join(quote(each.text) for each in islice(actions, _NAMED))
    others = len(actions) - _NAMED
    return f"{named} and {others} more" if others > 0 else named


def spell_result(condition: Condition) -> str:
    """Say what the condition is without the key (C4, C8 to C10)."""
    is_true = condition.qualifier is Qualifier.FOR_ALL_VALUES or (condition.qualifier is None and "Not" in condition.operator)
    return "always true" if is_true else "never true"
