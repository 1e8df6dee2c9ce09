"""Determines whether policies allow actions on KMS keys, so that key policies also matter (E15)."""

import re
from fnmatch import fnmatchcase
from typing import Final

from iam2rego.ir.pattern import ActionEntry, ActionPattern, AnyOne, AnyResource, AnyRun, ArnPattern, Pattern, ResourceEntry, Text, Variable
from iam2rego.ir.policy import Effect, Policy, PolicyType, Statement

_SERVICE: Final = "kms"
_FIELDS: Final = 6
_KEY: Final = "key/"


def allows_keys(policy: Policy) -> bool:
    """Return whether an identity policy allows some KMS action on a possible key; conditions and other statements are ignored."""
    return policy.type is PolicyType.IDENTITY and any(map(_allows, policy.document.statements))


def _allows(statement: Statement) -> bool:
    actions, resources = statement.actions, statement.resources
    if statement.effect is Effect.DENY:
        return False
    named = not any(map(_is_every_action, actions.entries)) if actions.negated else any(map(_is_of_service, actions.entries))
    reached = not any(map(_is_every_key, resources.entries)) if resources.negated else any(map(_may_be_key, resources.entries))
    return named and reached


def _is_of_service(entry: ActionEntry) -> bool:
    if not isinstance(entry, ActionPattern) or _begins_otherwise(entry):
        return False
    return fnmatchcase(_SERVICE, _glob(entry.segments).lower().partition(":")[0])


def _begins_otherwise(entry: ActionPattern) -> bool:
    """Say, at once, whether an action cannot be one on keys, as nearly none can."""
    first = entry.segments[0]
    return isinstance(first, Text) and first.text[0].lower() != _SERVICE[0]


def _is_every_action(entry: ActionEntry) -> bool:
    return isinstance(entry, ActionPattern) and _glob(entry.segments).lower() in ("*", f"{_SERVICE}:*", "*:*")


def _may_be_key(entry: ResourceEntry) -> bool:
    match entry:
        case AnyResource():
            return True
        case ArnPattern(fields=fields):
            _, _, service, _, _, name = map(_glob, (*fields, *[(AnyRun(),)] * (_FIELDS - len(fields))))  # R5
            start = re.split(r"[*?]", name, maxsplit=1)[0]
            return fnmatchcase(_SERVICE, service) and (start.startswith(_KEY) or _KEY.startswith(start))
    return False


def _is_every_key(entry: ResourceEntry) -> bool:
    return isinstance(entry, AnyResource)


def _glob(pattern: Pattern) -> str:
    """Spell a pattern as `fnmatch` reads it; a variable may have any value."""
    return "".join(_spelled(segment) for segment in pattern)


def _spelled(segment: Text | AnyRun | AnyOne | Variable) -> str:
    match segment:
        case Text(text=text):
            return text.replace("[", "[[]")
        case AnyOne():
            return "?"
        case _:
            return "*"
