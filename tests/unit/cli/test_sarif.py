"""SARIF as its schema wants it, for every code.

`SHAPES` are the objects that are printed, with the members used here, as the schema has them:
https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json. Only a property bag may have others.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.cli.commands.check.sarif import sarif
from iam2rego.diagnostics import Code, Diagnostic, Level, Related
from iam2rego.lint.finding import Finding
from iam2rego.lint.registry import all_findings
from iam2rego.source import Source, Span

Shape: TypeAlias = "str | type[object] | tuple[Shape] | frozenset[str]"
"""The name of a shape, a type, a list of something, or some texts."""

LEVELS: Final = frozenset({"none", "note", "warning", "error"})
REQUIRED: Final[Mapping[str, frozenset[str]]] = {
    "log": frozenset({"version", "runs"}),
    "run": frozenset({"tool"}),
    "tool": frozenset({"driver"}),
    "driver": frozenset({"name"}),
    "rule": frozenset({"id"}),
    "result": frozenset({"message"}),
    "text": frozenset({"text"}),
    "message": frozenset({"text"}),
    "suppression": frozenset({"kind"}),
}
SHAPES: Final[Mapping[str, Mapping[str, Shape]]] = {
    "log": {"$schema": str, "version": frozenset({"2.1.0"}), "runs": ("run",)},
    "run": {"tool": "tool", "columnKind": frozenset({"utf16CodeUnits", "unicodeCodePoints"}), "results": ("result",)},
    "tool": {"driver": "driver"},
    "driver": {"name": str, "version": str, "rules": ("rule",)},
    "rule": {
        "id": str,
        "name": str,
        "shortDescription": "text",
        "fullDescription": "text",
        "help": "text",
        "helpUri": str,
        "defaultConfiguration": "configuration",
        "properties": "bag",
    },
    "text": {"text": str, "markdown": str},
    "configuration": {"level": LEVELS},
    "result": {
        "ruleId": str,
        "ruleIndex": int,
        "level": LEVELS,
        "message": "message",
        "locations": ("location",),
        "relatedLocations": ("location",),
        "partialFingerprints": "texts",
        "suppressions": ("suppression",),
        "properties": "bag",
    },
    "message": {"text": str, "markdown": str, "id": str},
    "location": {"id": int, "physicalLocation": "physical", "message": "message"},
    "physical": {"artifactLocation": "artifact", "region": "region"},
    "artifact": {"uri": str},
    "suppression": {"kind": frozenset({"inSource", "external"}), "justification": str},
    "region": {"startLine": int, "startColumn": int, "endLine": int, "endColumn": int},
}


def faults(value: Any, shape: Shape, path: str = "") -> Iterator[str]:
    """Yield where a value has not its shape."""
    match shape:
        case "bag":
            yield from [] if isinstance(value, dict) else [path]
        case "texts":
            yield from [] if all(isinstance(each, str) for each in value.values()) else [path]
        case str():
            missing = REQUIRED.get(shape, frozenset()) - value.keys()
            yield from (f"{path}/{name}" for name in sorted(missing | (value.keys() - SHAPES[shape].keys())))
            for name in value.keys() & SHAPES[shape].keys():
                yield from faults(value[name], SHAPES[shape][name], f"{path}/{name}")
        case (item,):
            for index, each in enumerate(value):
                yield from faults(each, item, f"{path}/{index}")
        case frozenset():
            yield from [] if value in shape else [path]
        case type():
            yield from [] if type(value) is shape else [path]


SOURCE: Final = Source("a b.json", '{"Statement": [{"Effect": "Deny"}]}')
PLACE: Final = Span(1, 16, 1, 34)


def log(*codes: str) -> dict[str, Any]:
    related = (Related("also here", SOURCE, PLACE),)
    found = [Diagnostic(code, "wrong", SOURCE, PLACE, "do this", Level.ERROR, "X", related) for code in codes]
    return sarif([*found, Diagnostic(Code.UNUSED_PARAMETER, "unused", Source("--param", ""))])


def test_every_code_has_its_shape() -> None:
    assert list(faults(log(*all_findings()), "log")) == []


def test_an_accepted_finding_is_a_suppressed_result() -> None:
    accepted = Diagnostic("IAM801", "wide", SOURCE, PLACE, "", Level.SECURITY)
    made = sarif([Diagnostic("IAM504", "twice", SOURCE, PLACE, "", Level.NOTICE)], accepted=[(accepted, "SEC-812")])
    assert list(faults(made, "log")) == []
    (run,) = made["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["IAM504", "IAM801"]
    assert [(each["ruleIndex"], each.get("suppressions")) for each in run["results"]] == [
        (0, None),
        (1, [{"kind": "external", "justification": "SEC-812"}]),
    ]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"version": "2.1.0"}, "/runs"),
        ({"version": "2", "runs": []}, "/version"),
        ({"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "a", "rules": [{"id": 1}]}}}]}, "/runs/0/tool/driver/rules/0/id"),
        ({"version": "2.1.0", "runs": [], "more": 1}, "/more"),
    ],
)
def test_another_shape_is_told(wrong: dict[str, Any], where: str) -> None:
    assert list(faults(wrong, "log")) == [where]


@pytest.mark.parametrize("finding", [pytest.param(each, id=each.code) for each in all_findings().values()])
def test_the_description_of_a_code(finding: Finding) -> None:
    rules = {rule["id"]: rule for rule in log(finding.code)["runs"][0]["tool"]["driver"]["rules"]}
    rule = rules[finding.code]
    properties = rule["properties"]
    assert properties["precision"] in {"very-high", "high", "medium", "low"}
    assert properties["problem.severity"] in {"error", "warning", "recommendation"}
    assert ("security-severity" in properties) == ("security" in properties["tags"]) == (finding.level is Level.SECURITY)
    assert rule.get("helpUri", "https://docs.aws.amazon.com/").startswith("https://docs.aws.amazon.com/")
    assert ("helpUri" in rule) or finding.code[3] in "67"
    assert finding.family in properties["tags"]


def test_the_fingerprint_does_not_change_with_the_line() -> None:
    def print_of(source: Source, span: Span) -> object:
        (result,) = sarif([Diagnostic(Code.WRONG_TYPE, "wrong", source, span)])["runs"][0]["results"]
        return result["partialFingerprints"]

    moved = Source("b.json", SOURCE.text.replace("[", "[\n"))
    assert print_of(SOURCE, PLACE) == print_of(moved, Span(2, 1, 2, 19))
    assert list(log()["runs"][0]["results"][0]["partialFingerprints"]) == ["iam2rego/v1"]
