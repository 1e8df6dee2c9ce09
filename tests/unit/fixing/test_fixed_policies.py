"""Every fix: what it makes of a text, that it removes the finding, and that a safe one changes no decision."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

import pytest

from iam2rego.catalogue.services import catalogue
from iam2rego.fixing.proof import LEAST, asked, differing
from iam2rego.fixing.reading import meanings, seen
from iam2rego.ir.policy import Policy
from iam2rego.lint.fix import Safety
from iam2rego.lint.registry import all_findings
from iam2rego.proofs.alone import alone
from tests.unit.fixing.fixed_policies import Case, codes, fixed_case, options, text_file
from tests.unit.fixing.safe_fixes import SAFE
from tests.unit.fixing.unsafe_fixes import UNSAFE


def rows(cases: Iterable[Case]) -> list[object]:
    counts = Counter[str]()
    return [pytest.param(each, id=f"{each.code}-{counts.update([each.code]) or counts[each.code]}") for each in cases]


EVERY: Final = rows((*SAFE, *UNSAFE))


def offered(case: Case, text: str) -> list[str]:
    """The codes of the findings that have a fix, as far as the case is about them."""
    found = seen(text_file(text), options(case.kind, lenient=case.lenient), catalogue(), lambda finding: finding.code == case.code)
    return [str(each.finding.code) for each in found.offers if each.finding.code == case.code]


def meaning(case: Case, text: str) -> Policy:
    (policy,) = meanings(text_file(text), options(case.kind)).values()
    return policy


@pytest.mark.parametrize("case", rows(SAFE))
def test_a_safe_fix_edits_its_place_only(case: Case) -> None:
    done = fixed_case(case)
    assert (done.after.source.text, done.after.data) == (case.good, case.good.encode())
    assert set(codes(done)) == {case.code}
    assert [each.finding.code for each in done.left] == []


@pytest.mark.parametrize("case", rows(UNSAFE))
def test_an_unsafe_fix_edits_its_place_only(case: Case) -> None:
    done = fixed_case(case, unsafe=True)
    assert done.after.data == case.good.encode()
    assert set(codes(done)) == {case.code}


@pytest.mark.parametrize("case", rows(UNSAFE))
def test_an_unsafe_fix_needs_consent(case: Case) -> None:
    done = fixed_case(case)
    assert not done.changed
    assert {each.finding.code for each in done.left} == {case.code}


@pytest.mark.parametrize("case", EVERY)
def test_a_fix_removes_the_finding(case: Case) -> None:
    assert offered(case, case.bad)
    assert offered(case, case.good) == []


@pytest.mark.parametrize("case", rows(SAFE))
def test_a_safe_fix_changes_no_decision(case: Case) -> None:
    before, after = meaning(case, case.bad), meaning(case, case.good)
    assert differing(before, after) is None
    assert len(asked(alone(before), alone(after))) >= LEAST


def test_every_fix_is_in_a_table() -> None:
    fixable = {code for code, finding in all_findings().items() if finding.fix}
    assert {each.code for each in (*SAFE, *UNSAFE)} == fixable


def test_what_a_finding_says_of_its_fix() -> None:
    safe = {code for code, finding in all_findings().items() if finding.fix is Safety.SAFE}
    assert {each.code for each in SAFE} == safe
