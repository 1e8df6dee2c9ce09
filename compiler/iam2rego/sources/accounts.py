"""Account exports: the pages together become policies attached to users and roles (docs/policy-sets.md)."""

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from iam2rego.diagnostics import Code, Diagnostic, Level
from iam2rego.ir.attachments import Attachments, PrincipalPolicies, ResourcePolicy
from iam2rego.ir.walk import walk
from iam2rego.source import Source
from iam2rego.sources.account_details import AccountDetails, Edge, Entity, Held, Member, Reference
from iam2rego.sources.documents import Contents, NamedPlace
from iam2rego.sources.problems import Problems
from iam2rego.syntax.report import quote

_Groups: TypeAlias = Mapping[tuple[str, str], set[str]]
_Entries: TypeAlias = Mapping[tuple[str, str, str], set[str]]
"""The names of the policies of users, groups and roles, by account, kind and name."""

_ALL_PAGES: Final = "name the files of all pages, or let `aws iam get-account-authorization-details` print them as one"
_OF_AWS: Final = re.compile(r"arn:[^:]*:iam::aws:policy/")
_MANAGED: Final = "add what `aws iam get-account-authorization-details --filter AWSManagedPolicy` prints, as a source of its own"
_IN_BUILDS: Final = {Code.UNKNOWN_NAME: Level.ERROR, Code.AFTER_APPLY: Level.ERROR, Code.NOT_ATTACHED: Level.WARNING}
_WHOLE: Final = "export the account without `--filter`"


def account(pages: Sequence[AccountDetails], documents: Iterable[NamedPlace], problems: Problems, *, checking: bool) -> Contents:
    """Return the attachments of the ``documents``, according to all pages together.

    A reference to an entry that no page has is a problem, and so is a missing page.
    """
    missing = [*_pages_missing(pages)]
    problems.add(missing)
    if not problems.failed:  # an entry that could not be read may name the account
        problems.add(_of_no_account(pages))
    entities = [(page.source, entity) for page in pages for entity in page.entities]
    problems.add(_repeated(entities))
    problems.add(_open(pages, checking))
    managed = ChainMap(*({**page.managed} for page in pages))
    templates = frozenset(page.source.name for page in pages if not page.exported)
    resolver = _Resolver(managed, problems, templates, checking, incomplete=bool(missing))
    own = {entity.arn: resolver.own(entity, source) for source, entity in entities}
    entries = {(each.account, each.kind, each.name): own[each.arn] for _, each in entities}
    groups = {(account_id, name): names for (account_id, kind, name), names in entries.items() if kind == "group"}
    strangers = [*_attached_by_name(pages, entries, resolver)]
    principals = [resolver.principal(each, source, own[each.arn], groups) for source, each in entities if each.kind != "group"]
    attachments = Attachments(
        resources=tuple(_resources(pages, problems)),
        accounts=tuple(sorted(frozenset().union(*(page.accounts for page in pages)))),
        principals=(*principals, *strangers),
    )
    spare = {each.name for each in documents} - {each.policy for each in walk(attachments)}
    return Contents(pages[0].source, attachments, frozenset(spare))


def _resources(pages: Sequence[AccountDetails], problems: Problems) -> Iterator[ResourcePolicy]:
    """Yield the policies of resources, the trust policies of roles among them; refuse a second one of a resource."""
    first: dict[str, tuple[Source, Held | Entity]] = {}
    for page in pages:
        for entity in page.entities:
            if entity.trust is not None:
                first.setdefault(entity.arn, (page.source, entity))
                yield ResourcePolicy(resource=entity.arn, policy=entity.trust)
    for page in pages:
        for each in page.held:
            holder, earlier = first.setdefault(each.arn, (page.source, each))
            if earlier is each:
                yield ResourcePolicy(resource=each.arn, policy=each.policy)
            else:
                message = f"the policy of `{each.arn}` is already given by {holder.name}, at line {earlier.span.line}"
                problems.add([Diagnostic(Code.CONFLICTING_SOURCES, message, page.source, each.span)])


def _attached_by_name(pages: Sequence[AccountDetails], entries: _Entries, resolver: "_Resolver") -> Iterator[PrincipalPolicies]:
    """Add the policies that are attached by name to those of ``entries``; yield the users and roles that no source has."""
    strangers: dict[str, set[str]] = {}
    for page in pages:
        for each in page.edges:
            names = resolver.attached([each.reference], page.source) if each.reference else {each.policy}
            if each.kind == "group" and (each.account, each.kind, each.name) not in entries:
                message = f"the group {quote(each.name)} is in no source, so who is in it is not known"
                resolver.problems.add([Diagnostic(Code.UNKNOWN_REFERENCE, message, page.source, each.span, "add the source that has it")])
            else:
                _named(each, each.kind, page.source, entries, strangers, resolver).update(names)
    for page in pages:  # once groups have all of their policies
        for member in page.members:
            of_group = entries.get((member.account, "group", member.group.to))
            if of_group is None:
                resolver.dangling(member.group, page.source, "group")
            else:
                _named(member, "user", page.source, entries, strangers, resolver).update(of_group)
    yield from (PrincipalPolicies(arn=arn, identity=tuple(sorted(names))) for arn, names in strangers.items())


