"""IAM502: an action entry that matches no action in the catalogue (A9)."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from iam2rego.catalogue.services import Catalogue
from iam2rego.catalogue.unlisted import UNLISTED, UNLISTED_ACTIONS
from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionPattern
from iam2rego.lint.edits import only_close, respelled
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.fix import Edit, Safety, unsafe
from iam2rego.lint.inclusion import beginning, covers, is_single, spell_action
from iam2rego.lint.subject import Subject
from iam2rego.syntax.segments import action_pattern

FINDING: Final = Finding(
    code="IAM502",
    name="unknown-action",
    level=Level.WARNING,
    summary="No action of AWS matches the entry (A9).",
    why="The message names the list of actions. A service or action may be newer. For services that AWS has ended it is a notice.",
    remedy="Correct the spelling; the message names the closest action.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecs:DescribeCluster", "Resource": "*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ecs:DescribeClusters", "Resource": "*"}}',
    aws=("INVALID_ACTION", "INVALID_SERVICE_IN_ACTION"),
    reference="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    fix=Safety.UNSAFE,
)

_CACHED: Final = 8192
_ALIKE: Final = 0.8
"""How similar two names must be for one to count as a misspelling of the other."""


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for entries of ``Action`` and ``NotAction`` that match nothing."""
    known = subject.catalogue
    entries = (entry for statement in subject.statements for entry in statement.read.actions.entries)
    for entry in entries:
        if isinstance(entry, ActionPattern) and (finding := _finding(entry.text, known)):
            message, hint, aws = finding
            level = Level.NOTICE if _is_unlisted(entry.text.lower()) else None
            fix = unsafe("write the name that is similar", _respelled, subject, entry, known)
            yield Occurrence(entry.span, message, f"{hint} ({known.source})", aws, level, fix=fix)


def _is_unlisted(action: str) -> bool:
    return action in UNLISTED_ACTIONS or action.partition(":")[0] in UNLISTED


@lru_cache(_CACHED)
def _finding(entry: str, known: Catalogue) -> tuple[str, str, str] | None:
    """Return a message, a hint and AWS's issue code; an entry with a wildcard in its service is not checked."""
    service, _, name = entry.lower().partition(":")
    is_known = service in known.services and name in known.actions_of(service)
    if is_known or "*" in service or "?" in service or _matches_any(entry, service, known):
        return None
    return unknown_action(entry, known)


def unknown_action(action: str, known: Catalogue) -> tuple[str, str, str] | None:
    """Return a message, a hint and AWS's issue code if the catalogue does not have the action."""
    service, _, name = action.lower().partition(":")
    if service not in known.services:
        hint = _suggestion(service, {each: each for each in known.services})
        return f"no service has the prefix `{service}`", hint, "INVALID_SERVICE_IN_ACTION"
    actions = known.actions_of(service)
    if name in actions:
        return None
    spelled = {each: f"{service}:{actions[each]}" for each in actions}
    return f"no action matches `{action}`", _suggestion(name, spelled), "INVALID_ACTION"


def _respelled(subject: Subject, entry: ActionPattern, known: Catalogue) -> tuple[Edit, ...]:
    return respelled(subject, entry.span, entry.text, _similar(entry, known))


def _similar(entry: ActionPattern, known: Catalogue) -> str | None:
    """Return the entry with the only service or action that is similar."""
    prefix, _, name = entry.text.partition(":")
    if prefix.lower() not in known.services:
        service = only_close(prefix, known.services)
        return f"{service}:{name}" if service else None
    action = only_close(name, known.actions_of(prefix.lower()).values())
    return f"{prefix}:{action}" if action else None


def _matches_any(entry: str, service: str, known: Catalogue) -> bool:
    """Say whether an entry with a wildcard matches an action of the service."""
    pattern = spell_action(action_pattern(entry))
    actions = known.actions_of(service) if service in known.services and not is_single(pattern) else ()
    head = beginning(pattern)
    return any(each.startswith(head) and covers(pattern, each) for each in (f"{service}:{action}" for action in actions))


def _suggestion(name: str, spelled: Mapping[str, str]) -> str:
    """Return a hint with the closest name in its usual spelling."""
    close = get_close_matches(name, spelled, n=1, cutoff=_ALIKE)
    return f"did you mean `{spelled[close[0]]}`?" if close else "there is no similar name"
