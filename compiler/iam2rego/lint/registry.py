"""Collects all findings: rules are modules below `rules`; `reported` describes the findings of other packages.

There is no list of them, so a new rule is one new file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType, ModuleType
from typing import TypeAlias

from iam2rego.lint import reported, rules
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Front, Subject

Check: TypeAlias = Callable[[Subject], Iterator[Occurrence]]
"""Checks one policy, and yields each place with the finding."""

CheckFront: TypeAlias = Callable[[Front], Iterator[Occurrence]]
"""The same for a gateway and the policies behind it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A finding that `lint` looks for itself; one of the checks is None."""

    finding: Finding
    check: Check | None
    check_front: CheckFront | None


@cache
def all_rules() -> tuple[Rule, ...]:
    """Import every rule, in the order of the codes."""
    found = (Rule(each.FINDING, getattr(each, "check", None), getattr(each, "check_front", None)) for each in _modules(rules))
    return tuple(sorted(found, key=lambda rule: rule.finding.code))


@cache
def all_findings() -> Mapping[str, Finding]:
    """Return every finding by code, in order. Only descriptions of findings need the ones that other packages report."""
    described = (finding for module in _modules(reported) for finding in module.FINDINGS)
    found = [*(rule.finding for rule in all_rules()), *described]
    return MappingProxyType({finding.code: finding for finding in sorted(found, key=lambda finding: finding.code)})


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for each in walk_packages(package.__path__, f"{package.__name__}."):
        if not each.ispkg:
            yield import_module(each.name)
