"""Every rule that code or a message cites is stated in docs/semantics.md."""

import re
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[2]
_RULE: Final = re.compile(r"\b[NGARPCVEDTL][1-9][0-9]?\b")
_STATED: Final = re.compile(r"\*\*([A-Z]\d+)\*\*")
_RANGE: Final = re.compile(r"\*\*([A-Z])(\d+)\*\* to \*\*[A-Z](\d+)\*\*")


def cited() -> set[str]:
    sources = [
        path for folder in ("compiler", "grammar") for kind in ("*.py", "*.rego", "*.lark") for path in (CHECKOUT / folder).rglob(kind)
    ]
    return {rule for path in sources for rule in _RULE.findall(path.read_text(encoding="utf-8"))}


def stated() -> set[str]:
    text = (CHECKOUT / "docs" / "semantics.md").read_text(encoding="utf-8")
    ranges = {f"{letter}{number}" for letter, first, last in _RANGE.findall(text) for number in range(int(first), int(last) + 1)}
    return ranges | set(_STATED.findall(text))


def test_every_cited_rule_is_stated() -> None:
    assert cited() - stated() == set()
