"""Verdicts in the form of IAM Access Analyzer's CheckNoNewAccess and CheckAccessNotGranted.

https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoNewAccess.html
https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckAccessNotGranted.html
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from iam2rego.cli.shared.claims import Claim, Outcome
from iam2rego.ir.decision import MatchedStatement


class _Words(NamedTuple):
    passes: str
    fails: str
    reason: str


_WORDS: Final[Mapping[Claim, _Words]] = {
    Claim.NO_NEW_ACCESS: _Words(
        "The modified permissions do not grant new access compared to your existing policy.",
        "The modified permissions grant new access compared to your existing policy.",
        "New access in the statement with",
    ),
    Claim.NOT_GRANTED: _Words(
        "The policy document does not grant access to perform the listed actions or resources.",
        "The policy document grants access to perform one or more of the listed actions or resources.",
        "One or more of the listed actions or resources in the statement with",
    ),
}


def check_response(outcome: Outcome) -> dict[str, object]:
    """Return AWS's answer: PASS only if the claim is proved. A reason without a statement says what is undecided."""
    words = _WORDS[outcome.claimed.claim]
    if outcome.verdict == "proved":
        return {"result": "PASS", "message": words.passes, "reasons": []}
    return {"result": "FAIL", "message": words.fails, "reasons": list(_reasons(outcome, words.reason))}


def _reasons(outcome: Outcome, start: str) -> Iterator[Mapping[str, object]]:
    given = [each for each, _ in outcome.accesses]
    for statement in dict.fromkeys(region.statement for each in given for region, _ in each.regions):
        yield {"description": "The caller needs no policy."} if statement is None else _of_statement(statement, start)
    yield from ({"description": f"This could not be decided: {reason}."} for each in given for reason in each.undecided)


def _of_statement(statement: MatchedStatement, start: str) -> dict[str, object]:
    name = f"sid: {statement.sid}" if statement.sid else f"index: {statement.index}"
    made: dict[str, object] = {"description": f"{start} {name}.", "statementIndex": statement.index}
    return {**made, "statementId": statement.sid} if statement.sid else made
