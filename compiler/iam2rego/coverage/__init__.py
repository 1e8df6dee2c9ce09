"""Coverage of policies by requests: which statements, and which parts of them, were seen both true and false."""

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
from iam2rego.coverage.seen import Seen

__all__ = [
    "Coverage",
    "Infeasible",
    "Pair",
    "Part",
    "PartCoverage",
    "PartKind",
    "PolicyCoverage",
    "Reason",
    "RuleLines",
    "Seen",
    "StatementCoverage",
]
