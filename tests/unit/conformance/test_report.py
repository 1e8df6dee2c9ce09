"""What reports say: the JSON documents of the contract, text for people, JUnit XML."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest

from iam2rego.conformance.freshness import Freshness, State
from iam2rego.conformance.invalid import AllInvalid
from iam2rego.conformance.replay import command, command_of_output
from iam2rego.conformance.report import conform_json, conform_junit, conform_text
from iam2rego.conformance.run import ConformReport, Disagreement
from iam2rego.coverage.model import Coverage
from iam2rego.coverage.observe import Place
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, Number

DENIED: Final = Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))
DOCUMENT: Final = {
    "decision": "implicitDeny",
    "matched_statements": [],
    "denied_by": ["identity"],
    "missing_context_keys": [],
    "errors": [],
}
REQUEST: Final[JsonValue] = {"action": "s3:Get'Object", "context": {"k:n": Number("1.0")}}
DISAGREEMENT: Final = Disagreement(PolicySet(policies=()), REQUEST, DENIED, "error: no answer", ("implicitDeny for user",))


def report(*disagreements: Disagreement, coverage: Coverage | None = None, freshness: Freshness | None = None) -> ConformReport:
    return ConformReport(
        opa_version="1.22.2",
        seed=5,
        policies=2,
        statements=3,
        requests=10,
        agreements=10 - len(disagreements),
        decisions={"allowed": 4, "implicitDeny": 6},
        disagreements=disagreements,
        coverage=coverage or Coverage(3, 3, 3),
        freshness=freshness,
    )


def test_a_report_as_json() -> None:
    printed: Mapping[str, Any] = json.loads(conform_json(report(DISAGREEMENT), lambda _: "again"))
    assert printed == {
        "opa_version": "1.22.2",
        "seed": 5,
        "policies": 2,
        "statements": 3,
        "requests": 10,
        "agreements": 9,
        "decisions": {"allowed": 4, "implicitDeny": 6},
        "disagreements": [
            {
                "request": {"action": "s3:Get'Object", "context": {"k:n": 1.0}},
                "native": DOCUMENT,
                "opa": "error: no answer",
                "replay": "again",
            }
        ],
        "all_invalid": [],
        "coverage": {
            "statements": 3,
            "applied": 3,
            "not_applied": 3,
            "never_applied": [],
            "always_applied": [],
            "parts": 0,
            "flipped": 0,
            "infeasible": 0,
            "reasons": {},
            "policies": [],
        },
    }


def test_a_request_is_printed_as_it_was_sent() -> None:
    assert '"k:n": 1.0}' in conform_json(report(DISAGREEMENT), lambda _: "again")


UNSEEN: Final = Coverage(3, 2, 1, (Place("p", 0),), (Place("p", 1), Place("q", 0)))


def test_statements_that_were_not_seen_both_ways_are_named() -> None:
    printed = json.loads(conform_json(report(coverage=UNSEEN), lambda _: "again"))
    assert printed["coverage"]["never_applied"] == [{"policy": "p", "index": 0}]
    assert conform_text(report(coverage=UNSEEN), lambda _: "again").splitlines()[1:] == [
        "statements: 2 of 3 seen to apply, 1 of 3 seen not to apply",
        "  never seen to apply: statement 0 of p",
        "  never seen not to apply: statement 1 of p",
        "  never seen not to apply: statement 0 of q",
        "parts: 0 of 0 seen to decide",
    ]


def test_many_statements_are_not_all_named() -> None:
    never = tuple(Place("p", index) for index in range(25))
    assert conform_text(report(coverage=Coverage(25, 0, 25, never)), lambda _: "again").splitlines()[22] == "  ... and 5 more"


def test_of_disagreements_of_one_kind_one_is_shown() -> None:
    text = conform_text(report(*[DISAGREEMENT] * 22), lambda _: "again")
    assert text.count("the engines disagree") == 1
    assert text.splitlines()[-1] == "  ... and 21 more of this kind"


def test_many_kinds_of_disagreement_are_not_all_shown() -> None:
    text = conform_text(report(*(replace(DISAGREEMENT, opa=f"error: {number}") for number in range(22))), lambda _: "again")
    assert text.count("the engines disagree") == 20
    assert text.splitlines()[-1] == "... and 2 more kinds"


@pytest.mark.parametrize(
    ("disagreements", "failures", "name"),
    [
        pytest.param(
            (), "0", "2 policies, 3 statements, 10 requests (4 allowed, 6 implicitDeny), 0 disagreements (OPA 1.22.2, seed 5)", id="none"
        ),
        pytest.param((DISAGREEMENT,), "1", "0 policies together", id="one"),
    ],
)
def test_a_report_as_junit(disagreements: tuple[Disagreement, ...], failures: str, name: str) -> None:
    (suite,) = ElementTree.fromstring(conform_junit(report(*disagreements), lambda _: "again"))
    assert (suite.attrib["tests"], suite.attrib["failures"]) == ("1", failures)
    assert [case.attrib["name"] for case in suite.iter("testcase")] == [name]
    assert {each.attrib["name"]: each.attrib["value"] for each in suite.iter("property")}["opa_version"] == "1.22.2"


def test_every_report_names_policies_whose_every_request_is_invalid() -> None:
    found = replace(report(), all_invalid=(AllInvalid("p", 7, "`action` is empty"),))
    words = "p: all 7 requests are invalid, so nothing was compared; the first: `action` is empty"
    (suite,) = ElementTree.fromstring(conform_junit(found, lambda _: "again"))
    assert conform_text(found, lambda _: "again").splitlines()[1] == words
    assert json.loads(conform_json(found, lambda _: "again"))["all_invalid"] == [
        {"subject": "p", "requests": 7, "error": "`action` is empty"}
    ]
    assert [each.attrib["message"] for each in suite.iter("failure")] == [words]


STALE: Final = Freshness(State.STALE, "the bundle is old")
UNKNOWN: Final = Freshness(State.UNKNOWN, "there is no bundle")


@pytest.mark.parametrize(
    ("freshness", "state", "line", "failures"),
    [
        pytest.param(STALE, "stale", "freshness: stale, the bundle is old", 1, id="stale"),
        pytest.param(UNKNOWN, "unknown", "freshness: unknown, there is no bundle", 0, id="unknown"),
    ],
)
def test_every_report_says_whether_an_output_is_fresh(freshness: Freshness, state: str, line: str, failures: int) -> None:
    found = report(freshness=freshness)
    printed = json.loads(conform_json(found, lambda _: "again"))
    (suite,) = ElementTree.fromstring(conform_junit(found, lambda _: "again"))
    assert [printed["freshness"], printed["freshness_reason"]] == [state, freshness.reason]
    assert conform_text(found, lambda _: "again").splitlines()[1] == line
    assert next(case.attrib["name"] for case in suite.iter("testcase")) == line
    assert len(list(suite.iter("failure"))) == failures


SENT: Final = r"""printf '%s\n' '{"action": "s3:Get'"'"'Object", "context": {"k:n": 1.0}}'"""


def test_a_command_that_asks_again() -> None:
    assert command(DISAGREEMENT, ["a b", "c"], ["--param", "n=$x"]) == (
        f"{SENT} | iam2rego eval 'a b' c --param 'n=$x' --engine opa --format json --request -"
    )


def test_a_command_that_asks_an_earlier_output_again() -> None:
    assert command_of_output(DISAGREEMENT, Path("out dir"), "iam.authz") == (
        f"""{SENT} | "$(iam2rego opa path)" eval --bundle 'out dir' --stdin-input --format pretty """
        "'[data.iam.authz.allow, data.iam.authz.decision]'"
    )
