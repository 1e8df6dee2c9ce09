"""Reads drawn policy sets with the compiler."""

from typing import Final

from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.source import Source
from iam2rego.sources.scenario import scenarios_of

_NAME: Final = "found by `iam2rego fuzz`: review what it expects"


def scenario_text(policies: JsonValue, request: JsonValue, *, expect: str, lenient: bool) -> str:
    """Return a scenario on one line (docs/conformance-suite.md)."""
    members: dict[str, JsonValue] = {"name": _NAME, "policies": policies, "request": request, "expect": expect}
    return dumps({**members, "lenient": True} if lenient else members)


def read(policies: JsonValue, request: JsonValue, *, lenient: bool) -> PolicySet:
    """Return the policies as read from a scenario with ``request``.

    Raises:
        ValueError: the policies must be refused; the message says why.
    """
    text = scenario_text(policies, request, expect="allowed", lenient=lenient)
    (scenario,) = scenarios_of([Source("drawn", text)])
    if scenario.policies is None:
        raise ValueError("; ".join(each.message for each in scenario.diagnostics))
    return scenario.policies
