"""What a run over random policies says: the JSON document, text for people, JUnit XML."""

import json
from typing import Final
from xml.etree import ElementTree

import pytest

from iam2rego.conformance.run import Disagreement
from iam2rego.engines.contradiction import Contradiction
from iam2rego.fuzz.questions import Question
from iam2rego.fuzz.report import DrawnReport, Found, drawn_json, drawn_junit, drawn_text
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue

DENIED: Final = Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))
REQUEST: Final[JsonValue] = {"action": "t:Get"}
DISAGREEMENT: Final = Disagreement(PolicySet(policies=()), REQUEST, DENIED, "error: no answer", ("implicitDeny for user",))
FOUND: Final = Found(Question({"identity": []}, REQUEST, lenient=True), DISAGREEMENT)
SCENARIO: Final = {
    "name": "found by `iam2rego fuzz`: review what it expects",
    "policies": {"identity": []},
    "request": REQUEST,
    "expect": "implicitDeny",
    "lenient": True,
}


def report(found: Found | None = None) -> DrawnReport:
    return DrawnReport(
        opa_version="1.22.2",
        seed=5,
        sets=1,
        policies=2,
        statements=3,
        requests=10,
        decisions={"allowed": 4, "implicitDeny": 6},
        drawn={"null datasets": 3, "root sessions": 0},
        speeds={"native": 2000.0, "opa": 250.0, "bare": 500.0},
        found=found,
    )


def test_agreement_as_text() -> None:
    assert drawn_text(report(), lambda _: "again") == (
        "1 random policy set of 2 policies and 3 statements, 10 requests, 0 disagreements\n"
        "4 allowed (40%), 6 implicitDeny (60%) (OPA 1.22.2, seed 5)\n"
        "among them 3 null datasets, 0 root sessions\n"
        "native 2000 a second (4.00 x), opa 250 a second (0.50 x), a bare query of OPA 500 a second"
    )


def test_a_disagreement_as_text() -> None:
    *_, replay, scenario = drawn_text(report(FOUND), lambda _: "again").splitlines()
    assert (replay, scenario) == ("  replay:  again", f"  scenario: {json.dumps(SCENARIO)}")


def test_a_disagreement_as_json() -> None:
    printed = json.loads(drawn_json(report(FOUND), lambda _: "again"))
    (found,) = printed.pop("disagreements")
    assert (found["scenario"], found["replay"], found["opa"]) == (SCENARIO, "again", "error: no answer")
    assert printed == {
        "opa_version": "1.22.2",
        "seed": 5,
        "sets": 1,
        "policies": 2,
        "statements": 3,
        "requests": 10,
        "agreements": 9,
        "decisions": {"allowed": 4, "implicitDeny": 6},
        "drawn": {"null datasets": 3, "root sessions": 0},
        "requests_per_second": {"native": 2000.0, "opa": 250.0, "bare": 500.0},
    }


def test_a_disagreement_as_junit() -> None:
    suite = ElementTree.fromstring(drawn_junit(report(FOUND), lambda _: "again"))[0]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")


@pytest.mark.parametrize(
    ("opa", "decides"),
    [
        pytest.param(DENIED, False, id="alike"),
        pytest.param(DENIED.model_copy(update={"denied_by": ("resource",)}), False, id="for-other-reasons"),
        pytest.param(DENIED.model_copy(update={"errors": ("refused",)}), True, id="refused"),
        pytest.param(Decision(decision=Outcome.ALLOWED), True, id="otherwise"),
        pytest.param("error: no answer", True, id="not-at-all"),
        pytest.param(Contradiction(allow=True, **dict(DENIED)), True, id="in-contradiction"),
    ],
)
def test_a_disagreement_is_of_decisions_or_of_reasons(opa: Decision | str, decides: bool) -> None:
    assert Disagreement(PolicySet(policies=()), REQUEST, DENIED, opa, ()).decides is decides
