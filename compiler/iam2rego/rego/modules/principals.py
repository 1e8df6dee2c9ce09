"""The principal part of statements (docs/semantics.md, "Principals").

What an element lists becomes an object of sets, which the runtime library compares with the caller: it stands in the statement's
rule while its lists are short, and in helper rules where they are not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.policy import Effect, Statement
from iam2rego.ir.principal import (
    AccountPrincipal,
    AnyPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    ServicePrincipal,
    UniqueIdPrincipal,
)
from iam2rego.rego.modules.literals import string_terms
from iam2rego.rego.modules.parts import Part
from iam2rego.rego.modules.printer import fits
from iam2rego.rego.modules.tree import Call, Infix, Literal, Name, Not, Object, Rule, Set, SomeIn, String, Term

_Listed: TypeAlias = tuple[str, str]
"""A list of the runtime library, and a name in it."""

WILD: Final = String("wild")
KIND: Final = Name("kind")
"""How a statement names the caller (P1): everybody by `WILD`, unless its part binds `KIND`."""

_ANY: Final = ("any", "*")
_NAME: Final = Name("name")
_EVERYBODY: Final = True
_NOBODY: Final = False


class Question(StrEnum):
    """What is asked about the caller: whether the lists name it, or do not, how they do (P1), or whether they do not exempt it (P10)."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    KIND = "kind"
    NOT_EXEMPT = "not_exempt"


@dataclass(frozen=True, slots=True)
class Callers:
    """A question, and the lists of the runtime library that it is about, by name."""

    question: Question
    lists: Mapping[str, list[str]]


def principal_part(statement: Statement, name: str, *, tells_kind: bool) -> Part:
    """Return the test of the caller; ``name`` is free for its helper rules.

    Where it is wanted and not the same for everybody, the test binds `KIND`.
    """
    match callers(statement, tells_kind=tells_kind):
        case Callers(question=question, lists=lists):
            return _compared(question, lists, name)
        case True:
            return Part(())
        case False:
            return Part(None)


def callers(statement: Statement, *, tells_kind: bool) -> Callers | bool:
    """Return what must be asked about the caller, or whether everybody is meant, or nobody."""
    if statement.principals is None:
        return _EVERYBODY
    listed = [_listed(entry) for entry in statement.principals.entries if not isinstance(entry, Unmatchable)]
    if statement.principals.negated:
        return _all_but(listed, statement.effect)
    if not listed:
        return _NOBODY
    if set(listed) == {_ANY} or (_ANY in listed and not tells_kind):
        return _EVERYBODY
    return Callers(Question.KIND if tells_kind else Question.INCLUDE, _lists(listed))


def _all_but(listed: list[_Listed], effect: Effect) -> Callers | bool:
    """Deny all but the exempt (P9 to P11); allow, in lenient mode, whom no entry names (L2)."""
    if not listed:
        return _EVERYBODY
    if effect is Effect.DENY:
        return Callers(Question.NOT_EXEMPT, _lists(listed))
    return _NOBODY if _ANY in listed else Callers(Question.EXCLUDE, _lists(listed))


def _lists(listed: list[_Listed]) -> dict[str, list[str]]:
    """Return the names of each list, each once."""
    return {each: list(dict.fromkeys(text for kind, text in listed if kind == each)) for each, _ in sorted(listed)}


def _compared(question: Question, lists: Mapping[str, list[str]], name: str) -> Part:
    given = Object(tuple((String(each), Set(string_terms(texts))) for each, texts in lists.items()))
    if fits(given):
        return Part((_test(question, given),))
    return Part((_test(question, Name(name)),), tuple(_helpers(lists, name)))


def _test(question: Question, given: Term) -> Literal:
    match question:
        case Question.KIND:
            return Infix(KIND, ":=", Call("principals.kind", (given,)))
        case Question.INCLUDE:
            return Call("principals.include", (given,))
        case Question.EXCLUDE:
            return Not(Call("principals.include", (given,)))
        case Question.NOT_EXEMPT:
            return Not(Call("principals.exempt", (given,)))


def _helpers(lists: Mapping[str, list[str]], name: str) -> Iterator[Rule]:
    """Yield rules that build the object list by list; all of them hold whoever asks, so `not` may be applied to what they make."""
    for each, texts in lists.items():
        yield Rule(f"{name}.{each}", (SomeIn(_NAME.path, Set(string_terms(texts))),), contains=_NAME)


def _listed(entry: PrincipalEntry) -> _Listed:
    match entry:
        case AnyPrincipal():
            return _ANY
        case AccountPrincipal(account=account, partition=None):
            return "account", account
        case AccountPrincipal(account=account, partition=partition):
            return "account", f"arn:{partition}:iam::{account}:root"
        case ArnPrincipal(arn=arn):
            return "arn", arn
        case UniqueIdPrincipal(unique_id=unique_id):
            return "unique_id", unique_id
        case ServicePrincipal(service=service):
            return "service", service
        case FederatedPrincipal(provider=provider):
            return "provider", provider
        case CanonicalUserPrincipal(canonical_user=canonical_user):
            return "canonical_user", canonical_user
        case Unmatchable():
            raise AssertionError("an entry that names nobody is left out")
