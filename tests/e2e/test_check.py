"""What `check` prints, and its status by the gravest finding."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from tests.support.facts import FACTS

Run: TypeAlias = Callable[..., CompletedProcess[str]]

GRANT: Final = '"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"'
CLEAN: Final = f'{{"Version": "2012-10-17", "Statement": [{{{GRANT}}}]}}'
ODD: Final = f'{{"Version": "2012-10-17",\n "Statement": [{{"Sid": "", {GRANT}}}]}}'
BROKEN: Final = f'{{"Version": "2012-10-17",\n "Statement": [{{{GRANT}, "Resources": ""}}]}}'
MOOT: Final = f'{{"Version": "2012-10-17",\n "Statement": [{{{GRANT}}},\n {{{GRANT}}}]}}'
NAMED: Final = f'{{"Version": "2012-10-17", "Statement": [{{{GRANT}, "Principal": {{"AWS": "111122223333"}}}}]}}'
EVEN_WITHOUT: Final = '"Condition": {"ForAllValues:StringEquals": {"aws:username": "a"}}'
OPEN: Final = f'{{"Version": "2012-10-17", "Statement": [{{{GRANT}, {EVEN_WITHOUT}}}]}}'
LARGE: Final = f'{{"Version": "2012-10-17", "Statement": [{{{GRANT[:-3]}["arn:aws:s3:::{"b" * 6200}/*"]}}]}}'


@pytest.mark.parametrize(
    ("policy", "options", "status", "counts"),
    [
        pytest.param(CLEAN, (), 0, (0, 0, 0), id="clean"),
        pytest.param(ODD, (), 1, (0, 1, 0), id="warning"),
        pytest.param(MOOT, (), 1, (0, 1, 0), id="finding-of-a-rule"),
        pytest.param(LARGE, (), 0, (0, 0, 1), id="notice"),
        pytest.param(BROKEN, (), 2, (1, 0, 0), id="error"),
        pytest.param(NAMED, (), 2, (1, 0, 0), id="policy-type/identity"),
        pytest.param(NAMED, ("--policy-type", "resource"), 0, (0, 0, 0), id="policy-type/resource"),
        pytest.param(NAMED, ("--policy-type", "trust"), 2, (1, 0, 0), id="policy-type/trust"),
        pytest.param(CLEAN, ("--policy-type", "service_control"), 0, (0, 0, 0), id="policy-type/service-control"),
        pytest.param(CLEAN, ("--policy-type", "resource_control"), 2, (2, 0, 0), id="policy-type/resource-control"),
        pytest.param(CLEAN, ("--param", "x=y"), 1, (0, 1, 0), id="unused-parameter"),
        pytest.param(CLEAN, ("--fail-on", "notice"), 0, (0, 0, 0), id="fail-on-notice/clean"),
        pytest.param(LARGE, ("--fail-on", "notice"), 1, (0, 0, 1), id="fail-on-notice/notice"),
        pytest.param(ODD, ("--fail-on", "error"), 0, (0, 1, 0), id="fail-on-error/warning"),
        pytest.param(BROKEN, ("--fail-on", "error"), 2, (1, 0, 0), id="fail-on-error/error"),
        pytest.param(ODD.replace('""', '"a-b"'), (), 2, (1, 0, 0), id="strict"),
        pytest.param(ODD.replace('""', '"a-b"'), ("--lenient",), 1, (0, 1, 0), id="lenient"),
    ],
)
@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
def test_the_status_is_that_of_the_gravest_finding(
    run: Run, policy: str, options: tuple[str, ...], status: int, counts: tuple[int, int, int], format_: str
) -> None:
    done = run("check", "-", "--format", format_, *options, stdin=policy)
    assert done.returncode == status
    assert counted(done.stdout, format_) == counts
    assert done.stderr == ""


def counted(shown: str, format_: str) -> tuple[int, ...]:
    """The errors, warnings and notices that a report counts."""
    if format_ == "text":
        return tuple(map(int, re.findall("([0-9]+) (?:error|warning|notice)", shown.splitlines()[-1])))
    if format_ == "json":
        *_, counts = map(json.loads, shown.splitlines())
        return tuple(counts[name] for name in ("errors", "warnings", "notices"))
    levels = [result["level"] for result in json.loads(shown)["runs"][0]["results"]]
    return tuple(map(levels.count, ("error", "warning", "note")))


@pytest.mark.parametrize(("fail_on", "status"), [("error", 0), ("security", 1), ("warning", 1), ("notice", 1)])
def test_a_security_finding_counts_as_one(run: Run, fail_on: str, status: int) -> None:
    done = run("check", "-", "--fail-on", fail_on, stdin=OPEN)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (status, f"0 errors, 1 security finding, 0 warnings, 0 notices {FACTS}")


def test_a_warning_is_less_than_a_security_finding(run: Run) -> None:
    assert run("check", "-", "--fail-on", "security", stdin=ODD).returncode == 0


def test_counts_are_words(run: Run) -> None:
    assert run("check", "-", stdin=CLEAN).stdout == f"0 errors, 0 warnings, 0 notices {FACTS}\n"
    assert run("check", "-", stdin=ODD).stdout.endswith(f"\n0 errors, 1 warning, 0 notices {FACTS}\n")


def test_findings_are_told_with_their_lines(run: Run) -> None:
    done = run("check", "-", stdin=BROKEN)
    assert done.stdout == (
        "-:2:79: error[IAM102]: unknown member `Resources` in a statement\n"
        f' 2 |  "Statement": [{{{GRANT}, "Resources": ""}}]}}\n'
        f"   | {' ' * 78}{'^' * 11}\n"
        "   = help: did you mean `Resource`?\n"
        f"1 error, 0 warnings, 0 notices {FACTS}\n"
    )


def test_findings_are_objects_in_json(run: Run) -> None:
    done = run("check", "-", "--format", "json", stdin=ODD)
    finding, counts = map(json.loads, done.stdout.splitlines())
    assert counts == {"errors": 0, "security": 0, "warnings": 1, "notices": 0, "version": 1, "catalogue": FACTS[1:-1]}
    assert set(finding) == {"file", "line", "column", "end_line", "end_column", "code", "severity", "message", "hint", "related", "aws"}
    assert [finding[name] for name in ("file", "line", "column", "end_line", "end_column")] == ["-", 2, 24, 2, 26]
    assert (finding["code"], finding["severity"]) == ("IAM110", "warning")


def test_findings_are_results_in_sarif(run: Run, tmp_path: Path) -> None:
    odd = tmp_path / "an odd policy%.json"
    odd.write_text(ODD)
    done = run("check", odd, "--format", "sarif")
    (sarif_run,) = json.loads(done.stdout)["runs"]
    (result,) = sarif_run["results"]
    location = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], result["level"]) == ("IAM110", "warning")
    assert location["artifactLocation"]["uri"].endswith("/an%20odd%20policy%25.json")
    assert location["region"] == {"startLine": 2, "startColumn": 24, "endLine": 2, "endColumn": 26}
    (rule,) = sarif_run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"], rule["defaultConfiguration"]) == ("IAM110", "EmptySid", {"level": "warning"})
    assert rule["shortDescription"]["text"] == "A `Sid` is empty, which is the same as having none (G6)."
    assert rule["help"]["markdown"].startswith("# IAM110: empty-sid\n")
    assert rule["properties"] == {
        "tags": ["structure"],
        "precision": "high",
        "problem.severity": "warning",
        "aws": ["EMPTY_SID_VALUE"],
    }


def test_a_security_finding_is_a_warning_with_a_score_in_sarif(run: Run) -> None:
    (sarif_run,) = json.loads(run("check", "-", "--format", "sarif", stdin=OPEN).stdout)["runs"]
    assert [(each["ruleId"], each["ruleIndex"], each["level"]) for each in sarif_run["results"]] == [("IAM308", 0, "warning")]
    properties = sarif_run["tool"]["driver"]["rules"][0]["properties"]
    assert (properties["security-severity"], properties["tags"]) == ("5.0", ["security", "conditions"])


def test_an_error_hides_no_other_statement(run: Run) -> None:
    broken = f'{{"Version": "2012-10-17", "Statement": [{{"Sid": "", {GRANT}}}, {{"Sid": "a b", {GRANT}}}]}}'
    done = run("check", "-", "--format", "json", stdin=broken)
    assert done.returncode == 2
    *findings, _ = map(json.loads, done.stdout.splitlines())
    assert [each["code"] for each in findings] == ["IAM110", "IAM108"]


def test_a_finding_without_a_place_is_a_result_without_a_region(run: Run) -> None:
    done = run("check", "missing.json", "--format", "sarif")
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert done.returncode == 2
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "missing.json"}}}]


def test_a_parameter_that_cannot_be_used_is_a_finding(run: Run, policy: Path) -> None:
    done = run("check", policy, "--param", "missing.toml", "--format", "sarif")
    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert (done.returncode, done.stderr, result["ruleId"]) == (2, "", "IAM601")


@pytest.mark.parametrize(("seconds", "codes"), [("1795000000", []), ("1816000000", ["IAM630"])])
def test_old_facts_about_aws_are_a_notice(run: Run, monkeypatch: pytest.MonkeyPatch, seconds: str, codes: list[str]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    done = run("check", "-", "--format", "json", stdin=CLEAN)
    *findings, counts = map(json.loads, done.stdout.splitlines())
    assert (done.returncode, [each["code"] for each in findings], counts["notices"]) == (0, codes, len(codes))


TRUST: Final = (
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}}'
)


def of_service(service: str, action: str, arn: str) -> str:
    """A policy that lets an account do something to a resource."""
    return NAMED.replace("s3:GetObject", f"{service}:{action}").replace('"Resource": "*"', f'"Resource": "{arn}"')


@pytest.mark.parametrize(
    ("resource_type", "policy", "codes"),
    [
        ("AWS::S3::Bucket", of_service("s3", "GetObject", "arn:aws:s3:::b/*"), []),
        ("AWS::S3::Bucket", of_service("s3", "GetObject", "arn:aws:sqs:us-east-1:111122223333:q"), ["IAM516"]),
        ("AWS::S3::AccessPoint", of_service("kms", "Decrypt", "*"), ["IAM515"]),
        ("AWS::S3::AccessPoint", of_service("s3", "GetObject", "arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/*"), []),
        ("AWS::S3::MultiRegionAccessPoint", of_service("s3", "GetObject", "arn:aws:s3::111122223333:accesspoint/a.mrap/object/*"), []),
        ("AWS::S3ObjectLambda::AccessPoint", of_service("s3-object-lambda", "GetObject", "*"), []),
        ("AWS::S3ObjectLambda::AccessPoint", of_service("s3", "GetObject", "arn:aws:s3:::b/*"), ["IAM516"]),
        ("AWS::DynamoDB::Table", of_service("dynamodb", "GetItem", "arn:aws:dynamodb:us-east-1:111122223333:table/t"), []),
        ("AWS::DynamoDB::Table", of_service("s3", "GetObject", "arn:aws:s3:::b/*"), ["IAM515", "IAM516"]),
        ("AWS::KMS::Key", of_service("kms", "Decrypt", "*"), []),
        ("AWS::SQS::Queue", of_service("sns", "Publish", "*"), ["IAM515"]),
        ("AWS::SNS::Topic", of_service("sns", "Publish", "*"), []),
        ("AWS::IAM::AssumeRolePolicyDocument", TRUST, []),
    ],
)
def test_the_type_of_the_resource_says_what_its_policy_may_hold(run: Run, resource_type: str, policy: str, codes: list[str]) -> None:
    done = run("check", "-", "--resource-type", resource_type, "--format", "json", stdin=policy)
    *findings, _ = map(json.loads, done.stdout.splitlines())
    assert sorted(each["code"] for each in findings) == codes


@pytest.mark.parametrize(
    ("resource_type", "most"),
    [
        ("AWS::S3::Bucket", 20_480),
        ("AWS::S3::AccessPoint", 20_480),
        ("AWS::S3::MultiRegionAccessPoint", 20_480),
        ("AWS::KMS::Key", 32_768),
        ("AWS::SQS::Queue", 8_192),
        ("AWS::SNS::Topic", 30_720),
    ],
)
@pytest.mark.parametrize("more", [0, 1])
def test_the_type_of_the_resource_says_how_large_its_policy_may_be(run: Run, resource_type: str, most: int, more: int) -> None:
    policy = NAMED.replace(" ", "")
    long = policy.replace('"Effect"', f'"Sid":"{"a" * (most + more - len(policy) - 9)}","Effect"')
    done = run("check", "-", "--resource-type", resource_type, "--format", "json", stdin=long)
    *findings, _ = map(json.loads, done.stdout.splitlines())
    sizes = [each["aws"] for each in findings if each["code"] == "IAM113"]
    assert sizes == ["POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA"] * more


def test_the_types_of_the_policy_and_of_its_resource_must_agree(run: Run) -> None:
    named = ("--resource-type", "AWS::S3::Bucket", "--policy-type")
    assert run("check", "-", *named, "resource", stdin=NAMED).returncode == 0
    assert run("check", "-", *named, "bucket", stdin=NAMED).returncode == 0
    done = run("check", "-", *named, "trust", stdin=NAMED)
    assert (done.returncode, done.stdout) == (2, "")
    assert "`AWS::S3::Bucket` has no policy of the type `trust`" in done.stderr


def test_nothing_is_written(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.json").write_text(MOOT)
    run("check", "p.json")
    assert [path.name for path in tmp_path.iterdir()] == ["p.json"]


@pytest.mark.parametrize("words", [("check",), ("check", "-", "--format", "xml"), ("check", "-", "--fail-on", "never"), ("chek", "-")])
def test_a_command_that_is_none_is_refused(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ")
