"""The pytest plugin, as it is found in an environment that has iam2rego: files of scenarios, and the fixture."""

import json
import shlex
from typing import Any, Final

import pytest

from iam2rego.ir.decision import Decision, Outcome

REQUEST: Final = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}
POLICY: Final = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/k"}}
WRONG: Final = Decision(decision=Outcome.IMPLICIT_DENY, errors=("wrong",))
ANYTHING: Final = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}

pytestmark = pytest.mark.usefixtures("with_opa")


def scenario(name: str, expect: str, *identity: object, **members: object) -> dict[str, Any]:
    return {"name": name, "policies": {"identity": identity}, "request": REQUEST, "expect": expect, **members}


@pytest.fixture
def lay(pytester: pytest.Pytester) -> pytest.Pytester:
    """A repository with policies, and a file that binds their placeholders."""
    pytester.makeini("[pytest]\niam2rego_params = params.toml\n")
    pytester.makefile(".toml", params='bucket = "b"')
    return pytester


def write(pytester: pytest.Pytester, path: str, text: str) -> None:
    file = pytester.path / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_folder_of_policies_is_run(lay: pytest.Pytester) -> None:
    write(lay, "policies/s3.json", json.dumps(POLICY))
    write(lay, "policies/s3.scenarios.json", json.dumps([scenario("may read", "allowed", POLICY), scenario("may not", "implicitDeny")]))
    write(lay, "policies/more.scenarios.jsonl", json.dumps(scenario("is refused", "invalid", {})))
    result = lay.runpytest("policies", "-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["policies/more.scenarios.jsonl::is refused PASSED*", "policies/s3.scenarios.json::may read PASSED*"])


def test_a_failure_tells_place_decisions_reasons_and_how_to_ask_again(lay: pytest.Pytester) -> None:
    write(lay, "policies/s3.scenarios.jsonl", f"\n{json.dumps(scenario('may write', 'explicitDeny', POLICY))}\n")
    result = lay.runpytest("policies")
    result.assert_outcomes(failed=1)
    line = shlex.quote(json.dumps(scenario("may write", "explicitDeny", POLICY)))
    result.stdout.fnmatch_lines_random(
        [
            "policies/s3.scenarios.jsonl:2:1: may write: expected explicitDeny, native decided allowed, opa decided allowed",
            "  | allowed for user",
            "  |   Allow statement 0 of identity[[]0] (*) applies",
            f"  replay:  printf '%s?n' {line.replace('[', '[[]')} | iam2rego test - --params params.toml",
        ]
    )
    assert "Traceback" not in result.stdout.str()


def test_policies_of_files_are_tested(lay: pytest.Pytester) -> None:
    write(lay, "policies/s3.json", json.dumps(POLICY))
    tests = [{"name": name, "request": REQUEST, "expect": "allowed"} for name in ("usual", "named", "fails")]
    tests[1]["sources"] = tests[2]["sources"] = ["../policies"]
    tests[2]["expect"] = "explicitDeny"
    write(lay, "tests/s3.scenarios.json", json.dumps(tests))
    result = lay.runpytest("-o", "iam2rego_policies=policies/s3.json", "tests")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "tests/s3.scenarios.json:1:*: fails: expected explicitDeny, native decided allowed, opa decided allowed",
            "  |   Allow statement 0 of s3 (s3.json:1:40) applies",
            "  |     1 | {*",
            "  replay:  iam2rego test tests/s3.scenarios.json --filter fails --params params.toml --policies policies/s3.json",
        ]
    )


def test_refused_policies_are_shown_with_their_place(lay: pytest.Pytester) -> None:
    write(lay, "s3.scenarios.json", json.dumps(scenario("broken", "allowed", {"Version": "2012-10-17"})))
    result = lay.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["s3.scenarios.json:1:1: broken: expected allowed, native decided invalid, *", "  s3.scenarios.json:1:*: error*"]
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("[1", "s.scenarios.json:1:3: error[[]IAM005]*", id="no-json"),
        pytest.param('{"name": "s"}', "s.scenarios.json:1:1: error[[]IAM608]*`request`, `expect`", id="no-scenario"),
        pytest.param("[]", "s.scenarios.json: error[[]IAM603]: there is no scenario in it", id="empty"),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error_of_the_collection(lay: pytest.Pytester, text: str, message: str) -> None:
    write(lay, "s.scenarios.json", text)
    result = lay.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([message])
    assert "Traceback" not in result.stdout.str()


