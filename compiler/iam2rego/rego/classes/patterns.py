"""The wildcard patterns of Allows, for actions that no policy names."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from iam2rego.rego.classes.parts import WHOLE, Part


class Pattern(NamedTuple):
    """A pattern for action names of one service: a glob or a prefix."""

    service: str
    is_glob: bool
    text: str


WIDE: Final = Pattern(WHOLE, is_glob=True, text="*")
"""The pattern that may match any action."""


def allowing(parts: Iterable[Part]) -> set[Pattern]:
    """Return the patterns of the Allows in ``parts``; those that name no service become `WIDE`."""
    found: set[Pattern] = set()
    for part in parts:
        if part.is_wide and not part.denies:
            found.add(WIDE)
        elif not part.denies:
            for service, (_, prefixes, globs) in part.services.items():
                found.update(Pattern(service, is_glob=False, text=prefix) for prefix in prefixes)
                found.update(Pattern(service, is_glob=True, text=glob) for glob in globs)
    return found


def prefixes(tokens: Mapping[Pattern, str]) -> dict[str, Any]:
    """Return the tokens of prefixes by service, first letter and prefix; the letter is empty if the prefix is."""
    found: dict[str, Any] = {}
    for pattern, token in tokens.items():
        if not pattern.is_glob:
            found.setdefault(pattern.service, {}).setdefault(pattern.text[:1], {})[pattern.text] = token
    return found


def globs(tokens: Mapping[Pattern, str]) -> dict[str, Any]:
    """Return the tokens of globs by service and glob."""
    found: dict[str, Any] = {}
    for pattern, token in tokens.items():
        if pattern.is_glob and pattern != WIDE:
            found.setdefault(pattern.service, {})[pattern.text] = token
    return found
