"""Loads sources: files, folders, policy sets and account exports become one policy set."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Generic, Protocol, TypeVar

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import Kind, Policy, PolicySet
from iam2rego.source import Source
from iam2rego.sources.attaching import merged
from iam2rego.sources.documents import NamedPlace, RawDocument
from iam2rego.sources.files import digest
from iam2rego.sources.format import Options
from iam2rego.sources.parsing import read_sources
from iam2rego.sources.problems import Problems
from iam2rego.sources.reading import Reading, itself, policies_of, read_file
from iam2rego.sources.stacks import STACK
from iam2rego.sources.stepping import stepped, unseen
from iam2rego.sources.sums import says_something, sums
from iam2rego.sources.uniting import contents_of
from iam2rego.syntax.report import suggestion
from iam2rego.workers import Step

_PLACEHOLDER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

_TOLD: Final = frozenset({Code.AFTER_APPLY, Code.NOT_CREATED, Code.UNKNOWN_NAME})
"""What says in a check that a source has a policy that is not read."""

NO_PARAMETERS: Final[Mapping[str, str]] = MappingProxyType({})


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Made = TypeVar("Made", bound=_Named)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the sources hold: policies, their texts by policy name, warnings and notices, and the SHA-256 of all files."""

    policies: PolicySet
    sources: Mapping[str, Source]
    diagnostics: tuple[Diagnostic, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Together(Generic[Made]):
    """What files hold together.

    Attributes:
        made: what was made of the policies, ordered by their names.
        attachments: who has which of the policies.
        diagnostics: warnings and notices.
        sums: a line for each source that says how many policies it holds.
    """

    made: tuple[Made, ...]
    attachments: Attachments
    diagnostics: tuple[Diagnostic, ...]
    sums: tuple[str, ...]


def load(
    paths: Sequence[str],
    *,
    kind: Kind = Kind.IDENTITY,
    lenient: bool = False,
    parameters: Mapping[str, str] = NO_PARAMETERS,
    step: Step = unseen,
) -> Loaded:
    """Read every policy that ``paths`` name: files, folders of them (``*.json``), policy sets, account exports, and ``-`` for stdin.

    Args:
        paths: what to read.
        kind: the kind of policy of documents in files of their own.
        lenient: whether the errors of docs/semantics.md, "Lenient mode", are warnings.
        parameters: the values of ``<placeholders>``.
        step: what gets the number of files that are read, and of all.

    Raises:
        PolicyError: a source cannot be used, or there is no policy at all; it has the problems of all sources.
    """
    problems = Problems()
    files = read_sources(paths, problems)
    options = Options(kind, lenient, parameters)
    readings = [read_file(file, options, itself) for file in stepped(files, step)]
    together = combined(paths, readings, options, problems)
    sources = {each.name: each.source for reading in readings for each in reading.documents}
    return Loaded(_policies(together), sources, together.diagnostics, digest(files))


def _policies(together: Together[Policy]) -> PolicySet:
    return PolicySet(policies=together.made, attachments=together.attachments)


def combined(
    paths: Sequence[str],
    readings: Sequence[Reading[Made]],
    options: Options,
    problems: Problems,
    *,
    checking: bool = False,
) -> Together[Made]:
    """Combine what the files below ``paths`` hold; ``problems`` already has the files that could not be read.

    Arguments and errors are those of `load`; ``checking`` says that policies are only checked.
    """
    documents = [each for reading in readings for each in reading.documents]
    for reading in readings:
        problems.add(reading.structure)
    contents = contents_of(readings, problems, checking=checking)
    for reading in readings:
        problems.add(reading.findings)
    attachments = merged(contents, problems)
    problems.add(_names_taken(documents))
    problems.add(_unused(options.parameters, frozenset[str]().union(*(each.placeholders for each in readings))))
    diagnostics = problems.settled()
    _refuse_nothing(paths, readings, told=checking and any(each.code in _TOLD for each in diagnostics))
    spare = frozenset[str]() if checking else frozenset[str]().union(*(each.spare for each in contents))
    made = (each for reading in readings for each in reading.made if each.name not in spare)
    return Together(tuple(sorted(made, key=lambda each: each.name)), attachments, diagnostics, sums(paths, readings))


def read_policies(found: Sequence[RawDocument], problems: Problems, *, lenient: bool, parameters: Mapping[str, str]) -> tuple[Policy, ...]:
    """Lower documents to the policies of those without errors, ordered by name; report parameters that no policy uses."""
    met: set[str] = set()
    policies = policies_of(found, problems, met, lenient=lenient, parameters=parameters)
    ordered = tuple(sorted(policies, key=lambda policy: policy.name))
    problems.add(_unused(parameters, met))
    return ordered


def _names_taken(documents: Sequence[NamedPlace]) -> list[Diagnostic]:
    """Report policies with the same name: every output refers to a policy by its name."""
    first: dict[str, NamedPlace] = {}
    return [
        Diagnostic(Code.POLICY_NAME_TAKEN, f"the policy name `{each.name}` is taken by {holder.source.name}", each.source, each.span)
        for each in documents
        if (holder := first.setdefault(each.name, each)) is not each
    ]


def _refuse_nothing(paths: Sequence[str], readings: Sequence[Reading[Made]], *, told: bool) -> None:
    """Refuse every source that says nothing about policies, and all of them if none holds a policy and it is not ``told`` why."""
    empty = [path for path in paths if not says_something(path, readings)]
    if not told and not any(reading.documents for reading in readings):
        empty = [*paths]
    if empty:
        raise PolicyError([Diagnostic(Code.NO_POLICY, "there is no policy in it", Source(path, "")) for path in empty])


def _unused(parameters: Mapping[str, str], met: Set[str]) -> list[Diagnostic]:
    """Warn of parameters that no policy uses."""
    return [
        Diagnostic(Code.UNUSED_PARAMETER, _nothing_has(name), Source("--param", ""), hint=suggestion(name, sorted(met - parameters.keys())))
        for name in sorted(parameters.keys() - met)
        if not name.startswith(STACK)
    ]


def _nothing_has(name: str) -> str:
    return f"no policy has the placeholder `<{name}>`" if _PLACEHOLDER.fullmatch(name) else f"no template needs `{name}`"
