"""Parts by their actions, and the index of a user."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from iam2rego.rego.bundle.names import short_names
from iam2rego.rego.classes.index import index
from iam2rego.rego.classes.parts import WHOLE, Given, Part, Patterns
from iam2rego.rego.classes.rows import Held

USER: Final = "arn:aws:iam::111111111111:user/u"


def allow(*actions: str, conditional: bool = False, denies: bool = False, negated: bool = False, given: Given | None = None) -> Part:
    services: dict[str, Patterns] = {}
    for action in actions:
        service, _, name = action.partition(":")
        whole = WHOLE if "*" in service else service
        text = action if whole == WHOLE else name
        kind = 0 if "*" not in text else 1 if text.index("*") == len(text) - 1 else 2
        services.setdefault(whole, ([], [], []))[kind].append(text.removesuffix("*") if kind == 1 else text)
    return Part(denies, conditional or given is not None, negated, services, given)


def deny(*actions: str, conditional: bool = False, negated: bool = False) -> Part:
    return allow(*actions, conditional=conditional, negated=negated, denies=True)


def made(identity: Iterable[Part], boundary: Iterable[Part] | None = None, named: Iterable[str] = ()) -> Mapping[str, Any]:
    """Return the index of a user; a policy of another one names more actions."""
    policies = {"identity": tuple(identity), "boundary": tuple(boundary or ()), "other": (allow(*named),)}
    other = {"arn:aws:iam::111111111111:user/other": Held(("other",), None)}
    callers = {USER: Held(("identity",), None if boundary is None else ("boundary",)), **other}
    return index(policies, callers, None, {"k": "K", "l": "L"}, short_names)
