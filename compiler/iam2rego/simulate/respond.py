"""Makes the response of a simulation from the decisions (D1 to D5, D7, D8)."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from iam2rego.ir.decision import Decision, MatchedStatement, Outcome
from iam2rego.ir.policy import PolicyType
from iam2rego.simulate.simulation import ANY_RESOURCE, Simulation
from iam2rego.simulate.verdicts import Verdict

Response: TypeAlias = dict[str, Any]
Verdicts: TypeAlias = Sequence[tuple[str, Sequence[Verdict]]]

_RESTRICTIVE: Final = (Outcome.ALLOWED, Outcome.IMPLICIT_DENY, Outcome.EXPLICIT_DENY)
NAMED: Final[Mapping[PolicyType, str]] = MappingProxyType({PolicyType.IDENTITY: "IAM Policy", PolicyType.RESOURCE: "Resource Policy"})
"""The types of policy whose statements the response lists, and its names for them (D2, D4)."""


def respond(simulation: Simulation, decided: Verdicts) -> Response:
    """Return the page of the response with these decisions; a ``Marker`` at its end means that another page follows."""
    marker = next_marker(simulation)
    return {
        "EvaluationResults": [_result(action, each, simulation) for action, each in decided],
        "IsTruncated": marker is not None,
        **({} if marker is None else {"Marker": marker}),
    }


def next_marker(simulation: Simulation) -> str | None:
    """Return the marker of the next page of the response; None after the last one."""
    last = simulation.first + simulation.most
    return str(last) if last < len(simulation.actions) else None


def statements(decisions: Iterable[Decision], simulation: Simulation) -> list[MatchedStatement]:
    """Return the deciding statements of the identity and resource policies, each once, in the order of the request (D2)."""
    names = [*simulation.policies.attachments.identity, simulation.policies.attachments.resource]
    matched = {(names.index(each.policy), each.index): each for decision in decisions for each in _named(decision)}
    return [matched[place] for place in sorted(matched)]


def _named(decision: Decision) -> list[MatchedStatement]:
    return [each for each in decision.matched_statements if each.policy_type in NAMED]


def _result(action: str, verdicts: Sequence[Verdict], simulation: Simulation) -> Response:
    """Return the result of one action: the most restrictive over all resources (D8)."""
    worst = _worst(each.decision.decision for each in verdicts)
    deciding = [each.decision for each in verdicts if each.decision.decision is worst]
    return {
        "EvalActionName": action,
        "EvalResourceName": "*",
        "EvalDecision": worst.value,
        "MatchedStatements": [_statement(each) for each in statements(deciding, simulation)],
        "MissingContextValues": sorted({key for each in verdicts for key in each.decision.missing_context_keys}),
        **_organizations(verdicts),
        **_boundary(verdicts),
        **({"EvalDecisionDetails": _details(verdicts)} if _has_details(verdicts) else {}),
        **({} if simulation.resources == ANY_RESOURCE else {"ResourceSpecificResults": [_specific(each, simulation) for each in verdicts]}),
    }


def _specific(verdict: Verdict, simulation: Simulation) -> Response:
    return {
        "EvalResourceName": verdict.resource,
        "EvalResourceDecision": verdict.decision.decision.value,
        "MatchedStatements": [_statement(each) for each in statements([verdict.decision], simulation)],
        "MissingContextValues": list(verdict.decision.missing_context_keys),
        **({"EvalDecisionDetails": _details([verdict])} if verdict.sides else {}),
        **_boundary([verdict]),
    }


def _worst(outcomes: Iterable[Outcome]) -> Outcome:
    return max(outcomes, key=_RESTRICTIVE.index)


def _statement(matched: MatchedStatement) -> Response:
    return {
        "SourcePolicyId": matched.policy,
        "SourcePolicyType": NAMED[matched.policy_type],
        "StartPosition": {"Line": matched.start.line, "Column": matched.start.column},
        "EndPosition": {"Line": matched.end.line, "Column": matched.end.column},
    }


def _organizations(verdicts: Sequence[Verdict]) -> Response:
    allowed = [each.organizations for each in verdicts if each.organizations is not None]
    return {"OrganizationsDecisionDetail": {"AllowedByOrganizations": all(allowed)}} if allowed else {}


def _boundary(verdicts: Sequence[Verdict]) -> Response:
    allowed = [each.boundary for each in verdicts if each.boundary is not None]
    return {"PermissionsBoundaryDecisionDetail": {"AllowedByPermissionsBoundary": all(allowed)}} if allowed else {}


def _has_details(verdicts: Sequence[Verdict]) -> bool:
    """Return whether the API includes details, even if empty: for an ARN, unless a service control policy decided."""
    return any(each.sides or (each.resource != "*" and each.organizations is not False) for each in verdicts)


def _details(verdicts: Sequence[Verdict]) -> dict[str, str]:
    """Return the most restrictive decision of each side; empty unless the resources belong to other accounts."""
    sides = [each.sides for each in verdicts if each.sides]
    return {name: _worst(each[type_] for each in sides).value for type_, name in NAMED.items() if sides}
