"""Shows what a fix changes as a unified diff, which `patch` and `git apply` read."""

import re
from collections.abc import Iterator
from difflib import unified_diff
from typing import Final

from iam2rego.fixing.fixer import Fixed

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_NO_END: Final = "\n\\ No newline at end of file\n"


def diff(fixed: Fixed) -> str:
    """Return the differences between the texts before and after; an empty text if there are none."""
    before, after = fixed.before.source, fixed.after.source
    return "".join(_ended(unified_diff(_LINE.findall(before.text), _LINE.findall(after.text), before.name, after.name)))


def _ended(lines: Iterator[str]) -> Iterator[str]:
    return (line if line.endswith("\n") else line + _NO_END for line in lines)
