"""The principal part of statements (section 4).

What an element lists becomes an object of sets, which the runtime library compares with the caller: it stands in the statement's
rule while its lists are short, and in helper rules where they are not.
"""

from collections.abc import Iterator
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
from iam2rego.rego.literals import string_terms
from iam2rego.rego.parts import Part, cut
from iam2rego.rego.printer import fits
from iam2rego.rego.tree import Call, Infix, Literal, Name, Not, Object, Rule, Set, SomeIn, String, Term

_Listed: TypeAlias = tuple[str, str]
"""A list of the runtime library, and a name in it."""

WILD: Final = String("wild")
KIND: Final = Name("kind")
"""How a statement names the caller (P1): everybody by `WILD`, unless its part binds `KIND`."""

_ANY: Final = ("any", "*")
_NAME: Final = Name("name")


def principal_part(statement: Statement, name: str, *, tells_kind: bool) -> Part:
    """Return the test of the caller; ``name`` is free for its helper rules.

    Where it is wanted and not the same for everybody, the test binds `KIND`.
    """
    if statement.principals is None:
        return Part(())
    listed = [_listed(entry) for entry in statement.principals.entries if not isinstance(entry, Unmatchable)]
    if statement.principals.negated:
        return _not_principal(listed, name, statement.effect)
    if not listed:
        return Part(None)
    if set(listed) == {_ANY} or (_ANY in listed and not tells_kind):
        return Part(())
    return _compared("kind" if tells_kind else "include", listed, name)


def _not_principal(listed: list[_Listed], name: str, effect: Effect) -> Part:
    """Deny all but the exempt (P9 to P11); allow, in lenient mode, whom no entry names (L2)."""
    if effect is Effect.DENY:
        return _compared("exempt", listed, name) if listed else Part(())
    if _ANY in listed:
        return Part(None)
    return _compared("exclude", listed, name) if listed else Part(())


def _compared(how: str, listed: list[_Listed], name: str) -> Part:
    lists = {each: [text for kind, text in listed if kind == each] for each, _ in sorted(listed)}
    given = Object(tuple((String(each), Set(string_terms(texts))) for each, texts in lists.items()))
    if fits(given):
        return Part((_test(how, given),))
    return Part((_test(how, Name(name)),), tuple(_helpers(lists, name)))


def _test(how: str, given: Term) -> Literal:
    match how:
        case "kind":
            return Infix(KIND, ":=", Call("principals.kind", (given,)))
        case "exempt":
            return Not(Call("principals.exempt", (given,)))
        case "exclude":
            return Not(Call("principals.include", (given,)))
        case _:
            return Call("principals.include", (given,))


def _helpers(lists: dict[str, list[str]], name: str) -> Iterator[Rule]:
    """Yield rules that build the object list by list; all of them hold whoever asks, so `not` may be applied to what they make."""
    for each, texts in lists.items():
        for part in cut(list(dict.fromkeys(texts))):
            yield Rule(f"{name}.{each}", (SomeIn(_NAME.path, Set(string_terms(list(part)))),), contains=_NAME)


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
