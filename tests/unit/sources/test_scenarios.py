"""Scenarios (docs/conformance-suite.md): their forms, and what is wrong with them."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.jsontext import Number
from iam2rego.source import Span
from iam2rego.sources.scenario import Expectation, read_scenarios

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]

DOCUMENT = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<b>"}}'
BAD = '{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "b"}}'
TEXT = '"' + BAD.replace('"', '\\"') + '"'


def scenario(members: str = "", name: str = "s", expect: str = "allowed") -> str:
    return f'{{"name": "{name}", "request": {{"a": 1e2}}, "expect": "{expect}"{members}}}'


def with_policy(document: str, members: str = "") -> str:
    return scenario(f', "policies": {{"identity": [{document}]}}{members}')


@pytest.mark.parametrize(
    ("files", "names"),
    [
        pytest.param({"a.json": scenario()}, ["s"], id="object"),
        pytest.param({"a.json": f"[{scenario(name='x')},\n{scenario(name='y')}]"}, ["x", "y"], id="array"),
        pytest.param({"a.jsonl": f"{scenario(name='x')}\n\n{scenario(name='y')}\n"}, ["x", "y"], id="lines"),
        pytest.param({"a.json": f"{scenario(name='x')}\n{scenario(name='y')}\n"}, ["x", "y"], id="lines-in-a-json-file"),
        pytest.param({"a.jsonl": f"[{scenario(name='x')}]\n{scenario(name='y')}"}, ["x", "y"], id="array-on-a-line"),
        pytest.param({"b.json": scenario(name="x"), "a/c.jsonl": scenario(name="y"), "d.txt": ""}, ["y", "x"], id="folder"),
    ],
)
def test_forms(files: Mapping[str, str], names: list[str], folder: Folder) -> None:
    assert [each.name for each in read_scenarios([str(folder(files))])] == names


def test_members(folder: Folder) -> None:
    text = with_policy(DOCUMENT, ', "lenient": true')
    (found,) = read_scenarios([str(folder({"x/a.json": text}))], parameters={"b": "x"})
    assert (found.name, Path(found.file).name, found.expect, found.lenient) == ("s", "a.json", Expectation.ALLOWED, True)
    assert found.request == {"a": Number("1e2")}
    assert found.policies is not None
    assert [each.name for each in found.policies.policies] == ["identity[0]"]


def test_a_request_is_taken_as_it_is_written(folder: Folder) -> None:
    request = '{"a": [1.0, "b", true, null, {"a": {}}], "A": -0}'
    (found,) = read_scenarios([str(folder({"a.json": f'{{"name": "s", "request": {request}, "expect": "invalid"}}'}))])
    assert found.request == {"a": [Number("1.0"), "b", True, None, {"a": {}}], "A": Number("-0")}


def test_without_policies_there_are_none(folder: Folder) -> None:
    (found,) = read_scenarios([str(folder({"a.json": scenario()}))])
    assert found.policies is not None
    assert found.policies.policies == ()


@pytest.mark.parametrize("expect", [each.value for each in Expectation])
def test_expectation(expect: str, folder: Folder) -> None:
    (found,) = read_scenarios([str(folder({"a.json": scenario(expect=expect)}))])
    assert found.expect == expect


@pytest.mark.parametrize(
    ("own", "given", "accepted"),
    [
        pytest.param("", False, False, id="neither"),
        pytest.param("", True, True, id="given"),
        pytest.param(', "lenient": true', False, True, id="own"),
        pytest.param(', "lenient": false', True, False, id="own-wins"),
    ],
)
def test_lenient(own: str, given: bool, accepted: bool, folder: Folder) -> None:
    (found,) = read_scenarios([str(folder({"a.json": with_policy(BAD, own)}))], lenient=given)
    assert found.lenient is accepted
    assert (found.policies is not None) is accepted


@pytest.mark.parametrize(
    ("document", "codes"),
    [
        pytest.param(BAD, ["IAM205"], id="document"),
        pytest.param(TEXT, ["IAM205"], id="string"),
        pytest.param('"{"', ["IAM005"], id="cut-string"),
        pytest.param(f"{BAD}, 1, {BAD}", ["IAM205", "IAM607", "IAM205"], id="several"),
        pytest.param(
            '{"Statement": {"Effect": "Deny", "Effect": "Deny", "Action": "*", "Resource": "*"}}', ["IAM009"], id="repeated-member"
        ),
    ],
)
def test_refused_policies_are_a_part_of_the_scenario(document: str, codes: list[str], folder: Folder) -> None:
    (found,) = read_scenarios([str(folder({"a.json": with_policy(document)}))])
    assert found.policies is None
    assert [each.code for each in found.diagnostics] == codes


STATEMENT = '"Effect": "Allow", "Action": "*", "Principal": {"Federated": "a.b"}'


@pytest.mark.parametrize(
    ("request_", "codes"),
    [
        pytest.param('{"action": "sts:AssumeRole"}', [], id="E14/assume-role"),
        pytest.param('{"action": "STS:assumerolewithsaml"}', [], id="E14/case"),
        pytest.param('{"action": "sts:AssumeRoot"}', [], id="E14/assume-root"),
        pytest.param('{"action": "sts:TagSession"}', [], id="E14/tag-session"),
        pytest.param('{"action": "sts:SetSourceIdentity"}', [], id="E14/set-source-identity"),
        pytest.param('{"action": "sts:TagSessions"}', ["IAM105"], id="E14/longer"),
        pytest.param('{"action": "xsts:AssumeRole"}', ["IAM105"], id="E14/other-service"),
        pytest.param('{"action": "s3:GetObject"}', ["IAM105"], id="other-action"),
        pytest.param('{"action": 1}', ["IAM105"], id="no-action"),
        pytest.param('"sts:AssumeRole"', ["IAM105"], id="no-request"),
    ],
)
def test_the_action_asked_for_says_whether_it_is_a_trust_policy(request_: str, codes: list[str], folder: Folder) -> None:
    policies = f'{{"resource": {{"Statement": {{{STATEMENT}}}}}}}'
    text = f'{{"name": "s", "request": {request_}, "expect": "allowed", "policies": {policies}}}'
    (found,) = read_scenarios([str(folder({"a.json": text}))])
    assert [each.code for each in found.diagnostics] == codes


def test_a_scenario_may_hold_every_type_without_a_warning(folder: Folder) -> None:
    endpoint = '{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}'
    policies = f'{{"identity": [], "session": [], "service_control": [[]], "vpc_endpoint": [{endpoint}], "resource": {endpoint}}}'
    (found,) = read_scenarios([str(folder({"a.json": scenario(f', "policies": {policies}')}))])
    assert found.diagnostics == ()
    assert found.policies is not None
    assert [(each.name, each.type) for each in found.policies.policies] == [("resource", "resource"), ("vpc_endpoint[0]", "vpc_endpoint")]
    attachments = found.policies.attachments
    assert (attachments.permissions_boundary, attachments.session, attachments.service_control) == (None, (), ((),))
    assert (attachments.vpc_endpoint, attachments.resource) == (("vpc_endpoint[0]",), "resource")


def test_a_scenario_has_no_policies_of_other_resources(folder: Folder, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: list(read_scenarios([str(folder({"a.json": scenario(', "resources": {}')}))])))
    assert (diagnostic.code, diagnostic.message) == ("IAM606", "unknown member `resources` in a scenario")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("1", [(1, 1, "IAM607", "a scenario must be an object, not a number")], id="number"),
        pytest.param("{}", [(1, 1, "IAM608", "a scenario is missing the required members `name`, `request`, `expect`")], id="nothing"),
        pytest.param(scenario(', "x": 1'), [(1, 59, "IAM606", "unknown member `x` in a scenario")], id="unknown-member"),
        pytest.param(scenario(', "name": "t"'), [(1, 59, "IAM009", "duplicate member `name`")], id="repeated-member"),
        pytest.param(
            scenario(expect="Allow"),
            [(1, 48, "IAM607", "`expect` must be one of `allowed`, `explicitDeny`, `implicitDeny`, `invalid`")],
            id="expectation",
        ),
        pytest.param(scenario(', "lenient": "yes"'), [(1, 70, "IAM607", "`lenient` must be true or false, not a string")], id="lenient"),
        pytest.param(
            '{"name": 1, "request": {}, "expect": "allowed"}', [(1, 10, "IAM607", "`name` must be a string, not a number")], id="name"
        ),
        pytest.param(
            f"{scenario()}\n[{scenario()}, 1,\n",
            [(2, 63, "IAM005", "the text ends inside the array opened at line 2, column 1; expected a value")],
            id="line-with-an-error",
        ),
        pytest.param(
            f"{scenario()}\n {{}}\n[2]",
            [
                (2, 2, "IAM608", "a scenario is missing the required members `name`, `request`, `expect`"),
                (3, 2, "IAM607", "a scenario must be an object, not a number"),
            ],
            id="every-line",
        ),
    ],
)
def test_malformed(text: str, want: list[tuple[int, int, str, str]], folder: Folder, refusal: Refusal) -> None:
    found = refusal(lambda: list(read_scenarios([str(folder({"a.json": text}) / "a.json")])))
    places = [(each.span.line, each.span.column, each.code.value, each.message) for each in found if each.span]
    assert places == want


def test_a_member_twice_in_a_request(folder: Folder, refusal: Refusal) -> None:
    text = '{"name": "s", "request": {"context": {"a": 1, "a": 2}}, "expect": "allowed"}'
    (diagnostic,) = refusal(lambda: list(read_scenarios([str(folder({"a.json": text}))])))
    assert diagnostic.span is not None
    assert (diagnostic.code, diagnostic.span.column) == ("IAM009", 47)


def test_places_on_a_later_line(folder: Folder) -> None:
    _, found = read_scenarios([str(folder({"a.jsonl": f"{scenario()}\n{with_policy(DOCUMENT)}"}))], parameters={"b": "x"})
    assert found.policies is not None
    (statement,) = found.policies.policies[0].document.statements
    assert statement.span is not None
    assert (statement.span.line, statement.span.end_line) == (2, 2)


@pytest.mark.parametrize(
    ("file", "text", "want"),
    [
        pytest.param("a.json", f"[\n  {scenario()},\n  {scenario(name='y')}]", [Span(2, 3, 2, 60), Span(3, 3, 3, 60)], id="array"),
        pytest.param("a.jsonl", f"{scenario()}\n\n {scenario(name='y')}", [Span(1, 1, 1, 58), Span(3, 2, 3, 59)], id="lines"),
    ],
)
def test_scenarios_have_their_places_in_the_file(file: str, text: str, want: list[Span], folder: Folder) -> None:
    found = list(read_scenarios([str(folder({file: text}) / file)]))
    assert [each.span for each in found] == want
    assert [each.text for each in found] == [scenario(), scenario(name="y")]
    assert {Path(each.file).name for each in found} == {file}


def test_the_text_of_a_scenario_is_one_line(folder: Folder) -> None:
    spread = scenario().replace(", ", ",\r\n  ")
    (found,) = read_scenarios([str(folder({"a.json": f"[{spread}\n]"}))])
    assert found.text == scenario().replace(", ", ",    ")


@pytest.mark.parametrize("text", [pytest.param("[]", id="empty-array"), pytest.param("[]\n[]", id="empty-arrays")])
def test_no_scenario(text: str, folder: Folder, refusal: Refusal) -> None:
    root = str(folder({"a.json": text}))
    (diagnostic,) = refusal(lambda: list(read_scenarios([root])))
    assert (diagnostic.code, diagnostic.message, diagnostic.source.name) == ("IAM603", "there is no scenario in it", root)


def test_a_missing_file_is_found_before_others_are_read(folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": scenario()})
    stream = read_scenarios([str(root / "a.json"), str(root / "b.jsonl"), str(root / "c.jsonl")])
    assert [(each.code, Path(each.source.name).name) for each in refusal(lambda: next(stream))] == [
        ("IAM601", "b.jsonl"),
        ("IAM601", "c.jsonl"),
    ]


def test_no_scenario_is_given_after_a_problem(folder: Folder, refusal: Refusal) -> None:
    stream = read_scenarios([str(folder({"a.jsonl": f"{scenario()}\n[]]\n{scenario()}\n1"}))])
    assert next(stream).span.line == 1
    assert [each.span.line for each in refusal(lambda: next(stream)) if each.span] == [2, 4]


def test_only_what_is_expected_to_be_invalid_is_refused() -> None:
    cases = Path(__file__).parents[3] / "compiler" / "iam2rego" / "scenarios" / "suite"
    refused = [each for each in read_scenarios([str(cases)]) if each.policies is None]
    assert len(refused) > 0
    assert {each.expect for each in refused} == {Expectation.INVALID}
