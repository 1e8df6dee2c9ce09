"""docs/diagnostics.md explains every code, and its examples have the problem that they are given for."""

import re
from pathlib import Path
from typing import Final

import pytest

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.lint import check
from iam2rego.sources import load
from iam2rego.sources.parameters import parameters

_CHECKOUT: Final = Path(__file__).parents[2]
_DOCUMENT: Final = (_CHECKOUT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
_HEADING: Final = re.compile(r"^### (IAM\d{3}): .+$", re.MULTILINE)
_SECTION: Final = re.compile(r"^### (IAM\d{3}): .+?(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_EXAMPLE: Final = re.compile(r"^```json ?(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES: Final = [
    pytest.param(section[1], binding, example, id=section[1])
    for section in _SECTION.finditer(_DOCUMENT)
    for binding, example in _EXAMPLE.findall(section[0])
]


def found(policy: Path, binding: str) -> list[Diagnostic]:
    """What `check` says of a policy, with a parameter bound where the example names one."""
    try:
        loaded = load([str(policy)], lenient=False, parameters=parameters([binding] if binding else [], None))
    except PolicyError as error:
        return list(error.diagnostics)
    return [*loaded.diagnostics, *check(loaded.policies, loaded.sources)]


def test_every_code_has_a_section_in_the_order_of_the_codes() -> None:
    assert _HEADING.findall(_DOCUMENT) == sorted(Code)


def test_every_code_without_an_example_is_expected_by_another_test() -> None:
    tests = "".join(
        path.read_text(encoding="utf-8") for room in ("unit", "e2e") for path in (_CHECKOUT / "tests" / room).rglob("test_*.py")
    )
    assert [code for code in Code if code not in {case.id for case in EXAMPLES} and code not in tests] == []


@pytest.mark.parametrize(("code", "binding", "example"), EXAMPLES)
def test_the_example_of_a_section_has_its_problem(code: str, binding: str, example: str, tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    policy.write_text(example, encoding="utf-8")
    assert code in [each.code for each in found(policy, binding)]
