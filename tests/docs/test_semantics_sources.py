"""Every rule of docs/semantics.md says where it comes from, and every rule that AWS's text does not confirm has what would settle it."""

import re
from collections import Counter
from pathlib import Path
from typing import Final

_DOCUMENT: Final = (Path(__file__).parents[2] / "docs" / "semantics.md").read_text(encoding="utf-8")
_RULES, _UNCONFIRMED, _ = re.split(r"^## (?:Not confirmed|Departures)$", _DOCUMENT, flags=re.MULTILINE)
_TABLE: Final = re.compile(r"^\| rule \|.*\| from \|\n\|[-|]+\|\n((?:\|.*\|\n)+)", re.MULTILINE)
_NUMBERED: Final = re.compile(r"^\| \*\*([A-Z][1-9]\d?)\*\* \|(.*)\|$", re.MULTILINE)
_RULING: Final = "ruling (U)"
_LINK: Final = re.compile(r"\[([\w -]+)\]")
_DEFINITION: Final = re.compile(r"^\[([\w -]+)\]: (\S+)$", re.MULTILINE)
_PAGE: Final = re.compile(r"https://docs\.aws\.amazon\.com/[\w./-]+\.html(?:#[\w-]+)?")


def sourced() -> list[tuple[str, str]]:
    """The rule and the source of each row that has a source; a row without a number goes on with the rule above it."""
    found: list[tuple[str, str]] = []
    for line in "".join(_TABLE.findall(_RULES)).splitlines():
        numbered = _NUMBERED.match(line)
        found.append((numbered[1] if numbered else found[-1][0], line.rstrip("| ").rpartition(" | ")[2]))
    return found


def kinds() -> list[tuple[str, str]]:
    """Each rule with each of the things that its source says."""
    return [(rule, kind) for rule, source in sourced() for kind in source.split(", ")]


def test_every_rule_is_in_one_row_of_a_table_with_sources() -> None:
    stated = [rule for rule, _ in _NUMBERED.findall(_RULES)]
    assert [rule for rule, count in Counter(stated).items() if count > 1] == []
    assert set(re.findall(r"\*\*([A-Z]\d+)\*\*", _RULES)) == set(stated) == {rule for rule, _ in sourced()}


def test_no_number_is_left_out() -> None:
    rules = {rule for rule, _ in sourced()}
    letters = Counter(rule[0] for rule in rules)
    assert rules == {f"{letter}{number}" for letter, count in letters.items() for number in range(1, count + 1)}


def test_every_source_is_a_link_a_ruling_or_our_own() -> None:
    assert [(rule, kind) for rule, kind in kinds() if kind not in {"ours", _RULING} and not _LINK.fullmatch(kind)] == []


def test_every_link_is_defined_once_and_every_definition_is_used() -> None:
    assert sorted({link[1] for _, kind in kinds() if (link := _LINK.fullmatch(kind))}) == sorted(
        label for label, _ in _DEFINITION.findall(_DOCUMENT)
    )


def test_every_link_leads_to_a_page_of_aws() -> None:
    assert [url for _, url in _DEFINITION.findall(_DOCUMENT) if not _PAGE.fullmatch(url)] == []


def test_what_is_not_confirmed_lists_the_rulings_in_their_order_and_no_other_rule() -> None:
    assert [rule for rule, _ in _NUMBERED.findall(_UNCONFIRMED)] == list(dict.fromkeys(rule for rule, kind in kinds() if kind == _RULING))


def test_every_ruling_has_what_is_not_confirmed_and_what_would_settle_it() -> None:
    entries = {rule: [cell.strip() for cell in cells.split(" | ")] for rule, cells in _NUMBERED.findall(_UNCONFIRMED)}
    assert [rule for rule, cells in entries.items() if len(cells) != 2 or not all(cells)] == []
