"""Findings about policies that mean something, but perhaps not what their authors meant."""

from collections.abc import Mapping

from iam2rego.diagnostics import Diagnostic, sort
from iam2rego.ir.policy import PolicySet
from iam2rego.lint.gateway import ungranted_routes
from iam2rego.lint.registry import RULES
from iam2rego.source import Source

__all__ = ["check", "ungranted_routes"]


def check(policies: PolicySet, sources: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
    """Run every rule on every policy; ``sources`` holds the text of each by the policy's name. Ordered by file and place."""
    return tuple(sort(finding for policy in policies.policies for rule in RULES for finding in rule(policy, sources[policy.name])))
