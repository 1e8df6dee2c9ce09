"""Runs made up for tests of what is shown of runs: every sign, disagreements of every kind, and texts that try to be markup."""

from pathlib import Path
from typing import Final

from iam2rego.conformance.page import Subject
from iam2rego.conformance.run import ConformReport, Disagreement
from iam2rego.coverage import (
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
from iam2rego.engines.compare import Answer
from iam2rego.ir.policy import Effect, PolicySet, identity_policies
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import authorize, explain
from iam2rego.rego.bundle.assemble import compile_policies, module_paths
from iam2rego.source import Span
from iam2rego.sources import load

REPORTS: Final = """{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadReports",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:List*"],
      "Resource": "arn:aws:s3:::reports/${aws:username}/*",
      "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    },
    {
      "Sid": "OnlyEncrypted",
      "Effect": "Deny",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {"Bool": {"aws:SecureTransport": "false"}}
    },
    {
      "Effect": "Allow",
      "Action": "s3:PutObject",
      "Resource": "arn:aws:s3:::reports/*",
      "Condition": {"StringEquals": {"aws:username": "a"}, "StringNotEquals": {"aws:username": "a"}}
    },
    {"Sid": "Anything", "Effect": "Allow", "Action": "*", "Resource": "*"}
  ]
}
"""
AUDIT: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["ecs:List*", "ecs:Describe*"], "Resource": "*"}}\n'
LONG: Final = "x" * 600
MARKUP: Final = (
    """</script><script>window.hostile = 1</script>"><img src=https://example.com/x onerror="window.hostile = 1"><!--\u202etfel"""
)
HOSTILE: Final = dumps(
    {"Statement": {"Sid": MARKUP, "Effect": "Allow", "Action": f"s3:{LONG}", "Resource": f"arn:aws:s3:::{MARKUP}"}}
).replace("\\u202e", "\u202e")

REQUEST: Final[JsonValue] = {
    "principal": "arn:aws:iam::123456789012:user/richard-roe",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::reports/richard-roe/2026.csv",
    "context": {"aws:username": "richard-roe", "aws:SourceIp": "203.0.114.0", "aws:SecureTransport": "true"},
}
ALLOWING: Final[JsonValue] = {**REQUEST, "context": {"aws:username": "richard-roe", "aws:SourceIp": "203.0.113.9"}}


def subject(folder: Path, **policies: str) -> Subject:
    """Return the policies with the texts ``policies``, by name, and what the compiler makes of them; ``folder`` is empty."""
    for name, text in policies.items():
        (folder / f"{name}.json").write_text(text, "utf-8")
    loaded = load([str(folder)], lenient=True)
    files = compile_policies(loaded.policies, revision="").files
    modules = {policy: files[path] for policy, path in module_paths((each.name for each in loaded.policies.policies), "iam").items()}
    return Subject(loaded.policies, loaded.sources, modules, "that the compiler makes of it now", ["policies"], "0123456789ab" + "0" * 52)


def alone(subject: Subject, policy: str) -> PolicySet:
    """Return the set of one policy of ``subject``."""
    return identity_policies(each for each in subject.policies.policies if each.name == policy)


def disagreement(policies: PolicySet, request: JsonValue, opa: Answer) -> Disagreement:
    """Return a disagreement in which the native engine is right."""
    return Disagreement(policies, request, authorize(policies, request), opa, tuple(explain(policies, request)))


def report(subject: Subject, coverage: Coverage, *disagreements: Disagreement) -> ConformReport:
    """Return a report on ``subject``."""
    return ConformReport(
        opa_version="1.22.2",
        seed=5,
        policies=len(subject.policies.policies),
        statements=coverage.statements,
        requests=1_205,
        agreements=1_205 - len(disagreements),
        decisions={"allowed": 514, "explicitDeny": 120, "implicitDeny": 514, "invalid": 57},
        disagreements=disagreements,
        coverage=coverage,
    )


def _part(kind: PartKind, text: str, line: int, infeasible: Infeasible | None = None, *, shown: bool = True) -> PartCoverage:
    pair = Pair(ALLOWING, REQUEST) if shown and infeasible is None else None
    return PartCoverage(Part(kind, text, Span(line, 7, line, 9)), pair, infeasible)


def _statement(
    index: int, effect: Effect, sid: str, *parts: PartCoverage, applied: bool = True, not_applied: bool = True
) -> StatementCoverage:
    return StatementCoverage(Place("reports", index), effect, sid, parts, applied, not_applied)


NEVER: Final = Infeasible(Reason.CONTRADICTORY, ("`StringEquals` `a`", "`StringNotEquals` `a`"), 10_000)
DETAIL: Final = PolicyCoverage(
    "reports",
    (
        _statement(
            0,
            Effect.ALLOW,
            "ReadReports",
            _part(PartKind.ACTION, "s3:GetObject", 7),
            _part(PartKind.ACTION, "s3:List*", 7, Infeasible(Reason.SHADOWED, ("Deny statement 1 `OnlyEncrypted`",), 10_000)),
            _part(PartKind.RESOURCE, "arn:aws:s3:::reports/${aws:username}/*", 8),
            _part(PartKind.OPERATOR, "IpAddress", 9),
            _part(PartKind.KEY, "aws:SourceIp", 9, shown=False),
            _part(PartKind.VALUE, "203.0.113.0/24", 9),
        ),
        _statement(1, Effect.DENY, "OnlyEncrypted", _part(PartKind.ACTION, "s3:*", 14), _part(PartKind.VALUE, "false", 16)),
        _statement(
            2, Effect.ALLOW, "", _part(PartKind.ACTION, "s3:PutObject", 20, NEVER), _part(PartKind.VALUE, "a", 22, NEVER), applied=False
        ),
        _statement(3, Effect.ALLOW, "Anything", not_applied=False),
    ),
    RuleLines("iam/policies/reports.rego", (12, 13), (50, 51)),
)
BY_STATEMENT: Final = Coverage(4, 3, 3, (Place("reports", 2),), (Place("reports", 3),))
BY_PART: Final = Coverage(4, 3, 3, (Place("reports", 2),), (Place("reports", 3),), parts=10, flipped=6, infeasible=3, detail=(DETAIL,))
