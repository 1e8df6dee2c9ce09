"""Findings that the configuration accepts, and entries that nothing needs."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from tests.support.checked_roles import BROKEN, POLICY, Codes
from tests.support.facts import FACTS

Run: TypeAlias = Callable[..., CompletedProcess[str]]

pytestmark = pytest.mark.usefixtures("here")
PAST: Final = "2020-01-01"
FUTURE: Final = "9999-12-31"


def accept(**members: str | int) -> str:
    """An entry of a configuration; a day is no string."""
    given: dict[str, str | int] = {"code": "IAM801", "path": "roles/*.json", "reason": "SEC-812", **members}
    return "\n".join(
        ["[[lint.accept]]", *(f"{name} = {value if name == 'until' else json.dumps(value)}" for name, value in given.items()), ""]
    )


@pytest.mark.parametrize(
    ("members", "left"),
    [
        pytest.param({}, [], id="code-and-path"),
        pytest.param({"path": "roles"}, [], id="folder"),
        pytest.param({"path": "deploy.json"}, [], id="name"),
        pytest.param({"sid": "Deploy"}, [], id="sid"),
        pytest.param({"statement": 0}, [], id="statement"),
        pytest.param({"entry": "iam:PassRole"}, [], id="entry"),
        pytest.param({"entry": '"iam:PassRole"'}, [], id="entry/as-written"),
        pytest.param({"until": FUTURE}, [], id="until"),
        pytest.param({"path": "*.txt"}, ["IAM632", "IAM801"], id="another-path"),
        pytest.param({"sid": "Other"}, ["IAM632", "IAM801"], id="another-sid"),
        pytest.param({"sid": ""}, ["IAM632", "IAM801"], id="empty-sid"),
        pytest.param({"statement": 1}, ["IAM632", "IAM801"], id="another-statement"),
        pytest.param({"entry": "iam:*"}, ["IAM632", "IAM801"], id="another-entry"),
        pytest.param({"code": "IAM802"}, ["IAM632", "IAM801"], id="another-code"),
        pytest.param({"until": PAST}, ["IAM633", "IAM801"], id="past"),
    ],
)
def test_findings_are_accepted(codes: Codes, here: Path, members: dict[str, str | int], left: list[str]) -> None:
    (here / "iam2rego.toml").write_text(f"[lint]\nextend-select = []\n{accept(**members)}")
    assert codes("roles") == ["IAM110", "IAM504", *left]


def test_an_accepted_finding_is_suppressed_in_sarif(run: Run, here: Path) -> None:
    (here / "iam2rego.toml").write_text(f'[lint.severity]\nIAM801 = "notice"\n{accept()}')
    done = run("check", "roles", "--format", "sarif")
    results = json.loads(done.stdout)["runs"][0]["results"]
    assert [(each["ruleId"], each["level"], each.get("suppressions")) for each in results] == [
        ("IAM504", "note", None),
        ("IAM110", "warning", None),
        ("IAM801", "note", [{"kind": "external", "justification": "SEC-812"}]),
    ]
    assert "SEC-812" not in run("check", "roles").stdout


@pytest.mark.parametrize(
    ("epoch", "left"), [(1_806_537_599, []), (1_806_537_600, ["IAM633", "IAM801"])], ids=["the-last-day", "the-day-after"]
)
def test_an_entry_holds_until_the_end_of_its_day(
    codes: Codes, here: Path, monkeypatch: pytest.MonkeyPatch, epoch: int, left: list[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch))
    (here / "iam2rego.toml").write_text(accept(until="2027-03-31"))
    assert codes("roles", "--ignore", "IAM110,IAM504") == left


@pytest.mark.parametrize(
    ("path", "sources", "reported"),
    [
        pytest.param("roles/clean.json", ("roles",), True, id="checked"),
        pytest.param("roles/clean.json", ("roles/clean.json",), True, id="checked-alone"),
        pytest.param("roles/clean.json", ("roles/deploy.json",), False, id="not-checked"),
        pytest.param("roles/gone.json", ("roles/deploy.json",), True, id="not-there"),
        pytest.param("other/*.json", ("roles",), True, id="nothing-matches"),
        pytest.param("**/clean.json", ("roles/deploy.json",), False, id="another-file-matches"),
        pytest.param("roles/clean.json", ("roles", "--select", "IAM5,IAM6"), False, id="not-selected"),
        pytest.param("roles/clean.json", ("roles", "--ignore", "IAM632"), False, id="ignored"),
        pytest.param("roles/broken.json", ("roles",), False, id="an-error-hides"),
        pytest.param("gateway.toml", ("roles",), False, id="another-kind-of-file"),
    ],
)
def test_an_entry_that_nothing_needs_is_reported(codes: Codes, here: Path, path: str, sources: tuple[str, ...], reported: bool) -> None:
    (here / "roles" / "clean.json").write_text(POLICY.replace("iam:PassRole", "iam:GetRole"))
    (here / "roles" / "broken.json").write_text(BROKEN)
    (here / "gateway.toml").touch()
    (here / "iam2rego.toml").write_text(accept(path=path))
    assert ("IAM632" in codes(*sources)) is reported


def test_an_entry_of_a_policy_in_a_set_is_found(codes: Codes, here: Path) -> None:
    inner = json.dumps(POLICY)
    (here / "set.json").write_text(f'{{"policies": {{"identity": [{POLICY}, {inner}]}}}}')
    (here / "iam2rego.toml").write_text(accept(path="set.json", sid="Deploy"))
    assert codes("set.json", "--select", "IAM8,IAM6") == []


def test_what_is_wrong_with_entries_is_told_with_their_lines(run: Run, here: Path) -> None:
    (here / "iam2rego.toml").write_text(f"{accept(code='IAM802')}\n{accept(until=PAST)}")
    done = run("check", "roles", "--select", "IAM6,IAM802", "--fail-on", "warning")
    assert done.returncode == 1
    assert done.stdout == (
        "iam2rego.toml:1:1: warning[IAM632]: no finding IAM802 in `roles/*.json` needs to be accepted\n"
        " 1 | [[lint.accept]]\n   | ^^^^^^^^^^^^^\n   = help: remove the entry\n"
        "iam2rego.toml:6:1: warning[IAM633]: IAM801 was accepted until 2020-01-01: SEC-812\n"
        " 6 | [[lint.accept]]\n   | ^^^^^^^^^^^^^\n   = help: remedy the finding and remove the entry, or set another day\n"
        f"0 errors, 2 warnings, 0 notices {FACTS}\n"
    )
