"""Every finding has what people ask about it, and its examples tell it from what is in order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from iam2rego.checking import check_sources
from iam2rego.diagnostics import Code, Diagnostic, Level, PolicyError
from iam2rego.lint import Front, check_front
from iam2rego.lint.finding import Family, Finding
from iam2rego.lint.registry import all_findings, all_rules
from iam2rego.source import Source
from iam2rego.sources import load
from iam2rego.sources.format import Options
from iam2rego.sources.gateway import gateway_of
from iam2rego.sources.parameters import parameters

CHECKOUT: Final = Path(__file__).parents[3]
RULES: Final = CHECKOUT / "compiler" / "iam2rego" / "lint" / "rules"
FINDINGS: Final = [pytest.param(each, id=each.code) for each in all_findings().values()]
SHOWN: Final = [pytest.param(each, id=each.code) for each in all_findings().values() if each.bad]
LENIENT: Final = [pytest.param(each, id=each.code) for each in all_findings().values() if each.bad and each.level is Level.ERROR]
BEHIND: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}'


def found(finding: Finding, text: str, folder: Path, *, lenient: bool = False) -> dict[str, Level]:
    """The codes that `check` has for an example, each with its level."""
    diagnostics = of_gateway(text, folder) if finding.family is Family.GATEWAYS else of_source(finding, text, folder, lenient=lenient)
    return {each.code: each.level for each in diagnostics}


def of_source(finding: Finding, text: str, folder: Path, *, lenient: bool) -> Iterator[Diagnostic]:
    path = folder / "policy.json"
    path.write_text(text, encoding="utf-8")
    options = Options(finding.kind, lenient, parameters(finding.parameters))
    yield from check_sources([str(path)], options, lambda each: each.default or each.code == finding.code).findings


def of_gateway(text: str, folder: Path) -> Iterator[Diagnostic]:
    path = folder / "behind.json"
    path.write_text(BEHIND, encoding="utf-8")
    policies = load([str(path)]).policies
    source = Source("gateway.toml", text)
    try:
        gateway = gateway_of(source)
    except PolicyError as error:
        yield from error.diagnostics
        return
    yield from check_front(Front(gateway, source, policies))


@pytest.mark.parametrize("finding", SHOWN)
def test_the_bad_example_has_the_finding(finding: Finding, tmp_path: Path) -> None:
    assert found(finding, finding.bad, tmp_path).get(finding.code) is finding.level


@pytest.mark.parametrize("finding", SHOWN)
def test_the_good_example_has_no_finding(finding: Finding, tmp_path: Path) -> None:
    assert found(finding, finding.good, tmp_path) == {}


@pytest.mark.parametrize("finding", LENIENT)
def test_lenient_lets_pass_what_the_finding_says(finding: Finding, tmp_path: Path) -> None:
    level = found(finding, finding.bad, tmp_path, lenient=True)[finding.code]
    assert level is (Level.WARNING if finding.lenient else Level.ERROR)


def test_every_code_of_a_reading_is_described() -> None:
    assert set(all_findings()) == {*Code, *(rule.finding.code for rule in all_rules())}


def test_no_two_findings_share_a_code_or_a_name() -> None:
    assert len({each.name for each in all_findings().values()}) == len(all_findings()) == len(Code) + len(all_rules())


def test_a_rule_is_where_its_code_and_its_name_say() -> None:
    wanted = {RULES / rule.finding.family / f"{rule.finding.name.replace('-', '_')}.py" for rule in all_rules()}
    assert wanted == {path for path in RULES.rglob("*.py") if path.name != "__init__.py"}


def test_a_rule_looks_at_policies_or_at_gateways() -> None:
    assert [rule.finding.code for rule in all_rules() if bool(rule.check) == bool(rule.check_front)] == []


@pytest.mark.parametrize("finding", FINDINGS)
def test_a_finding_says_what_is_wrong_and_what_to_do(finding: Finding) -> None:
    assert all(text.rstrip().endswith(".") for text in (finding.summary, finding.remedy))


@pytest.mark.parametrize("finding", FINDINGS)
def test_security_findings_have_a_score(finding: Finding) -> None:
    assert (finding.score is not None) == (finding.level is Level.SECURITY)


def test_a_rule_has_examples() -> None:
    assert [each.finding.code for each in all_rules() if not each.finding.bad] == []


def test_what_no_example_shows_another_test_expects() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for room in ("unit", "e2e") for path in (CHECKOUT / "tests" / room).rglob("test_*.py"))
    assert [code for code, finding in all_findings().items() if not finding.bad and code not in tests] == []