def _named(
    each: Edge | Member, kind: str, source: Source, entries: _Entries, strangers: dict[str, set[str]], resolver: "_Resolver"
) -> set[str]:
    """Return the names of the policies that an entry has, which is perhaps in no source."""
    known = entries.get((each.account, kind, each.name))
    if known is not None:
        return known
    message = f"the {kind} {quote(each.name)} is in no source: it is taken to have the path `/` and no other policies"
    resolver.problems.add([Diagnostic(Code.NOT_ATTACHED, message, source, each.span)])
    return strangers.setdefault(each.arn, set())


def _open(pages: Sequence[AccountDetails], checking: bool) -> Iterator[Diagnostic]:
    """Say what hinders policies from taking part in decisions: names that are missing hinder a build, but not a check."""
    for page in pages:
        for each in page.open:
            source = Source(f"{page.source.name}{each.part}", "") if each.part else page.source
            if each.code is not Code.UNKNOWN_NAME or not checking:
                level = None if checking else _IN_BUILDS[each.code]
                yield Diagnostic(each.code, each.message, source, each.span, each.hint, level)


def _pages_missing(pages: Sequence[AccountDetails]) -> Iterator[Diagnostic]:
    """Report pages that are followed by others if there is no last page. A last page may not name its account."""
    pages = [page for page in pages if page.exported]
    last = [page for page in pages if page.truncated is None]
    ended = frozenset[str]().union(*(page.accounts for page in last))
    open_ended = [page for page in pages if page.truncated is not None and not (page.accounts & ended if page.accounts else last)]
    accounts = frozenset[str]().union(*(page.accounts for page in open_ended))
    if open_ended and max(1, len(accounts)) > sum(not page.accounts for page in last):
        message = "the export continues after this page, and its last page is missing from the sources"
        yield from (Diagnostic(Code.INCOMPLETE_EXPORT, message, page.source, page.truncated, _ALL_PAGES) for page in open_ended)


def _of_no_account(pages: Sequence[AccountDetails]) -> Iterator[Diagnostic]:
    if not any(page.accounts for page in pages) and all(page.exported for page in pages):
        message = "the export does not name its account"
        yield from (Diagnostic(Code.INCOMPLETE_EXPORT, message, page.source, hint=_WHOLE) for page in pages)


def _repeated(entities: Iterable[tuple[Source, Entity]]) -> Iterator[Diagnostic]:
    """Report entries with the same name: names are unique in an account, whatever their paths."""
    first: dict[tuple[str, str, str], tuple[Source, Entity]] = {}
    for source, each in entities:
        holder, earlier = first.setdefault((each.account, each.kind, each.name), (source, each))
        if earlier is not each:
            message = f"the {each.kind} {quote(each.name)} is already in {holder.name}, at line {earlier.span.line}"
            yield Diagnostic(Code.CONFLICTING_SOURCES, message, source, each.span)


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Follows references from entry to entry.

    `templates` are the names of sources that have parts of accounts. If an export is `incomplete`, its other pages may have the rest.
    """

    managed: Mapping[str, str]
    problems: Problems
    templates: frozenset[str]
    checking: bool
    incomplete: bool

    def own(self, entity: Entity, source: Source) -> set[str]:
        """Return the names of the policies that an entry of ``source`` has itself."""
        return {*entity.inline} | self.attached(entity.attached, source)

    def attached(self, references: Iterable[Reference], source: Source) -> set[str]:
        """Return the names of the managed policies that are referred to."""
        return {self.managed[each.to] for each in references if self._is_known(each, source, "managed policy")}

    def principal(self, entity: Entity, source: Source, own: set[str], groups: _Groups) -> PrincipalPolicies:
        """Return the policies of a user or role, those of a user's groups among them, each once and ordered by name."""
        names = own.union(*self._of_groups(entity, source, groups))
        bounded = entity.boundary if entity.boundary and self._is_known(entity.boundary, source, "permissions boundary") else None
        boundary = self.managed[bounded.to] if bounded else None
        return PrincipalPolicies(arn=entity.arn, identity=tuple(sorted(names)), permissions_boundary=boundary)

    def _of_groups(self, entity: Entity, source: Source, groups: _Groups) -> Iterator[set[str]]:
        for reference in entity.groups:
            names = groups.get((entity.account, reference.to))
            if names is None:
                self.dangling(reference, source, "group")
            else:
                yield names

    def _is_known(self, reference: Reference, source: Source, what: str) -> bool:
        if reference.to in self.managed:
            return True
        self.dangling(reference, source, what)
        return False

    def dangling(self, reference: Reference, source: Source, what: str) -> None:
        """Report a reference to an entry that no source has."""
        if source.name not in self.templates:
            if self.incomplete:
                return
            message = f"the {what} {quote(reference.to)} is not in the export"
            self.problems.add([Diagnostic(Code.UNKNOWN_REFERENCE, message, source, reference.span, _WHOLE)])
            return
        message = f"the {what} {quote(reference.to)} is in no source"
        hint = _MANAGED if _OF_AWS.match(reference.to) else "add the source that has it"
        level = Level.NOTICE if self.checking else None
        self.problems.add([Diagnostic(Code.UNKNOWN_REFERENCE, message, source, reference.span, hint, level)])
