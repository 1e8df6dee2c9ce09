"""Finds the lines of the emitted modules that OPA evaluates for the requests that show the parts of statements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.coverage.model import Coverage, PolicyCoverage, RuleLines
from iam2rego.coverage.seen import requests_of
from iam2rego.ir.policy import PolicySet, identity_policies
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.opa.binary import Binary
from iam2rego.opa.coverage import Lines, evaluated_lines
from iam2rego.questions import once
from iam2rego.questions.parts import is_plain
from iam2rego.rego.bundle.assemble import compile_policies, module_paths
from iam2rego.rego.bundle.output import write

_PACKAGE: Final = "iam"
_QUERY: Final = f"count([1 | some request in data.asked; _ := data.{_PACKAGE}.authz.decision with input as request])"


def traced(coverage: Coverage, policies: PolicySet, binary: Binary) -> Coverage:
    """Return ``coverage`` with the lines of each policy's module; policies are evaluated as by `conform`, alone or together.

    Raises:
        OpaError: OPA rejects the bundle.
    """
    if is_plain(policies):
        lines = [_lines(binary, identity_policies((one,)), [seen]) for one, seen in zip(policies.policies, coverage.detail, strict=True)]
    else:
        lines = [_lines(binary, policies, coverage.detail)]
    rules = {name: found for each in lines for name, found in each.items()}
    return replace(coverage, detail=tuple(replace(each, rules=rules.get(each.policy)) for each in coverage.detail))


def _lines(binary: Binary, policies: PolicySet, seen: Sequence[PolicyCoverage]) -> Mapping[str, RuleLines]:
    """Return the lines by policy; a module without rules has no lines."""
    paths = module_paths((policy.name for policy in policies.policies), _PACKAGE)
    with TemporaryDirectory(prefix="iam2rego-") as folder:
        bundle, data = Path(folder, "bundle"), Path(folder, "asked.json")
        write(compile_policies(policies, revision="coverage", package=_PACKAGE), bundle)
        data.write_text(dumps({"asked": once(_requests(seen))}), encoding="utf-8")
        lines = evaluated_lines(binary, bundle, data, _QUERY)
    found = {name: lines.get(path, Lines((), ())) for name, path in paths.items()}
    return {name: RuleLines(paths[name], each.covered, each.not_covered) for name, each in found.items()}


def _requests(seen: Sequence[PolicyCoverage]) -> Iterator[JsonValue]:
    for statement in (statement for policy in seen for statement in policy.statements):
        yield from requests_of(statement.parts)
