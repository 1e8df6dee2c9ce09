"""Every rule that code, tests, documents or a message cite is stated in docs/semantics.md."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[2]
_LETTERS: Final = "[ACDEGLNPRTVX]"
_RULE: Final = re.compile(rf"\b{_LETTERS}[1-9][0-9]?\b")
# (C4), (R5, R7), the id "C4/...", and the name of a case of the conformance suite, K001 G1: ...
_CITATION: Final = re.compile(
    rf'\((?:(?:, | and | to |; )?{_LETTERS}[1-9][0-9]?)+\)|"{_LETTERS}[1-9][0-9]?/|"[FK]\d+ {_LETTERS}[1-9][0-9]?:'
)
_STATED: Final = re.compile(r"\*\*([A-Z]\d+)\*\*")


def texts(folders: tuple[str, ...], kinds: tuple[str, ...]) -> Iterator[str]:
    return (path.read_text(encoding="utf-8") for folder in folders for path in (CHECKOUT / folder).rglob("*") if path.name.endswith(kinds))


def stated() -> set[str]:
    return set(_STATED.findall((CHECKOUT / "docs" / "semantics.md").read_text(encoding="utf-8")))


def test_every_rule_that_code_cites_is_stated() -> None:
    cited = {rule for text in texts(("compiler", "grammar"), (".py", ".rego", ".lark")) for rule in _RULE.findall(text)}
    assert cited - stated() == set()


def test_every_rule_that_tests_and_documents_cite_is_stated() -> None:
    citations = [
        citation for text in texts(("tests", "docs", "compiler"), (".py", ".rego", ".md", ".jsonl")) for citation in _CITATION.findall(text)
    ]
    assert {rule for citation in citations for rule in _RULE.findall(citation)} - stated() == set()
