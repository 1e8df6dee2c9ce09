"""Policy sets that were drawn, as the compiler reads them."""

from typing import Final

from iam2rego.conformance.strategies.statements import JsonObject
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.source import Source
from iam2rego.sources.scenario import Scenario, scenarios_of
from iam2rego.syntax.forms import Kind

ACTIONS: Final = {Kind.RESOURCE: "t:Get", Kind.TRUST: "sts:AssumeRole"}
"""By an action a scenario tells what kind of policy its resource has."""


def scenario_text(policies: JsonValue, request: JsonValue, *, name: str, expect: str, lenient: bool) -> str:
    """Return a scenario on one line (contract.md, A scenario)."""
    members: JsonObject = {"name": name, "policies": policies, "request": request, "expect": expect}
    return dumps({**members, "lenient": True} if lenient else members)


def read(policies: JsonValue, *, lenient: bool) -> tuple[Kind, PolicySet]:
    """Return the policies, and of which kind that of the resource is: resource-based, if it can be read so.

    Raises:
        ValueError: the policies must be refused; the message says why.
    """
    for kind in ACTIONS:
        scenario = _read(policies, kind, lenient=lenient)
        if scenario.policies is not None:
            return kind, scenario.policies
    raise ValueError("; ".join(each.message for each in scenario.diagnostics))


def _read(policies: JsonValue, kind: Kind, *, lenient: bool) -> Scenario:
    text = scenario_text(policies, {"action": ACTIONS[kind]}, name="drawn", expect="allowed", lenient=lenient)
    (scenario,) = scenarios_of([Source("drawn", text)])
    return scenario
