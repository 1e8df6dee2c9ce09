"""What `check` shows and reads, as options and `iam2rego.toml` say."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

from tests.support.checked_roles import ALL, BROKEN, POLICY, Codes
from tests.support.facts import FACTS

Run: TypeAlias = Callable[..., CompletedProcess[str]]

pytestmark = pytest.mark.usefixtures("here")


@pytest.mark.parametrize(
    ("options", "left"),
    [
        pytest.param((), ALL, id="nothing"),
        pytest.param(("--select", "IAM5"), ["IAM504"], id="select"),
        pytest.param(("--select", "IAM5,access"), ["IAM504", "IAM801"], id="select/two"),
        pytest.param(("--select", "IAM5", "--select", "IAM801"), ["IAM504", "IAM801"], id="select/twice"),
        pytest.param(("--select", "IAM7"), [], id="select/another"),
        pytest.param(("--ignore", "IAM5"), ["IAM110", "IAM801"], id="ignore"),
        pytest.param(("--select", "IAM1,IAM5,IAM8", "--ignore", "access, IAM110"), ["IAM504"], id="both"),
    ],
)
def test_options_select_findings(codes: Codes, options: tuple[str, ...], left: list[str]) -> None:
    assert codes("roles", *options) == left


@pytest.mark.parametrize(
    ("text", "options", "left"),
    [
        pytest.param("", (), ALL, id="empty"),
        pytest.param("[lint]\nselect = ['IAM5']", (), ["IAM504"], id="select"),
        pytest.param("[lint]\nselect = ['IAM5']\nextend-select = ['IAM801']", (), ["IAM504", "IAM801"], id="extend-select"),
        pytest.param("[lint]\nignore = ['IAM5']", (), ["IAM110", "IAM801"], id="ignore"),
        pytest.param("[lint]\nignore = ['IAM5']", ("--ignore", "IAM110"), ["IAM801"], id="ignore/and-the-option"),
        pytest.param("[lint]\nignore = ['IAM5']", ("--select", "IAM5"), ["IAM504"], id="ignore/the-option-selects"),
    ],
)
def test_the_configuration_selects_findings(codes: Codes, here: Path, text: str, options: tuple[str, ...], left: list[str]) -> None:
    (here / "iam2rego.toml").write_text(text)
    assert codes("roles", *options) == left


@pytest.mark.parametrize("options", [("--select", "IAM7"), ("--ignore", "IAM1"), ("--ignore", "IAM"), ("--write-baseline", "b.jsonl")])
def test_errors_stay(codes: Codes, here: Path, options: tuple[str, ...]) -> None:
    (here / "roles" / "deploy.json").write_text(BROKEN)
    assert codes("roles", *options) == ["IAM102", "IAM206"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--select", "IAM4,x"), "Invalid value for --select: no code begins with `x`, and no family has this name"),
        (("--ignore", "IAM102"), "Invalid value for --ignore: `IAM102` is an error, and errors cannot be ignored"),
        (("--exclude", "[b-a]"), "Invalid value for --exclude: `[b-a]` is not a pattern of paths: bad character range b-a"),
    ],
)
def test_what_cannot_be_chosen_is_refused(run: Run, options: tuple[str, ...], message: str) -> None:
    done = run("check", "roles", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


@pytest.mark.parametrize(
    ("place", "sources", "found"),
    [
        pytest.param("roles/iam2rego.toml", ("roles",), True, id="in-the-folder"),
        pytest.param("roles/iam2rego.toml", ("roles/deploy.json",), True, id="beside-the-file"),
        pytest.param("iam2rego.toml", ("roles/deploy.json",), True, id="above"),
        pytest.param("roles/iam2rego.toml", (".",), False, id="below"),
        pytest.param("roles/iam2rego.toml", ("other.json", "roles"), False, id="not-of-the-first"),
        pytest.param("iam2rego.toml", ("-",), True, id="standard-input"),
        pytest.param("conf.toml", ("roles",), False, id="another-name"),
    ],
)
def test_the_configuration_is_found_above_the_first_source(run: Run, here: Path, place: str, sources: tuple[str, ...], found: bool) -> None:
    (here / "other.json").write_text(POLICY)
    (here / place).write_text("[lint]\nselect = []")
    done = run("check", *sources, stdin=POLICY)
    assert (done.stdout == f"0 errors, 0 warnings, 0 notices {FACTS}\n") is found


@pytest.mark.parametrize(
    ("named", "left"),
    [pytest.param("conf.toml", ["IAM504"], id="another"), pytest.param("", ALL, id="none")],
)
def test_a_variable_names_the_configuration(codes: Codes, here: Path, monkeypatch: pytest.MonkeyPatch, named: str, left: list[str]) -> None:
    (here / "conf.toml").write_text("[lint]\nselect = ['IAM5']")
    (here / "iam2rego.toml").write_text("[lint]\nselect = []")
    monkeypatch.setenv("IAM2REGO_CONFIG", named)
    assert codes("roles") == left


def test_a_configuration_that_is_not_there_is_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IAM2REGO_CONFIG", "gone.toml")
    done = run("check", "roles")
    assert (done.returncode, done.stdout.splitlines()[0]) == (2, "gone.toml: error[IAM601]: cannot be read: no such file or directory")


@pytest.mark.parametrize("source", ["", "gone/a.json", "roles/deploy.json/a.json", "x" * 300])
def test_a_source_that_is_not_there_is_reported_whatever_is_above(run: Run, source: str) -> None:
    done = run("check", source)
    assert (done.returncode, done.stderr) == (2, "")
    assert ": error[IAM601]: " in done.stdout


def test_a_bad_configuration_is_an_error_with_its_place(run: Run, here: Path) -> None:
    (here / "iam2rego.toml").write_text("[lint]\nignored = []\n")
    done = run("check", "roles")
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout == (
        "iam2rego.toml:2:1: error[IAM631]: unknown member `ignored` in `lint`\n"
        " 2 | ignored = []\n   | ^^^^^^^\n   = help: did you mean `ignore`?\n" + f"1 error, 0 warnings, 0 notices {FACTS}\n"
    )


def test_levels_are_configured(run: Run, here: Path) -> None:
    (here / "iam2rego.toml").write_text("[lint]\nseverity = { IAM8 = 'notice', IAM801 = 'error', IAM1 = 'notice', IAM504 = 'security' }")
    done = run("check", "roles")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (2, f"1 error, 1 security finding, 0 warnings, 1 notice {FACTS}")


def test_levels_of_errors_stay(run: Run, here: Path) -> None:
    (here / "iam2rego.toml").write_text("[lint]\nseverity = { IAM = 'notice' }")
    (here / "roles" / "deploy.json").write_text(BROKEN)
    assert run("check", "roles").stdout.splitlines()[-1] == f"2 errors, 0 warnings, 0 notices {FACTS}"


def test_types_and_parameters_are_configured_by_path(codes: Codes, here: Path) -> None:
    (here / "buckets").mkdir()
    statement = '{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*"}'
    (here / "buckets" / "b.json").write_text(f'{{"Version": "2012-10-17", "Statement": [{statement}]}}')
    assert codes(".", "--select", "IAM4") == ["IAM105", "IAM404"]
    (here / "iam2rego.toml").write_text(
        '[[lint.policies]]\npath = "buckets"\ntype = "bucket"\nparameters = {bucket = "reports", b = "c"}\n'
    )
    assert codes(".") == ALL
    assert codes(".", "--param", "bucket=<", "--select", "IAM4") == ["IAM405"]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        pytest.param(("--exclude", "drafts"), "", id="option"),
        pytest.param(("--exclude", "roles/*/b.json"), "", id="option/path"),
        pytest.param((), "[lint]\nexclude = ['drafts/']", id="configuration"),
    ],
)
def test_files_are_excluded(codes: Codes, here: Path, options: tuple[str, ...], text: str) -> None:
    (here / "roles" / "drafts").mkdir()
    (here / "roles" / "drafts" / "b.json").write_text(BROKEN)
    (here / "roles" / "iam2rego.toml").write_text(text)
    assert codes("roles", *options) == ALL
    assert "IAM102" in codes("roles/drafts/b.json", *options)


def test_hidden_folders_and_what_git_ignores_are_skipped_by_check_alone(run: Run, codes: Codes, here: Path) -> None:
    (here / "roles" / ".drafts").mkdir()
    (here / "roles" / ".drafts" / "b.json").write_text(BROKEN)
    assert codes("roles") == ALL
    assert run("build", "roles", "-o", "out").returncode == 2
