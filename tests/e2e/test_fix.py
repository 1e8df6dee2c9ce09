"""What `check --fix`, `--diff` and `--unsafe-fixes` write and print, and their statuses."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.catalogue.services import catalogue
from iam2rego.fixing import writing
from iam2rego.rego.bundle.errors import OutputError

Run: TypeAlias = Callable[..., CompletedProcess[str]]

KNOWN: Final = catalogue().source
NOTHING: Final = f"0 errors, 0 warnings, 0 notices ({KNOWN})"

HEAD: Final = '{"Version": "2012-10-17",\n "Statement": ['
GRANT: Final = '"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"'
ODD: Final = f'{HEAD}{{"Sid": "", {GRANT}}}]}}\n'
EVEN: Final = f"{HEAD}{{{GRANT}}}]}}\n"
MOOT: Final = f"{HEAD}{{{GRANT}}},\n {{{GRANT}}}]}}\n"
BROKEN: Final = f'{HEAD}{{"Sid": "", {GRANT}}}, {{{GRANT}, "Resources": "*"}}]}}\n'
DIFF: Final = f"""--- {{name}}
+++ {{name}}
@@ -1,2 +1,2 @@
 {{{{"Version": "2012-10-17",
- "Statement": [{{{{"Sid": "", {GRANT}}}}}]}}}}
+ "Statement": [{{{{{GRANT}}}}}]}}}}
"""


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.json"
    path.write_text(ODD)
    return path


@pytest.fixture
def moot(tmp_path: Path) -> Path:
    path = tmp_path / "moot.json"
    path.write_text(MOOT)
    return path


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def test_a_file_is_fixed_in_its_place(run: Run, odd: Path) -> None:
    odd.chmod(0o640)
    done = run("check", "--fix", odd)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{NOTHING}\n1 fixed: 1 IAM110\n"
    assert odd.read_text() == EVEN
    assert odd.stat().st_mode & 0o777 == 0o640
    assert names(odd.parent) == ["odd.json"]


def test_a_second_fix_writes_nothing(run: Run, odd: Path) -> None:
    run("check", "--fix", odd)
    before = odd.stat()
    done = run("check", "--fix", odd)
    assert done.stdout == f"{NOTHING}\n0 fixed\n"
    assert odd.stat().st_ino == before.st_ino


def test_the_status_is_that_of_what_is_left(run: Run, moot: Path) -> None:
    done = run("check", "--fix", moot)
    assert done.returncode == 1
    assert "warning[IAM501]" in done.stdout
    assert done.stdout.endswith(f"0 errors, 1 warning, 0 notices ({KNOWN})\n0 fixed; 1 more with --unsafe-fixes\n")
    assert moot.read_text() == MOOT


def test_unsafe_fixes_are_applied_on_demand(run: Run, moot: Path) -> None:
    done = run("check", "--fix", "--unsafe-fixes", moot)
    assert (done.returncode, done.stdout) == (0, f"{NOTHING}\n1 fixed: 1 IAM501\n")
    assert moot.read_text() == f"{HEAD}{{{GRANT}}}]}}\n"


def test_files_of_a_folder_are_fixed(run: Run, odd: Path, moot: Path) -> None:
    done = run("check", "--fix", odd.parent)
    assert done.stdout.endswith("1 fixed: 1 IAM110; 1 more with --unsafe-fixes\n")
    assert (odd.read_text(), moot.read_text()) == (EVEN, MOOT)


def test_differences_are_shown_and_nothing_is_written(run: Run, odd: Path) -> None:
    done = run("check", "--diff", odd)
    assert done.returncode == 1
    assert done.stdout == DIFF.format(name=odd)
    assert done.stderr == "1 would be fixed: 1 IAM110\n"
    assert odd.read_text() == ODD


def test_differences_count_more_than_fixes(run: Run, odd: Path) -> None:
    assert run("check", "--fix", "--diff", odd).stdout == DIFF.format(name=odd)
    assert odd.read_text() == ODD


def test_no_difference_is_a_success(run: Run, moot: Path) -> None:
    done = run("check", "--diff", moot)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "0 would be fixed; 1 more with --unsafe-fixes\n")


def test_an_error_is_told_after_the_differences(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text(BROKEN)
    done = run("check", "--diff", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "IAM110 was not fixed: the policy has errors, so nothing is proven of it" in done.stderr
    assert "error[IAM102]" in done.stderr
    assert run("check", "--diff", "--unsafe-fixes", path).stdout.startswith(f"--- {path}\n")


def test_differences_are_a_patch(run: Run, odd: Path) -> None:
    odd.write_text(ODD.rstrip("\n"))
    patch = run("check", "--diff", odd).stdout
    assert patch.count("\\ No newline at end of file\n") == 2
    subprocess.run(["git", "apply", "--unsafe-paths", "-p0", "-"], input=patch, text=True, check=True, cwd=odd.parent)
    assert odd.read_text() == EVEN.rstrip("\n")


def test_the_standard_input_is_fixed_to_the_standard_output(run: Run) -> None:
    done = run("check", "--fix", "-", stdin=ODD)
    assert (done.returncode, done.stdout) == (0, EVEN)
    assert done.stderr == f"{NOTHING}\n1 fixed: 1 IAM110\n"
    assert run("check", "--diff", "-", stdin=ODD).stdout == DIFF.format(name="-")


def test_the_standard_input_is_copied_if_nothing_is_fixed(run: Run) -> None:
    done = run("check", "--fix", "-", "--format", "json", stdin=MOOT)
    assert (done.returncode, done.stdout) == (1, MOOT)
    finding, counts = map(json.loads, done.stderr.splitlines())
    assert (finding["code"], counts["fixed"]) == ("IAM501", 0)


def test_what_was_fixed_is_counted_in_json(run: Run, odd: Path) -> None:
    done = run("check", "--fix", "--format", "json", odd)
    assert json.loads(done.stdout) == {
        "errors": 0,
        "security": 0,
        "warnings": 0,
        "notices": 0,
        "fixed": 1,
        "version": 1,
        "catalogue": KNOWN,
    }


def test_a_finding_that_was_not_fixed_says_why(run: Run, odd: Path) -> None:
    odd.write_text(EVEN.replace('"*"}', '"*", "Condition": {"StringLike": {"aws:username": "*"}}}'))
    done = run("check", "--fix", odd)
    assert done.stderr == f"{odd}:2:124: IAM324 was not fixed: statement 0 is not shown to mean the same for every request\n"
    assert done.stdout.endswith("0 fixed; 1 more with --unsafe-fixes\n")


def test_a_link_stays_a_link(run: Run, odd: Path) -> None:
    link = odd.parent / "link.json"
    link.symlink_to(odd)
    run("check", "--fix", link)
    assert link.is_symlink()
    assert odd.read_text() == EVEN


def test_a_file_that_another_program_changed_is_not_replaced(odd: Path) -> None:
    with pytest.raises(OutputError, match="was changed by another program"):
        writing.write(odd, b"what was read", b"what was made of it")
    assert odd.read_text() == ODD
    assert names(odd.parent) == ["odd.json"]


def test_a_file_that_cannot_be_written_is_a_finding(run: Run, odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    done = run("check", "--fix", odd)
    assert done.returncode == 2
    assert f"{odd}: error[IAM612]: cannot be used: permission denied" in done.stdout
    assert odd.read_text() == ODD
    assert names(odd.parent) == ["odd.json"]


def test_safe_fixes_are_in_sarif(run: Run, odd: Path, moot: Path) -> None:
    (sarif_run,) = json.loads(run("check", odd, moot, "--format", "sarif").stdout)["runs"]
    with_fix, without = sorted(sarif_run["results"], key=lambda each: str(each["ruleId"]))
    (fix,) = with_fix["fixes"]
    (change,) = fix["artifactChanges"]
    assert fix["description"] == {"text": "remove the `Sid`"}
    assert change["artifactLocation"] == with_fix["locations"][0]["physicalLocation"]["artifactLocation"]
    region = {"startLine": 2, "startColumn": 17, "endLine": 2, "endColumn": 28}
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": ""}}]
    assert (without["ruleId"], "fixes" in without) == ("IAM501", False)
    assert odd.read_text() == ODD


def test_fixes_of_errors_are_in_sarif(run: Run) -> None:
    done = run("check", "-", "--format", "sarif", stdin=ODD.replace('""', '"a b"'))
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": '"AB"'}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--unsafe-fixes", "-"), "needs --fix or --diff"),
        (("--fix", "-", "policy.json"), "fixes the standard input only by itself"),
    ],
)
def test_options_that_make_no_sense_are_refused(run: Run, words: tuple[str, ...], message: str) -> None:
    done = run("check", *words, stdin=ODD)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_a_rule_says_whether_it_has_a_fix(run: Run) -> None:
    fixes = [json.loads(run("rule", code, "--format", "json").stdout)["fix"] for code in ("IAM504", "IAM501", "IAM801")]
    assert fixes == ["safe", "unsafe", None]
    said = [re.findall(r"`check --fix[^`]*`", run("rule", code).stdout) for code in ("IAM108", "IAM502", "IAM801")]
    assert said == [["`check --fix`"], ["`check --fix --unsafe-fixes`"], []]
