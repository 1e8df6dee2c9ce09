"""Account exports: the pages together become policies attached to users and roles (docs/policy-sets.md)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.ir.attachments import Attachments, PrincipalPolicies, ResourcePolicy
from iam2rego.ir.walk import walk
from iam2rego.source import Source
from iam2rego.sources.account_details import AccountDetails, Entity, Reference
from iam2rego.sources.documents import Contents, NamedPlace
from iam2rego.sources.problems import Problems
from iam2rego.syntax.report import quote

_Groups: TypeAlias = Mapping[tuple[str, str], set[str]]

_ALL_PAGES: Final = "name the files of all pages, or let `aws iam get-account-authorization-details` print them as one"
_WHOLE: Final = "export the account without `--filter`"


def account(pages: Sequence[AccountDetails], documents: Iterable[NamedPlace], problems: Problems) -> Contents:
    """Return the attachments of the ``documents``, according to all pages together.

    A reference to an entry that no page has is a problem, and so is a missing page.
    """
    problems.add(_pages_missing(pages))
    if not problems.failed:  # an entry that could not be read may name the account
        problems.add(_of_no_account(pages))
    entities = [(page.source, entity) for page in pages for entity in page.entities]
    problems.add(_repeated(entities))
    resolver = _Resolver(frozenset[str]().union(*(page.managed for page in pages)), problems)
    own = {entity.arn: resolver.own(entity, source) for source, entity in entities}
    groups = {(each.account, each.name): own[each.arn] for _, each in entities if each.kind == "group"}
    principals = [resolver.principal(each, source, own[each.arn], groups) for source, each in entities if each.kind != "group"]
    trusted = [entity.arn for _, entity in entities if entity.kind == "role"]
    attachments = Attachments(
        resources=tuple(ResourcePolicy(resource=arn, policy=f"{arn}/trust") for arn in trusted),
        accounts=tuple(sorted(frozenset().union(*(page.accounts for page in pages)))),
        principals=tuple(principals),
    )
    spare = {each.name for each in documents} - {each.policy for each in walk(attachments)}
    return Contents(pages[0].source, attachments, frozenset(spare))


def _pages_missing(pages: Sequence[AccountDetails]) -> Iterator[Diagnostic]:
    """Report pages that are followed by others if there is no last page. A last page may not name its account."""
    last = [page for page in pages if page.truncated is None]
    ended = frozenset[str]().union(*(page.accounts for page in last))
    open_ended = [page for page in pages if page.truncated is not None and not (page.accounts & ended if page.accounts else last)]
    accounts = frozenset[str]().union(*(page.accounts for page in open_ended))
    if open_ended and max(1, len(accounts)) > sum(not page.accounts for page in last):
        message = "the export continues after this page, and its last page is missing from the sources"
        yield from (Diagnostic(Code.INCOMPLETE_EXPORT, message, page.source, page.truncated, _ALL_PAGES) for page in open_ended)


def _of_no_account(pages: Sequence[AccountDetails]) -> Iterator[Diagnostic]:
    if not any(page.accounts for page in pages):
        message = "the export does not name its account"
        yield from (Diagnostic(Code.INCOMPLETE_EXPORT, message, page.source, hint=_WHOLE) for page in pages)


def _repeated(entities: Iterable[tuple[Source, Entity]]) -> Iterator[Diagnostic]:
    """Report entries with the same name: names are unique in an account, whatever their paths."""
    first: dict[tuple[str, str, str], tuple[Source, Entity]] = {}
    for source, each in entities:
        holder, earlier = first.setdefault((each.account, each.kind, each.name), (source, each))
        if earlier is not each:
            message = f"the {each.kind} {quote(each.name)} is already in the export, in {holder.name} at line {earlier.span.line}"
            yield Diagnostic(Code.CONFLICTING_SOURCES, message, source, each.span)


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Follows references from entry to entry."""

    managed: frozenset[str]
    problems: Problems

    def own(self, entity: Entity, source: Source) -> set[str]:
        """Return the names of the policies that an entry of ``source`` has itself."""
        attached = (reference.to for reference in entity.attached if self._is_known(reference, source, "managed policy"))
        return {*entity.inline, *attached}

    def principal(self, entity: Entity, source: Source, own: set[str], groups: _Groups) -> PrincipalPolicies:
        """Return the policies of a user or role, those of a user's groups among them, each once and ordered by name."""
        names = own.union(*self._of_groups(entity, source, groups))
        boundary = entity.boundary.to if entity.boundary and self._is_known(entity.boundary, source, "permissions boundary") else None
        return PrincipalPolicies(arn=entity.arn, identity=tuple(sorted(names)), permissions_boundary=boundary)

    def _of_groups(self, entity: Entity, source: Source, groups: _Groups) -> Iterator[set[str]]:
        for reference in entity.groups:
            names = groups.get((entity.account, reference.to))
            if names is None:
                self._dangling(reference, source, "group")
            else:
                yield names

    def _is_known(self, reference: Reference, source: Source, what: str) -> bool:
        if reference.to in self.managed:
            return True
        self._dangling(reference, source, what)
        return False

    def _dangling(self, reference: Reference, source: Source, what: str) -> None:
        message = f"the {what} {quote(reference.to)} is not in the export"
        self.problems.add([Diagnostic(Code.UNKNOWN_REFERENCE, message, source, reference.span, _WHOLE)])
