"""Says what each policy that takes part says about a request, and whether any of them reads its context."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from iam2rego.ir.policy import PolicySet, PolicyType
from iam2rego.jsontext import JsonValue
from iam2rego.native.request import RequestError, read_request
from iam2rego.native.situation import Placed, Situation, situation_of
from iam2rego.native.statements import context_keys

_SHOWN: Final = 5
"""How many policies, and how many statements of one, are named."""

_Voice: TypeAlias = tuple[PolicyType, str]
"""A policy by its name, and the type by which it takes part: a managed policy may be a boundary, too."""


def voices(policies: PolicySet, request: JsonValue) -> list[str]:
    """Return a line for each policy with a statement about the caller and action, and one for all others.

    There are no lines if fewer than two policies take part, or if the request is refused.
    """
    try:
        return list(_voices(situation_of(policies, read_request(request))))
    except RequestError:
        return []


def reads_context(policies: PolicySet, request: Mapping[str, JsonValue]) -> bool:
    """Say whether a statement about the caller and action has a condition or a variable; the request may lack its context.

    If the request is malformed otherwise, the answer is yes.
    """
    try:
        situation = situation_of(policies, read_request({**request, "context": {}}))
    except RequestError:
        return True
    return any(True for each in situation.concerning for _ in context_keys(each.statement))


def _voices(situation: Situation) -> Iterator[str]:
    concerning, applying = _by_voice(situation.concerning), _by_voice(situation.applying)
    taking_part = dict.fromkeys((type_, name) for type_, levels in situation.levels.items() for names in levels for name in names)
    if len(taking_part) < 2:
        return
    yield f"  {len(taking_part)} policies take part:"
    speaking = [each for each in taking_part if each in concerning]
    for each in speaking[:_SHOWN]:
        yield f"    {_name(*each)}: {_words(concerning[each], applying.get(each, ()))}"
    if len(speaking) > _SHOWN:
        yield f"    ... and {len(speaking) - _SHOWN} more with a statement about this action"
    if silent := [name for type_, name in taking_part if (type_, name) not in concerning]:
        yield f"    no statement about this caller and action: {_listed([f'`{name}`' for name in silent])}"


def _name(type_: PolicyType, name: str) -> str:
    """Name a policy, with its type if it is no identity-based policy and the name does not begin with it."""
    return name if type_ is PolicyType.IDENTITY or name.startswith(type_) else f"{name} ({type_})"


def _by_voice(statements: Iterable[Placed]) -> Mapping[_Voice, Sequence[Placed]]:
    """Return the statements by policy, each once, however many levels hold it."""
    found: dict[_Voice, dict[int, Placed]] = {}
    for each in statements:
        found.setdefault((each.type, each.policy.name), {}).setdefault(each.index, each)
    return {voice: tuple(placed.values()) for voice, placed in found.items()}


def _words(concerning: Sequence[Placed], applying: Sequence[Placed]) -> str:
    if applying:
        named = [f"{each.statement.effect} statement {each.index}" for each in applying]
        return f"{_listed(named)} {'applies' if len(named) == 1 else 'apply'}"
    named = [f"{each.statement.effect} statement {each.index}" for each in concerning]
    return f"{_listed(named)} {'does' if len(named) == 1 else 'do'} not apply"


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(texts[:_SHOWN]) + (f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else "")
