"""What the reports of scenarios say: the JSON document of the contract, text for people, JUnit XML."""

import json
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.scenarios.report import JSON, JUNIT, TEXT, Form
from iam2rego.scenarios.run import Result, Tally
from iam2rego.source import Span
from iam2rego.sources.scenario import Expectation, Scenario

REQUEST: Final[JsonValue] = {"principal": "*", "action": "s3:GetObject", "resource": "*", "context": {}}
DENIED: Final = Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))


def written(form: Form, results: Sequence[Result]) -> str:
    tally = Tally(opa_version="1.22.2")
    entries = "".join(form.entries(iter(results), tally))
    return f"{form.head(tally)}{entries}{form.tail(tally)}"


def result(name: str, expect: str, file: str = "s.json", **decisions: Decision | str) -> Result:
    scenario = Scenario(
        name=name,
        file=file,
        span=Span(2, 3, 2, 9),
        text="{}",
        request=REQUEST,
        expect=Expectation(expect),
        policies=PolicySet(policies=()),
        lenient=False,
        diagnostics=(),
    )
    return Result(scenario, decisions)


RESULTS: Final = (
    result("is denied", "implicitDeny", native=DENIED, opa=DENIED),
    result("is allowed", "allowed", native=DENIED, opa="error: no answer"),
    result("for other reasons", "implicitDeny", native=DENIED, opa=Decision(decision=Outcome.IMPLICIT_DENY)),
)


def test_scenarios_as_json() -> None:
    assert json.loads(written(JSON, RESULTS)) == {
        "opa_version": "1.22.2",
        "results": [
            {
                "name": "is denied",
                "expect": "implicitDeny",
                "decisions": {"native": "implicitDeny", "opa": "implicitDeny"},
                "passed": True,
            },
            {
                "name": "is allowed",
                "expect": "allowed",
                "decisions": {"native": "implicitDeny", "opa": "error: no answer"},
                "passed": False,
            },
            {
                "name": "for other reasons",
                "expect": "implicitDeny",
                "decisions": {"native": "implicitDeny", "opa": "implicitDeny"},
                "passed": True,
            },
        ],
        "passed": 2,
        "failed": 1,
    }


def test_scenarios_as_text() -> None:
    assert written(TEXT, RESULTS).splitlines() == [
        "s.json:2:3: is allowed: expected allowed, native decided implicitDeny, opa decided error: no answer",
        "  | implicitDeny for anonymous caller: no resource-based policy allows it",
        "  |   resource: there is no policy",
        "s.json:2:3: for other reasons: the engines agree on the decision but not on the reasons",
        "2 passed, 1 failed, 1 of 3 with equal decision documents (OPA 1.22.2)",
    ]


def test_text_counts_by_file_if_there_are_several() -> None:
    others = [result("of another file", "implicitDeny", file=file, native=DENIED) for file in ("t\x1b.json", "u.json", "t\x1b.json")]
    assert written(TEXT, [*RESULTS, *others]).splitlines()[-4:] == [
        "s.json: 2 passed, 1 failed",
        "t\N{REPLACEMENT CHARACTER}.json: 2 passed",
        "u.json: 1 passed",
        "5 passed, 1 failed, 4 of 6 with equal decision documents (OPA 1.22.2)",
    ]


def test_scenarios_as_junit() -> None:
    (suite,) = ElementTree.fromstring(written(JUNIT, RESULTS))
    assert [(case.attrib["classname"], case.attrib["name"], len(case)) for case in suite.iter("testcase")] == [
        ("s.json", "is denied", 0),
        ("s.json", "is allowed", 1),
        ("s.json", "for other reasons", 0),
    ]
