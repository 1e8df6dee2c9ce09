"""What reports say of statements and parts."""

import json
from typing import Final

from iam2rego.coverage.model import (
    Coverage,
    Infeasible,
    Pair,
    Part,
    PartCoverage,
    PartKind,
    PolicyCoverage,
    Reason,
    RuleLines,
    StatementCoverage,
)
from iam2rego.coverage.observe import Place
from iam2rego.coverage.report import coverage_lines, coverage_members
from iam2rego.ir.policy import Effect
from iam2rego.jsontext import dumps
from iam2rego.source import Span

FLIPPED: Final = PartCoverage(Part(PartKind.ACTION, "s3:Get*", Span(1, 2, 1, 9)), Pair({"action": "s3:Getx1"}, {"action": "s3:Put"}), None)
COVERED: Final = PartCoverage(
    Part(PartKind.ACTION, "s3:GetObject", Span(1, 12, 1, 20)), None, Infeasible(Reason.EQUIVALENT, ("`s3:Get*`",), 500)
)
ANY: Final = PartCoverage(
    Part(PartKind.RESOURCE, "*", Span(2, 2, 2, 5)), None, Infeasible(Reason.NO_VALUE, ("every request matches it",), 500)
)
UNSEEN: Final = PartCoverage(Part(PartKind.KEY, "k:\u202ea", None), None, None)
FIRST: Final = StatementCoverage(Place("p", 0), Effect.ALLOW, "", (FLIPPED, COVERED, ANY, UNSEEN), True, True)
SECOND: Final = StatementCoverage(Place("q", 0), Effect.DENY, "Own", (FLIPPED,), True, False)
COVERAGE: Final = Coverage(
    statements=2,
    applied=2,
    not_applied=1,
    always_applied=(Place("q", 0),),
    parts=5,
    flipped=2,
    infeasible=2,
    detail=(PolicyCoverage("p", (FIRST,), RuleLines("iam/policies/p.rego", (3, 4), (7,))), PolicyCoverage("q", (SECOND,))),
)


def test_lines_name_what_was_not_seen_and_what_cannot_be() -> None:
    """A resource `*` is counted only."""
    assert coverage_lines(COVERAGE) == [
        "statements: 2 of 2 seen to apply, 1 of 2 seen not to apply",
        "  never seen not to apply: statement 0 of q",
        "parts: 2 of 3 seen to decide; 2 more cannot decide (1 equivalent part, 1 no free context value)",
        "  never seen to decide: key `k:\u202ea` in statement 0 of p",
        "  cannot decide: action `s3:GetObject` in statement 0 of p: equivalent part, `s3:Get*`",
    ]


def test_members_say_it_in_all_and_by_policy_and_statement() -> None:
    assert json.loads(dumps(coverage_members(COVERAGE))) == {
        "statements": 2,
        "applied": 2,
        "not_applied": 1,
        "never_applied": [],
        "always_applied": [{"policy": "q", "index": 0}],
        "parts": 5,
        "flipped": 2,
        "infeasible": 2,
        "reasons": {"equivalent part": 1, "no free context value": 1},
        "covered_lines": 2,
        "not_covered_lines": 1,
        "policies": [
            {
                "policy": "p",
                "parts": 4,
                "flipped": 1,
                "infeasible": 2,
                "rules": {"file": "iam/policies/p.rego", "covered_lines": 2, "not_covered_lines": 1, "not_covered": [7]},
                "statements": [
                    {
                        "index": 0,
                        "parts": 4,
                        "flipped": 1,
                        "infeasible": 2,
                        "not_flipped": [
                            {
                                "kind": "action",
                                "text": "s3:GetObject",
                                "line": 1,
                                "column": 12,
                                "reason": "equivalent part",
                                "by": ["`s3:Get*`"],
                                "searched": 500,
                            },
                            {
                                "kind": "resource",
                                "text": "*",
                                "line": 2,
                                "column": 2,
                                "reason": "no free context value",
                                "by": ["every request matches it"],
                                "searched": 500,
                            },
                            {"kind": "key", "text": "k:\u202ea"},
                        ],
                    }
                ],
            },
            {
                "policy": "q",
                "parts": 1,
                "flipped": 1,
                "infeasible": 0,
                "statements": [{"index": 0, "parts": 1, "flipped": 1, "infeasible": 0, "not_flipped": []}],
            },
        ],
    }
