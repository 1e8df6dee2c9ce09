"""Colours messages, on a terminal and where the environment wants it."""

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TextIO

from iam2rego.diagnostics import Level, Paint, plain

_STYLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        Level.ERROR: "1;31",  # bold red
        Level.SECURITY: "1;35",  # bold magenta
        Level.WARNING: "1;33",  # bold yellow
        Level.NOTICE: "1;36",  # bold cyan
        "place": "1",  # bold
        "margin": "34",  # blue
        "help": "1;32",  # bold green
    }
)


def painter(stream: TextIO) -> Paint:
    """Return what colours the parts of messages on a stream.

    Without ``NO_COLOR`` (https://no-color.org) a terminal has colours, and every stream with ``FORCE_COLOR`` (https://force-color.org).
    """
    if os.environ.get("NO_COLOR"):
        return plain
    terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    return _coloured if terminal or os.environ.get("FORCE_COLOR") else plain


def _coloured(part: str, text: str) -> str:
    return f"\x1b[{_STYLES[part]}m{text}\x1b[0m"
