"""Loads sources: files, folders and policy sets become one policy set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError, Severity
from iam2rego.ir.policy import Policy, PolicySet, PolicyType
from iam2rego.source import Source
from iam2rego.sources.documents import Found, documents
from iam2rego.sources.files import digest, read_all
from iam2rego.sources.problems import Problems
from iam2rego.syntax.lower import read_policy

NO_PARAMETERS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the sources hold: policies, their texts by policy name, warnings and notices, and the SHA-256 of all that was read."""

    policies: PolicySet
    sources: Mapping[str, Source]
    diagnostics: tuple[Diagnostic, ...]
    digest: str


def load(paths: Sequence[str], *, lenient: bool = False, parameters: Mapping[str, str] = NO_PARAMETERS) -> Loaded:
    """Read every policy that ``paths`` name: files, folders of them (``*.json``), policy sets, and ``-`` for stdin.

    Raises:
        PolicyError: an input cannot be used, with the problems of all inputs, or there is no policy at all.
    """
    problems = Problems()
    files = read_all(paths, (".json",), problems)
    found: list[Found] = []
    for file in files:
        with problems.collected():
            found += documents(file, problems)
    policies = read_policies(found, problems, lenient=lenient, parameters=parameters)
    problems.add(_names_taken(found))
    diagnostics = problems.settled()
    _refuse_none(paths, found)
    return Loaded(policies, {each.name: each.source for each in found}, diagnostics, digest(files))


def read_policies(found: Iterable[Found], problems: Problems, *, lenient: bool, parameters: Mapping[str, str]) -> PolicySet:
    """Lower documents to the policy set of those without errors, ordered by name; report parameters that none uses."""
    policies: list[Policy] = []
    used: set[str] = set()
    for each in found:
        reading = read_policy(each.node, each.source, lenient=lenient, parameters=parameters)
        problems.add(reading.diagnostics)
        used |= reading.placeholders
        if reading.document is not None:
            policies.append(Policy(name=each.name, type=PolicyType.IDENTITY, file=each.file, document=reading.document))
    problems.add(_unused(name) for name in sorted(parameters.keys() - used))
    return PolicySet(policies=tuple(sorted(policies, key=lambda policy: policy.name)))


def _names_taken(found: Sequence[Found]) -> list[Diagnostic]:
    """A policy's name stands for it in every output, so no two policies may share one."""
    first: dict[str, Found] = {}
    return [
        Diagnostic(Code.POLICY_NAME_TAKEN, f"the policy name `{each.name}` is taken by {holder.source.name}", each.source, each.node.span)
        for each in found
        if (holder := first.setdefault(each.name, each)) is not each
    ]


def _refuse_none(paths: Sequence[str], found: Sequence[Found]) -> None:
    if not found:
        raise PolicyError([Diagnostic(Code.NO_POLICY, "there is no policy in it", Source(path, "")) for path in paths])


def _unused(name: str) -> Diagnostic:
    message = f"no policy has the placeholder `<{name}>`"
    return Diagnostic(Code.UNUSED_PARAMETER, message, Source("--param", ""), severity=Severity.WARNING)
