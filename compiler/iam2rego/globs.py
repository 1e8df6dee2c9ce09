"""Patterns of paths, as configuration and options name files."""

import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

_PART: Final = re.compile(r"\*\*/|\*+|\?|\[!?\]?[^]/]*\]|[^*?[]+|\[")


@dataclass(frozen=True)
class Glob:
    """A pattern of paths with `/` between folders.

    `*` is any text without `/`, `?` one character, `[ab]` or `[!ab]` one of some, and `**` any number of folders. A pattern without `/`
    matches names at any depth. What matches a folder matches everything below it.

    Raises:
        ValueError: a range such as `[b-a]` has no characters.
    """

    pattern: str

    def __post_init__(self) -> None:
        _ = self._expression

    def matches(self, path: str) -> bool:
        """Return whether the relative ``path`` matches, or a folder above it."""
        return self._expression.match(path) is not None

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        pattern = self.pattern.removeprefix("./").rstrip("/")
        anywhere = "" if "/" in pattern else "(?:.*/)?"
        parts = _PART.findall(pattern.removeprefix("/"))
        try:
            return re.compile(f"{anywhere}{''.join(map(_expression_of, parts))}(?:/.*)?\\Z", re.DOTALL)
        except re.error as failure:
            raise ValueError(f"`{self.pattern}` is not a pattern of paths: {failure.msg}") from None


def _expression_of(part: str) -> str:
    """Return the regular expression of a part of a pattern."""
    if part == "**/":
        return "(?:.*/)?"
    if part.startswith("*"):
        return ".*" if len(part) > 1 else "[^/]*"
    if part == "?":
        return "[^/]"
    if part.startswith("[") and len(part) > 1:
        characters = re.escape(part[1:-1].removeprefix("!")).replace(r"\-", "-")
        return f"[^/{characters}]" if part.startswith("[!") else f"(?!/)[{characters}]"
    return re.escape(part)


def relative(path: str | Path, folder: str | Path) -> str:
    """Return the path from a folder, with `/` between folders; links are not followed."""
    return Path(os.path.relpath(path, folder)).as_posix()


def absolute(path: str | Path) -> Path:
    """Return the absolute path without `..`; links are not followed."""
    return Path(os.path.normpath(Path(path).absolute()))
