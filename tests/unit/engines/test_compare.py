"""When two answers agree."""

import pytest

from iam2rego.engines.compare import Answer, agree, outcome
from iam2rego.engines.contradiction import Contradiction
from iam2rego.ir.decision import Decision, MatchedStatement, Outcome, Position
from iam2rego.ir.policy import Effect, PolicyType


def matched(index: int = 0, line: int = 1) -> MatchedStatement:
    return MatchedStatement(
        policy="p",
        policy_type=PolicyType.IDENTITY,
        sid="",
        index=index,
        effect=Effect.ALLOW,
        start=Position(line=line, column=1),
        end=Position(line=9, column=2),
    )


ALLOWED = Decision(decision=Outcome.ALLOWED, matched_statements=(matched(),))
DENIED = Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))
CONTRADICTION = Contradiction(allow=True, **dict(DENIED))
REFUSED = Decision(decision=Outcome.IMPLICIT_DENY, errors=("`action` is missing",))


@pytest.mark.parametrize(
    ("one", "other", "want"),
    [
        pytest.param(ALLOWED, ALLOWED.model_copy(), True, id="equal"),
        pytest.param(ALLOWED, DENIED, False, id="other-decision"),
        pytest.param(ALLOWED, ALLOWED.model_copy(update={"matched_statements": (matched(1),)}), False, id="other-statement"),
        pytest.param(ALLOWED, ALLOWED.model_copy(update={"matched_statements": (matched(0, 2),)}), False, id="other-place"),
        pytest.param(DENIED, DENIED.model_copy(update={"denied_by": ()}), False, id="other-type"),
        pytest.param(DENIED, DENIED.model_copy(update={"missing_context_keys": ("k:a",)}), False, id="other-missing-key"),
        pytest.param(REFUSED, REFUSED.model_copy(update={"errors": ("other words",)}), True, id="errors/other-words"),
        pytest.param(REFUSED, REFUSED.model_copy(update={"errors": ()}), False, id="errors/none"),
        pytest.param("error: a", "error: a", False, id="failure/never-agrees"),
        pytest.param(DENIED, "error: a", False, id="failure/is-no-deny"),
        pytest.param(DENIED, CONTRADICTION, False, id="contradiction/is-no-deny"),
        pytest.param(CONTRADICTION, CONTRADICTION, False, id="contradiction/never-agrees"),
    ],
)
def test_agree(one: Answer, other: Answer, want: bool) -> None:
    assert agree(one, other) is want
    assert agree(other, one) is want


@pytest.mark.parametrize(
    ("given", "want"),
    [
        pytest.param(ALLOWED, "allowed", id="allowed"),
        pytest.param(DENIED, "implicitDeny", id="implicit-deny"),
        pytest.param(REFUSED, "invalid", id="refused"),
        pytest.param("error: no answer", "error: no answer", id="failure"),
        pytest.param(CONTRADICTION, "error: allow is true, but the decision is implicitDeny", id="contradiction"),
    ],
)
def test_outcome(given: Answer, want: str) -> None:
    assert outcome(given) == want
