"""Actions on both sides of an action entry (docs/semantics.md, "Actions")."""

import re
from collections.abc import Iterator
from random import Random
from typing import Final

from iam2rego.ir.pattern import ActionEntry, ActionPattern, Pattern
from iam2rego.ir.policy import Actions
from iam2rego.questions.fill import PLAIN, Filling, fill, near

_FORM: Final = re.compile(r"[A-Za-z0-9.-]+:[A-Za-z0-9._-]+")
_WHOLE: Final = Filling("probe:Probe", "x")
_FILLINGS: Final = (PLAIN, _WHOLE, Filling("", "Y"), Filling("Aa.-9", "0"), Filling("_", "-"))
UNLIKE: Final = "unlike:Unlike"
"""An action that hardly any entry names."""

_PROBES: Final = ("probe:Probe", "iam-probe:Probe", "xyz:Get", "s3:ListProbe")


def base(actions: Actions) -> str:
    """Return an action that should match: one of the first entry, or one unlike every entry of NotAction."""
    if actions.negated:
        return _unlike(actions)
    return next((text for entry in actions.entries for text in met(entry)), _PROBES[0])


def _unlike(actions: Actions) -> str:
    starts = {entry.text.lower()[:2] for entry in actions.entries}
    return next((action for action in _PROBES if action[:2] not in starts), _PROBES[0])


def edges(entry: ActionEntry) -> Iterator[str]:
    """Yield every action at the edges of ``entry``."""
    yield from met(entry)
    yield from missed(entry)


def sides(entry: ActionEntry) -> tuple[list[str], list[str]]:
    """Return every action at the edges of ``entry``: those that match it, and those that just miss it."""
    return list(met(entry)), list(missed(entry))


def pair(entry: ActionEntry, random: Random) -> tuple[list[str], list[str]]:
    """Return two actions that match ``entry``, one in its own letter case, and four that just miss it, as far as they exist."""
    hits, misses = sides(entry)
    return [*hits[:1], *_any(hits, random)], [*misses[:3], *_any(misses, random)]


def _any(texts: list[str], random: Random) -> list[str]:
    return random.sample(texts, min(1, len(texts)))


def met(entry: ActionEntry) -> Iterator[str]:
    """Yield actions that ``entry`` should match: its wildcards filled in several ways, and in other letter case (A3, A4)."""
    if isinstance(entry, ActionPattern):
        for filling in _FILLINGS:
            yield from _well_formed(entry.segments, filling)
        for text in list(_well_formed(entry.segments, PLAIN)):
            yield from (text.swapcase(), text.upper())


def missed(entry: ActionEntry) -> Iterator[str]:
    """Yield actions that ``entry`` should just miss: another service, or one character changed, dropped or added."""
    if isinstance(entry, ActionPattern):
        plain = list(_well_formed(entry.segments, PLAIN))
        yield from (near_service for text in plain for near_service in (text.replace(":", "x:"), f"x{text}"))
        for pattern in near(entry.segments):
            yield from _well_formed(pattern, PLAIN)
        yield from (f"probe:{text.partition(':')[2]}" for text in plain)
    elif _FORM.fullmatch(entry.text.strip()):
        yield entry.text.strip()


def _well_formed(pattern: Pattern, filling: Filling) -> Iterator[str]:
    text = fill(pattern, filling)
    if _FORM.fullmatch(text):
        yield text
