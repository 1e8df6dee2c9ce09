"""The forms of what `check` finds, for GitHub, for servers that run tests, and for programs that read what AWS says."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias
from xml.etree import ElementTree

import pytest
from botocore.session import get_session
from botocore.validate import ParamValidator

from tests.support.facts import FACTS

Run: TypeAlias = Callable[..., CompletedProcess[str]]

CLEAN: Final = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'
FAULTY: Final = """\
{"Version": "2012-10-17",
 "Statement": [
  {"Sid": "", "Effect": "Allow", "Action": ["s3:GetObject", "s3:Get*"], "Resource": "arn:aws:s3:::\\u0061\\"${aws:user}"},
  {
   "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*",
   "Condition": {"ForAllValues:StringEquals": {"aws:username": "a"}}
  },
  {"Effect": "Deny", "Action": "s3:GetBucketAcl", "Resource": "*", "Odd": 1}
 ]}
"""
ODD: Final = "a, 100%.json"
TWO_LINES: Final = '{\n"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}'


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with two policies."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ODD).write_text(FAULTY)
    (tmp_path / "clean.json").write_text(CLEAN)


def test_workflow_commands_have_places(run: Run) -> None:
    done = run("check", ".", "--format", "github")
    *commands, counts = done.stdout.splitlines()
    assert [line.split("::", 2)[1] for line in commands] == [
        "warning file=a%2C 100%25.json,line=3,col=11,endLine=3,endColumn=13,title=IAM110",
        "notice file=a%2C 100%25.json,line=3,col=45,endLine=3,endColumn=59,title=IAM504",
        "warning file=a%2C 100%25.json,line=3,col=107,endLine=3,endColumn=118,title=IAM406",
        "warning file=a%2C 100%25.json,line=6,col=48,endLine=6,endColumn=62,title=IAM308",
        "error file=a%2C 100%25.json,line=8,col=68,endLine=8,endColumn=73,title=IAM102",
    ]
    assert (done.returncode, counts) == (2, f"1 error, 1 security finding, 2 warnings, 1 notice {FACTS}")


@pytest.mark.parametrize(
    ("words", "stdin", "want"),
    [
        pytest.param(("-",), TWO_LINES, "::warning file=-,line=1,endLine=2,title=IAM114::", id="lines-without-columns"),
        pytest.param(("clean.json", "--param", "a=b"), "", "::warning file=--param,title=IAM609::no policy has", id="no-place"),
        pytest.param(("-",), '{"%0A": 1}', "%250A", id="escaped"),
    ],
)
def test_workflow_commands(run: Run, words: tuple[str, ...], stdin: str, want: str) -> None:
    assert want in run("check", *words, "--format", "github", stdin=stdin).stdout


@pytest.mark.parametrize(
    ("options", "failing"),
    [
        pytest.param((), ["IAM110", "IAM406", "IAM308", "IAM102"], id="warnings"),
        pytest.param(("--fail-on", "security"), ["IAM308", "IAM102"], id="security"),
        pytest.param(("--fail-on", "error"), ["IAM102"], id="errors"),
    ],
)
def test_junit_has_a_case_for_each_source(run: Run, options: tuple[str, ...], failing: list[str]) -> None:
    done = run("check", ".", "--format", "junit", *options)
    assert done.returncode == 2
    assert cases(done.stdout) == {ODD: failing, "clean.json": []}
    assert '<testsuite name="iam2rego check" tests="2" failures="1" errors="0">' in done.stdout


def cases(report: str) -> dict[str, list[str]]:
    """Return the codes that each case fails by."""
    (suite,) = ElementTree.fromstring(report)
    return {case.attrib["name"]: re.findall(r"\w\[(IAM\d+)\]:", "".join(case.itertext())) for case in suite.iter("testcase")}


def test_junit_has_a_case_for_a_source_that_cannot_be_read(run: Run) -> None:
    assert cases(run("check", "missing.json", "--format", "junit").stdout) == {"missing.json": ["IAM601"]}


def analyzed(run: Run, *words: str) -> list[dict[str, Any]]:
    """Return the findings in AWS's form, which botocore knows."""
    response = json.loads(run("check", *words, "--format", "access-analyzer").stdout)
    shape = get_session().get_service_model("accessanalyzer").operation_model("ValidatePolicy").output_shape
    assert ParamValidator().validate(response, shape).generate_report() == ""
    findings: list[dict[str, Any]] = response["findings"]
    return findings


def test_the_form_of_access_analyzer(run: Run) -> None:
    found = [(each["findingType"], each["issueCode"], "/".join(path(each))) for each in analyzed(run, ODD)]
    assert found == [  # but IAM406, which AWS does not check
        ("WARNING", "EMPTY_SID_VALUE", "Statement/0/Sid"),
        ("SUGGESTION", "REDUNDANT_ACTION", "Statement/0/Action/0"),
        ("SECURITY_WARNING", "FORALLVALUES_WITH_SINGLE_VALUED_KEY", "Statement/1/Condition/ForAllValues:StringEquals/aws:username"),
        ("ERROR", "INVALID_POLICY_ELEMENT", "Statement/2/Odd"),
    ]


def path(finding: dict[str, Any]) -> Iterator[str]:
    """Yield the steps to the first place."""
    for step in finding["locations"][0]["path"]:
        yield from map(str, step.values())


@pytest.mark.parametrize(("words", "begin"), [((ODD,), "the `Sid` is empty (name"), ((".",), f"{ODD}: the `Sid` is empty (name")])
def test_the_details_name_the_file_if_there_are_several(run: Run, words: tuple[str, ...], begin: str) -> None:
    assert analyzed(run, *words)[0]["findingDetails"].startswith(begin)


@pytest.mark.parametrize("words", [("clean.json",), ("missing.json",), ("clean.json", "--param", "a=b")])
def test_what_aws_has_no_code_for_has_no_form_of_its_own(run: Run, words: tuple[str, ...]) -> None:
    assert analyzed(run, *words) == []


def test_a_terminal_has_colours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run("check", ODD)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("check", ODD)
    assert coloured.stdout != plain.stdout == re.sub(r"\x1b\[[0-9;]*m", "", coloured.stdout)
    assert run("check", ODD, "--format", "github").stdout.count("\x1b") == 0


def test_statistics(run: Run) -> None:
    Path("too.json").write_text(CLEAN.replace('"Effect"', '"Sid": "", "Effect"'))
    done = run("check", ".", "--statistics")
    assert done.stdout == (
        "2  IAM110  warning   empty-sid\n"
        "1  IAM102  error     unknown-member\n"
        "1  IAM308  security  needless-set-operator\n"
        "1  IAM406  warning   unknown-variable\n"
        "1  IAM504  notice    redundant-action\n"
        f"1 error, 1 security finding, 3 warnings, 1 notice {FACTS}\n"
    )
    objects = [json.loads(line) for line in run("check", ".", "--statistics", "--format", "json").stdout.splitlines()]
    assert objects[0] == {"code": "IAM110", "name": "empty-sid", "severity": "warning", "count": 2}
    assert objects[-1] == {"errors": 1, "security": 1, "warnings": 3, "notices": 1, "version": 1, "catalogue": FACTS[1:-1]}
    assert (len(objects), done.returncode) == (6, 2)


def test_statistics_of_nothing(run: Run) -> None:
    done = run("check", "clean.json", "--statistics")
    assert (done.stdout, done.returncode) == (f"0 errors, 0 warnings, 0 notices {FACTS}\n", 0)


def test_statistics_have_no_other_form(run: Run) -> None:
    done = run("check", "clean.json", "--statistics", "--format", "sarif")
    assert (done.returncode, done.stdout) == (2, "")
    assert "statistics are printed as text or json" in done.stderr


UNBOUND: Final = CLEAN.replace('"Resource": "*"', '"Resource": ["arn:aws:s3:::<bucket>", "arn:aws:s3:::<bucket>/*"]')


@pytest.fixture
def unbound() -> str:
    """Two files with the same placeholder, in four places; return where the others are."""
    Path("a.json").write_text(UNBOUND.replace('"Action"', '"Sid": "A", "Action"'))
    Path("b.json").write_text(UNBOUND)
    Path(ODD).unlink()
    return "also here: a.json:1:151; b.json:1:114, 1:139"


def test_an_unbound_placeholder_is_one_error_with_its_places(run: Run, unbound: str) -> None:
    shown = run("check", ".").stdout
    assert shown.count("error[IAM404]") == 1
    assert f"\n   = {unbound}\n1 error, 0 warnings" in shown
    command, _ = run("check", ".", "--format", "github").stdout.splitlines()
    assert command.endswith(f"%0A{unbound}")
    finding, _ = map(json.loads, run("check", ".", "--format", "json").stdout.splitlines())
    assert [(each["file"], each["column"]) for each in finding["related"]] == [("a.json", 151), ("b.json", 114), ("b.json", 139)]
    report = run("check", ".", "--format", "junit").stdout
    assert cases(report) == {"a.json": ["IAM404"], "b.json": ["IAM404"], "clean.json": []}
    (result,) = json.loads(run("check", ".", "--format", "sarif").stdout)["runs"][0]["results"]
    places = [(each["id"], each["physicalLocation"]["region"]["startColumn"]) for each in result["relatedLocations"]]
    assert places == [(0, 151), (1, 114), (2, 139)]
    assert run("build", ".", "-o", "out").stderr.count("error[IAM404]") == 1


def test_a_report_for_gitlab(run: Run) -> None:
    done = run("check", ".", "--param", "a=b", "--format", "gitlab")
    found = json.loads(done.stdout)
    assert [(each["check_name"], each["severity"], each["location"]) for each in found] == [
        ("IAM609", "minor", {"path": "--param", "lines": {"begin": 1}}),
        *(
            (code, severity, {"path": ODD, "lines": {"begin": line}})
            for code, severity, line in [
                ("IAM110", "minor", 3),
                ("IAM504", "info", 3),
                ("IAM406", "minor", 3),
                ("IAM308", "major", 6),
                ("IAM102", "critical", 8),
            ]
        ),
    ]
    assert found[-1]["description"].startswith("unknown member `Odd`")


def test_no_two_violations_of_gitlab_share_a_fingerprint_and_moving_them_keeps_it(run: Run) -> None:
    def prints() -> list[str]:
        return [each["fingerprint"] for each in json.loads(run("check", "twice.json", "--format", "gitlab").stdout)]

    odd = '{"Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}'
    Path("twice.json").write_text(f'{{"Version": "2012-10-17", "Statement": [{odd}, {odd}]}}')
    before = prints()
    Path("twice.json").write_text(f'{{"Version": "2012-10-17",\n "Statement": [\n{odd},\n{odd}]}}')
    assert len({*before}) == len(before) > 1
    assert prints() == before


def test_related_places_are_locations_of_access_analyzer(run: Run) -> None:
    redundant = next(each for each in analyzed(run, ODD) if each["issueCode"] == "REDUNDANT_ACTION")
    assert [place["path"][-1] for place in redundant["locations"]] == [{"index": 0}, {"index": 1}]
