"""IAM502: an action entry that matches no action that exists, as far as the catalogue knows (A9)."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from iam2rego.catalogue.services import Catalogue, catalogue
from iam2rego.diagnostics import Code, Diagnostic, Severity
from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Policy
from iam2rego.lint.inclusion import covers, is_single, spell_action
from iam2rego.source import Source

_ALIKE: Final = 0.8
"""How much of two names must agree for one to be taken for the other's misspelling."""


def unknown_actions(policy: Policy, source: Source) -> Iterator[Diagnostic]:
    """Look for entries of ``Action`` and ``NotAction`` that match nothing; without a catalogue nothing is known, so nothing found."""
    known = catalogue()
    if known is None:
        return
    for statement in policy.document.statements:
        for entry in statement.actions.entries:
            if isinstance(entry, ActionPattern) and (finding := _finding(entry, known)):
                message, hint = finding
                yield Diagnostic(Code.UNKNOWN_ACTION, message, source, entry.span, f"{hint} ({known.source})", Severity.WARNING)


def _finding(entry: ActionPattern, known: Catalogue) -> tuple[str, str] | None:
    """Return what is wrong with an entry, and a hint; an entry whose service is not spelled out is not judged."""
    service, _, name = entry.text.lower().partition(":")
    if "*" in service or "?" in service:
        return None
    if service not in known.services:
        return f"no service has the prefix `{service}`", _suggestion(service, {each: each for each in known.services})
    actions = known.actions_of(service)
    if name in actions or _matches_any(entry, service, actions):
        return None
    spelled = {action: f"{service}:{actions[action]}" for action in actions}
    return f"no action matches `{entry.text}`", _suggestion(name, spelled)


def _matches_any(entry: ActionPattern, service: str, actions: Iterable[str]) -> bool:
    pattern = spell_action(entry.segments)
    return not is_single(pattern) and any(covers(pattern, tuple(f"{service}:{action}")) for action in actions)


def _suggestion(name: str, spelled: Mapping[str, str]) -> str:
    """Return a hint with the closest name as it is spelled."""
    close = get_close_matches(name, spelled, n=1, cutoff=_ALIKE)
    return f"did you mean `{spelled[close[0]]}`?" if close else "none of a similar name is known"