def test_one_scenario_can_be_chosen(lay: pytest.Pytester) -> None:
    write(lay, "s.scenarios.json", json.dumps([scenario("one", "allowed"), scenario("two", "allowed", POLICY)]))
    lay.runpytest("s.scenarios.json::two").assert_outcomes(passed=1)
    lay.runpytest("-k", "two").assert_outcomes(passed=1, deselected=1)


def test_the_engines_can_be_chosen(lay: pytest.Pytester) -> None:
    write(lay, "s.scenarios.json", json.dumps(scenario("s", "implicitDeny", POLICY)))
    result = lay.runpytest("-o", "iam2rego_engines=native", "-o", "iam2rego_opa=no-such-opa")
    result.stdout.fnmatch_lines(["*: s: expected implicitDeny, native decided allowed"])


def test_engines_that_there_are_none_of_are_refused(lay: pytest.Pytester) -> None:
    result = lay.runpytest("-o", "iam2rego_engines=native cedar")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*iam2rego_engines: cedar must be among native, opa"])


def test_without_opa_every_scenario_says_so(lay: pytest.Pytester) -> None:
    write(lay, "s.scenarios.json", json.dumps([scenario("one", "allowed", POLICY), scenario("two", "allowed", POLICY)]))
    result = lay.runpytest("-o", "iam2rego_opa=no-such-opa")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["*no-such-opa*", "*no-such-opa*"])
    assert "Traceback" not in result.stdout.str()


TESTS: Final = f"""
import pytest
from iam2rego.diagnostics import PolicyError

REQUEST = {REQUEST}
ANYTHING = {ANYTHING}


@pytest.fixture(scope="session")
def policies(iam2rego):
    return iam2rego.load("policies")


def test_file(policies):
    policies.expect("allowed", REQUEST)
    assert [each.policy for each in policies.decide(REQUEST).matched_statements] == ["s3"]


def test_other_parameter(iam2rego):
    iam2rego.load("policies", parameters={{"bucket": "c"}}).expect("implicitDeny", REQUEST)


def test_value(iam2rego):
    iam2rego.load({{"policies": {{"identity": [ANYTHING], "permissions_boundary": []}}}}).expect("implicitDeny", REQUEST)


def test_resource(iam2rego):
    principal = {{"Principal": "*", "Sid": "not-strict", **ANYTHING["Statement"]}}
    iam2rego.load({{**ANYTHING, "Statement": principal}}, policy_type="resource", lenient=True).expect("allowed", REQUEST)


def test_refused(policies):
    policies.expect("invalid", {{}})
    assert policies.decide({{}}).errors


def test_broken(iam2rego):
    with pytest.raises(PolicyError, match="policy.json:1:1: error.IAM103"):
        iam2rego.load({{"Version": "2012-10-17"}})


def test_fails(policies):
    policies.expect("explicitDeny", REQUEST)
"""


def test_the_fixture(lay: pytest.Pytester) -> None:
    write(lay, "policies/s3.json", json.dumps(POLICY))
    lay.makepyfile(TESTS)
    result = lay.runpytest()
    result.assert_outcomes(passed=6, failed=1)
    result.stdout.fnmatch_lines(
        ["E *AssertionError: expected explicitDeny, every engine decided allowed", "E *request: *", "E *| allowed for user"]
    )


def test_engines_that_disagree_fail_the_test(lay: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iam2rego.engines.native.authorize", lambda _policies, _request: WRONG)
    lay.makepyfile(f"def test_it(iam2rego):\n    iam2rego.load({ANYTHING}).decide({REQUEST})")
    result = lay.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *the engines do not agree, native decided invalid, opa decided allowed"])


def test_nothing_is_imported_that_a_run_does_not_need(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import sys\ndef test_it():\n    assert not {'lark', 'pydantic', 'iam2rego.conformance'} & set(sys.modules)")
    pytester.runpytest_subprocess("-p", "no:hypothesispytest").assert_outcomes(passed=1)
