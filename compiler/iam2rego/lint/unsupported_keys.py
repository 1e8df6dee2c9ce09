"""Finds conditions on keys that requests for some of the actions of a statement never have (C25)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from iam2rego.catalogue.service_keys import lacks
from iam2rego.catalogue.services import Catalogue
from iam2rego.ir.condition import Condition, Operator, Qualifier
from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Effect
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested, Written
from iam2rego.syntax.report import quote

_NAMED: Final = 3
"""How many actions a message names."""


@dataclass(frozen=True, slots=True)
class Untested:
    """A condition on a key that some of the actions which a statement names never have, and what `check` says about it.

    ``allows_the_rest`` says that this only keeps an `Allow` from some of its actions: it allows the others as it says.
    """

    effect: Effect
    test: Tested
    message: str
    hint: str
    allows_the_rest: bool


def wants_the_key(condition: Condition) -> bool:
    """Say whether the condition is written for requests with the key only: neither `Null` nor ``IfExists``."""
    return condition.operator is not Operator.NULL and not condition.if_exists


def is_resource_tag(condition: Condition) -> bool:
    """Say whether the key is a tag of the resource."""
    return fold_key(condition.key).startswith("aws:resourcetag/")


def never_had(subject: Subject, is_checked: Callable[[Condition, Catalogue], bool]) -> Iterator[Untested]:
    """Yield the conditions on keys that some named actions lack."""
    known = subject.catalogue
    for statement in subject.statements:
        for test in statement.tests:
            condition = test.condition
            is_wanted = wants_the_key(condition) and is_checked(condition, known)
            if is_wanted and (actions := _actions_without(statement, condition.key, known)):
                message = f"requests for {_list_actions(actions)} never have the key {quote(condition.key)}"
                hint = f"for them the condition is {spell_result(condition)}: write a statement of its own ({known.source})"
                yield Untested(statement.read.effect, test, message, hint, _allows_the_rest(statement, condition.key, len(actions)))


def _allows_the_rest(statement: Written, key: str, without: int) -> bool:
    is_part = without < len(statement.read.actions.entries)
    tests = [each for each in statement.read.conditions if fold_key(each.key) == fold_key(key) and wants_the_key(each)]
    return statement.read.effect is Effect.ALLOW and is_part and not all(map(is_true_without, tests))


def _actions_without(statement: Written, key: str, known: Catalogue) -> tuple[ActionPattern, ...]:
    """Return the entries of ``Action`` that name one action, which the catalogue has, and which lacks the key."""
    return () if statement.read.actions.negated else tuple(_without(statement, fold_key(key), known))


def _without(statement: Written, folded: str, known: Catalogue) -> Iterator[ActionPattern]:
    for entry in statement.read.actions.entries:
        service, _, action = entry.text.lower().partition(":")
        exists = service in known.services and action in known.actions_of(service)
        if isinstance(entry, ActionPattern) and exists and lacks(service, action, folded, known):
            yield entry


def _list_actions(actions: tuple[ActionPattern, ...]) -> str:
    """Return the first actions, quoted, and the number of the others."""
    named = ", ".join(quote(each.text) for each in islice(actions, _NAMED))
    others = len(actions) - _NAMED
    return f"{named} and {others} more" if others > 0 else named


def is_true_without(condition: Condition) -> bool:
    """Say whether the condition is true for a request without the key (C4, C8 to C10); neither `Null` nor ``IfExists``."""
    return condition.qualifier is Qualifier.FOR_ALL_VALUES or (condition.qualifier is None and "Not" in condition.operator)


def spell_result(condition: Condition) -> str:
    """Say what the condition is without the key."""
    return "always true" if is_true_without(condition) else "never true"
