"""Scenarios whose policies are in files of their own, and folders that hold both."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.policy import Kind
from iam2rego.sources import load
from iam2rego.sources.scenario import Scenario, read_scenarios
from iam2rego.sources.tested import PolicyFiles, beside

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]

POLICY: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<b>"}}'
PLAIN: Final = POLICY.replace("<b>", "b")
SET: Final = f'{{"policies": {{"identity": [{PLAIN}], "permissions_boundary": []}}}}'
ODD: Final = PLAIN.replace('"Effect"', '"Sid": "a-b", "Effect"')


def scenario(name: str = "s", **members: object) -> str:
    return json.dumps({"name": name, "request": {}, "expect": "allowed", **members})


def names(found: Scenario) -> list[str]:
    assert found.policies is not None
    assert found.texts.keys() == {each.name for each in found.policies.policies}
    return sorted(found.texts)


@pytest.mark.parametrize(
    ("files", "sources", "policies"),
    [
        pytest.param({"p/a.json": PLAIN, "p/b/c.json": PLAIN}, ["p"], ["a", "b/c"], id="folder"),
        pytest.param({"p/a.json": PLAIN, "q.json": PLAIN}, ["p/a.json", "./q.json"], ["a", "q"], id="files"),
        pytest.param({"set.json": SET}, ["set.json"], ["identity[0]"], id="policy-set"),
        pytest.param({"a.json": PLAIN}, ["."], ["a"], id="beside-the-scenario"),
        pytest.param({"../up.json": PLAIN}, ["../up.json"], ["up"], id="above"),
    ],
)
def test_sources_are_relative_to_the_file(files: Mapping[str, str], sources: list[str], policies: list[str], folder: Folder) -> None:
    root = folder({f"s/{name}": text for name, text in files.items()} | {"s/x.scenarios.json": scenario(sources=sources)})
    (found,) = read_scenarios([str(root / "s" / "x.scenarios.json")])
    assert (names(found), found.diagnostics) == (policies, ())
    assert all(".." not in Path(each).parts for each in found.sources)


def test_a_source_that_cannot_be_read_is_told_with_the_place_that_names_it(folder: Folder, refusal: Refusal) -> None:
    root = folder({"x.scenarios.json": f"\n{scenario(sources=['p', 'q.json'])}", "q.json": "{"})
    whole, inside = sorted(refusal(lambda: [*read_scenarios([str(root / "x.scenarios.json")])]), key=lambda each: each.source.name)
    assert (whole.source.name, inside.source.name) == (f"{root}/p", f"{root}/q.json")
    assert whole.hint.startswith(f"{root}/x.scenarios.json:2:62 names it; ")
    assert "names it" not in inside.hint


def test_scenarios_of_the_same_sources_share_what_was_read(folder: Folder) -> None:
    root = folder({"p/a.json": PLAIN, "s.jsonl": "\n".join([scenario(sources=["p"])] * 3 + [scenario(sources=["p/a.json"])])})
    first, second, third, other = (each.policies for each in read_scenarios([str(root / "s.jsonl")]))
    assert first is second is third is not other


@pytest.mark.parametrize(
    ("members", "policies"),
    [
        pytest.param({}, ["a"], id="neither"),
        pytest.param({"policies": {"identity": [json.loads(PLAIN)] * 2}}, ["identity[0]", "identity[1]"], id="its-own"),
        pytest.param({"policies": {}}, [], id="its-own/none"),
        pytest.param({"sources": ["../q"]}, ["b"], id="its-sources"),
    ],
)
def test_the_usual_sources_are_for_scenarios_without_policies(members: Mapping[str, object], policies: list[str], folder: Folder) -> None:
    root = folder({"p/a.json": PLAIN, "q/b.json": PLAIN, "s/s.json": scenario(**members)})
    tested = PolicyFiles(usual=(str(root / "p"),))
    (found,) = read_scenarios([str(root / "s")], tested=tested)
    assert names(found) == policies


def test_sources_are_read_as_the_options_say(folder: Folder) -> None:
    trust = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}'
    root = folder({"trust.json": trust, "odd.json": ODD, "open.json": POLICY})
    for name, lenient, tested in (
        ("trust.json", False, PolicyFiles(Kind.TRUST)),
        ("odd.json", True, PolicyFiles()),
        ("open.json", False, PolicyFiles(parameters={"b": "x"})),
    ):
        (root / "s.json").write_text(scenario(sources=[name], lenient=lenient))
        (read,) = read_scenarios([str(root / "s.json")], tested=tested)
        assert names(read) == [name.removesuffix(".json")]


@pytest.mark.parametrize(
    ("files", "members", "code", "place"),
    [
        pytest.param({}, {"sources": ["none"]}, "IAM601", "none", id="missing"),
        pytest.param({}, {"sources": []}, "IAM607", "s.jsonl", id="no-path"),
        pytest.param({}, {"sources": "p"}, "IAM607", "s.jsonl", id="no-list"),
        pytest.param({}, {"sources": [1]}, "IAM607", "s.jsonl", id="no-text"),
        pytest.param({}, {"sources": [""]}, "IAM607", "s.jsonl", id="empty-path"),
        pytest.param({}, {"sources": ["a\0b"]}, "IAM607", "s.jsonl", id="no-path-can-be-it"),
        pytest.param({}, {"sources": ["p"], "policies": {}}, "IAM615", "s.jsonl", id="both"),
        pytest.param({"p/a.txt": ""}, {"sources": ["p"]}, "IAM603", "p", id="no-policy"),
        pytest.param({"p.json": "{}"}, {"sources": ["p.json"]}, "IAM602", "p.json", id="no-source"),
        pytest.param({"p.json": POLICY}, {"sources": ["p.json"]}, "IAM404", "p.json", id="policy-with-an-error"),
    ],
)
def test_sources_that_cannot_be_used_are_told_once(
    files: Mapping[str, str], members: Mapping[str, object], code: str, place: str, folder: Folder, refusal: Refusal
) -> None:
    root = folder({**files, "s.jsonl": f"{scenario(**members)}\n"})
    (found,) = refusal(lambda: list(read_scenarios([str(root / "s.jsonl")])))
    assert (found.code, found.source.name) == (code, str(root / place))


def test_an_error_of_sources_is_told_once_for_all_scenarios(folder: Folder, refusal: Refusal) -> None:
    root = folder({"p.json": POLICY, "s.jsonl": "\n".join([scenario(sources=["p.json"])] * 300)})
    assert [each.code for each in refusal(lambda: list(read_scenarios([str(root / "s.jsonl")])))] == ["IAM404"]


WRAPPED: Final = f'{{"PolicyName": "x", "PolicyDocument": {PLAIN}}}'


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        pytest.param({"p.json": PLAIN, "w.json": WRAPPED, "set.json": SET, "l.json": "[1]", "e.json": "[]"}, [], id="left-out"),
        pytest.param({"b.json": "{"}, ["IAM005"], id="unreadable"),
        pytest.param({"b.json": '{"request": {}, "exspect": "allowed"}'}, ["IAM606"], id="misspelled"),
        pytest.param({"b.scenarios.json": "{}"}, ["IAM608"], id="by-its-name"),
        pytest.param({"b.jsonl": PLAIN}, ["IAM606", "IAM606"], id="lines"),
        pytest.param({"b.json": f"{scenario()}\n{{}}"}, ["IAM608"], id="line-after-a-scenario"),
    ],
)
def test_a_folder_may_hold_policies_too(other: Mapping[str, str], codes: list[str], folder: Folder, refusal: Refusal) -> None:
    root = folder({**other, "a.json": scenario("first")})
    if codes:
        assert [each.code for each in refusal(lambda: list(read_scenarios([str(root)])))] == codes
    else:
        assert [each.name for each in read_scenarios([str(root)])] == ["first"]


def test_a_file_that_is_named_holds_scenarios(folder: Folder, refusal: Refusal) -> None:
    root = folder({"p.json": PLAIN})
    (found, *_) = refusal(lambda: list(read_scenarios([str(root / "p.json")])))
    assert found.code == "IAM606"


def test_a_folder_without_scenarios_is_told(folder: Folder, refusal: Refusal) -> None:
    root = folder({"p.json": PLAIN})
    (found,) = refusal(lambda: list(read_scenarios([str(root)])))
    assert (found.code, found.message) == ("IAM603", "there is no scenario in it")


@pytest.mark.parametrize(
    ("text", "policies"),
    [
        pytest.param(scenario(policies={"identity": [json.loads(PLAIN)]}), ["p"], id="object"),
        pytest.param(f"[{scenario('x')}, {scenario('y')}]", ["p"], id="array"),
    ],
)
def test_sources_leave_scenarios_out(text: str, policies: list[str], folder: Folder) -> None:
    loaded = load([str(folder({"p.json": PLAIN, "s.json": text}))])
    assert [each.name for each in loaded.policies.policies] == policies


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(scenario(), id="scenario-alone"),
        pytest.param("[]", id="empty-array"),
        pytest.param('{"request": {}, "expect": "allowed"}', id="without-a-name"),
        pytest.param('{"policies": {}, "expect": "allowed"}', id="policy-set-with-more"),
        pytest.param(f"[{scenario()}, {PLAIN}]", id="array-with-a-policy"),
    ],
)
def test_what_is_not_quite_a_scenario_is_no_source(text: str, folder: Folder, refusal: Refusal) -> None:
    assert refusal(lambda: load([str(folder({"a.json": text}) / "a.json")]))


def test_a_path_that_dots_do_not_shorten_stays(tmp_path: Path) -> None:
    (tmp_path / "far" / "s").mkdir(parents=True)
    (tmp_path / "far" / "p.json").touch()
    (tmp_path / "link").symlink_to(tmp_path / "far" / "s")
    file = str(tmp_path / "link" / "s.json")
    assert beside(file, "../p.json") == str(tmp_path / "link" / ".." / "p.json")
    assert beside(str(tmp_path / "far" / "s" / "s.json"), "../p.json") == str(tmp_path / "far" / "p.json")
