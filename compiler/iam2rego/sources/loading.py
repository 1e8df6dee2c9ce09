"""Loads sources: files, folders, policy sets and account exports become one policy set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError, Severity
from iam2rego.ir.policy import Policy, PolicySet
from iam2rego.source import Source
from iam2rego.sources.account_pages import LISTS, Page, read_page
from iam2rego.sources.accounts import account
from iam2rego.sources.attaching import merged, of_kind
from iam2rego.sources.documents import Contents, Found, unwrapped
from iam2rego.sources.files import TextFile, digest, read_all
from iam2rego.sources.policy_sets import policy_set
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS, Kind
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonObject

NO_PARAMETERS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the sources hold: policies, their texts by policy name, warnings and notices, and the SHA-256 of all that was read."""

    policies: PolicySet
    sources: Mapping[str, Source]
    diagnostics: tuple[Diagnostic, ...]
    digest: str


def load(
    paths: Sequence[str],
    *,
    kind: Kind = Kind.IDENTITY,
    lenient: bool = False,
    parameters: Mapping[str, str] = NO_PARAMETERS,
    checking: bool = False,
) -> Loaded:
    """Read every policy that ``paths`` name: files, folders of them (``*.json``), policy sets, account exports, and ``-`` for stdin.

    Args:
        paths: what to read.
        kind: what the documents are that stand in files of their own.
        lenient: whether the errors of section 12 are warnings.
        parameters: the values of ``<placeholders>``.
        checking: whether the policies are only looked at: then those that nobody has stay in the set.

    Raises:
        PolicyError: an input cannot be used, with the problems of all inputs, or there is no policy at all.
    """
    problems = Problems()
    files = read_all(paths, (".json",), problems)
    contents = _contents(files, kind, problems, checking=checking)
    found = [each for content in contents for each in content.found]
    policies = read_policies(found, problems, lenient=lenient, parameters=parameters)
    attachments = merged(contents, problems)
    problems.add(_names_taken(found))
    diagnostics = problems.settled()
    _refuse_none(paths, found)
    spare = frozenset[str]() if checking else frozenset[str]().union(*(each.spare for each in contents))
    kept = tuple(policy for policy in policies if policy.name not in spare)
    sources = {each.name: each.source for each in found}
    return Loaded(attachments.model_copy(update={"policies": kept}), sources, diagnostics, digest(files))


def _contents(files: Sequence[TextFile], kind: Kind, problems: Problems, *, checking: bool) -> list[Contents]:
    """Return what the files hold; the plain ones together are one source, and so are the pages of exports."""
    plain: list[Found] = []
    pages: list[Page] = []
    contents: list[Contents] = []
    for file in files:
        with problems.collected():
            match _classified(file, kind, problems):
                case Found() as found:
                    plain.append(found)
                case Page() as page:
                    pages.append(page)
                case Contents() as content:
                    contents.append(content)
    if plain:
        contents.append(of_kind(plain, kind, problems, checking=checking))
    if pages:
        contents.append(account(pages, problems))
    return contents


def _classified(file: TextFile, kind: Kind, problems: Problems) -> Found | Page | Contents:
    """Read a file as what its members show it to be.

    Raises:
        PolicyError: the text is not JSON, or is none of the kinds.
    """
    source, name = file.source, file.place.file
    root = parse_json(source)
    names = {member.name for member in root.members} if isinstance(root, JsonObject) else set()
    if "policies" in names:
        return policy_set(root, source, name, problems)
    if not names.isdisjoint(LISTS):
        return read_page(root, source, name, problems)
    return Found(file.place.stem, name, unwrapped(root, source), source, FORMS[kind])


def read_policies(found: Iterable[Found], problems: Problems, *, lenient: bool, parameters: Mapping[str, str]) -> tuple[Policy, ...]:
    """Lower documents to the policies of those without errors, ordered by name; report parameters that none uses."""
    policies: list[Policy] = []
    used: set[str] = set()
    for each in found:
        reading = read_policy(each.node, each.source, each.form, lenient=lenient, parameters=parameters)
        problems.add(reading.diagnostics)
        used |= reading.placeholders
        if reading.document is not None:
            policies.append(Policy(name=each.name, type=each.form.type, file=each.file, document=reading.document))
    problems.add(_unused(name) for name in sorted(parameters.keys() - used))
    return tuple(sorted(policies, key=lambda policy: policy.name))


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
