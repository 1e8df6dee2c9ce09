"""The example of the ECS page says which policies follow the page's best practices."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from iam2rego.checking import check_sources
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import Family
from iam2rego.lint.registry import all_findings
from iam2rego.sources.format import Options

CHECKOUT: Final = Path(__file__).parents[2]
EXAMPLE: Final = CHECKOUT / "examples" / "ecs"
PAGE: Final = (CHECKOUT / "tests" / "corpus" / "ecs-identity-based-policy-examples.txt").read_text(encoding="utf-8")
PARAMETERS: Final = tomllib.loads((EXAMPLE / "params.toml").read_text(encoding="utf-8"))
_ROW: Final = re.compile(r"^\| ([\w-]+) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
PRACTICES: Final = ("Grant least privilege", "Enable MFA for sensitive operations", "Use policy conditions for extra security")


def written() -> Mapping[str, tuple[str, ...]]:
    """The table, by policy: for each practice the codes of the findings, or that the policy follows it."""
    return {row[1]: row.groups()[1:] for row in _ROW.finditer((EXAMPLE / "README.md").read_text(encoding="utf-8"))}


def found() -> Mapping[str, tuple[str, ...]]:
    options = Options(Kind.IDENTITY, False, PARAMETERS)
    checked = check_sources([str(EXAMPLE / "policies")], options, lambda finding: finding.family is Family.RISK)
    codes: dict[str, set[str]] = {Path(name).stem: set() for name in checked.statements}
    for each in checked.findings:
        codes[Path(each.source.name).stem].add(each.code)
    return {name: tuple(cell(each, practice) for practice in PRACTICES) for name, each in codes.items()}


def cell(codes: set[str], practice: str) -> str:
    return ", ".join(sorted(code for code in codes if all_findings()[code].practice == practice)) or "follows"


def test_the_table_is_what_check_finds() -> None:
    expected = found()
    assert len(expected) == 15
    assert {name: row for name, row in written().items() if name in expected} == expected


def test_the_practices_are_those_of_the_page() -> None:
    of_risks = {each.practice for each in all_findings().values() if each.family is Family.RISK}
    assert of_risks == set(PRACTICES)
    assert [practice for practice in PRACTICES if f"{practice.lower()} –" not in PAGE.lower()] == []
