"""Account exports: the pages together become policies attached to users and roles (contract.md, Sources)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.ir.policy import PolicySet, PrincipalPolicies, ResourcePolicy
from iam2rego.sources.account_pages import Entity, Page, Reference
from iam2rego.sources.documents import Contents
from iam2rego.sources.problems import Problems
from iam2rego.syntax.report import quote

_ALL_PAGES: Final = "name the files of all pages, or let `aws iam get-account-authorization-details` print them as one"
_WHOLE: Final = "export the account without `--filter`"


def account(pages: Sequence[Page], problems: Problems) -> Contents:
    """Return what the pages hold together; a reference to what none of them holds is a problem, and so is a page that is missing."""
    problems.add(_pages_missing(pages))
    if not problems.failed:  # an entry that could not be read may be the one that tells
        problems.add(_of_no_account(pages))
    entities = [entity for page in pages for entity in page.entities]
    problems.add(_repeated(entities))
    resolver = _Resolver(frozenset[str]().union(*(page.managed for page in pages)), problems)
    own = {entity.arn: resolver.own(entity) for entity in entities}
    groups = {(each.account, each.name): own[each.arn] for each in entities if each.kind == "group"}
    principals = [resolver.principal(entity, own[entity.arn], groups) for entity in entities if entity.kind != "group"]
    trusted = [entity.arn for entity in entities if entity.kind == "role"]
    attachments = PolicySet(
        policies=(),
        resources=tuple(ResourcePolicy(resource=arn, policy=f"{arn}/trust") for arn in trusted),
        accounts=tuple(sorted(frozenset().union(*(page.accounts for page in pages)))),
        principals=tuple(principals),
    )
    found = tuple(chain.from_iterable(page.found for page in pages))
    return Contents(pages[0].source, found, attachments, _spare({each.name for each in found}, attachments))


def _pages_missing(pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """Report pages after which there should be more. A last page may hold nothing that tells its account."""
    last = [page for page in pages if page.truncated is None]
    ended = frozenset[str]().union(*(page.accounts for page in last))
    open_ended = [page for page in pages if page.truncated is not None and not (page.accounts & ended if page.accounts else last)]
    accounts = frozenset[str]().union(*(page.accounts for page in open_ended))
    if open_ended and max(1, len(accounts)) > sum(not page.accounts for page in last):
        message = "the export goes on after this page, and its last page is not among the sources"
        yield from (Diagnostic(Code.INCOMPLETE_EXPORT, message, page.source, page.truncated, _ALL_PAGES) for page in open_ended)


def _of_no_account(pages: Sequence[Page]) -> Iterator[Diagnostic]:
    if not any(page.accounts for page in pages):
        message = "nothing in the export tells which account it is of"
        yield from (Diagnostic(Code.INCOMPLETE_EXPORT, message, page.source, hint=_WHOLE) for page in pages)


def _repeated(entities: Iterable[Entity]) -> Iterator[Diagnostic]:
    """Report what has the name of another: names are unique in an account, whatever the path before them."""
    first: dict[tuple[str, str, str], Entity] = {}
    for each in entities:
        earlier = first.setdefault((each.account, each.kind, each.name), each)
        if earlier is not each:
            message = (
                f"the {each.kind} {quote(each.name)} stands in the export already, in {earlier.source.name} at line {earlier.span.line}"
            )
            yield Diagnostic(Code.CONFLICTING_SOURCES, message, each.source, each.span)


def _spare(names: set[str], attachments: PolicySet) -> frozenset[str]:
    """Return the names of the policies that nobody has."""
    used = {each.policy for each in attachments.resources}
    for principal in attachments.principals:
        used |= {*principal.identity, principal.permissions_boundary or ""}
    return frozenset(names - used)


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Follows references from entry to entry."""

    managed: frozenset[str]
    problems: Problems

    def own(self, entity: Entity) -> set[str]:
        """Return the names of the policies that an entry has itself."""
        attached = (reference.to for reference in entity.attached if self._is_known(reference, "managed policy"))
        return {*entity.inline, *attached}

    def principal(self, entity: Entity, own: set[str], groups: Mapping[tuple[str, str], set[str]]) -> PrincipalPolicies:
        """Return the policies of a user or role, those of a user's groups among them, each once and ordered by name."""
        names = own.union(*self._of_groups(entity, groups))
        boundary = entity.boundary.to if entity.boundary and self._is_known(entity.boundary, "permissions boundary") else None
        return PrincipalPolicies(arn=entity.arn, identity=tuple(sorted(names)), permissions_boundary=boundary)

    def _of_groups(self, entity: Entity, groups: Mapping[tuple[str, str], set[str]]) -> Iterator[set[str]]:
        for reference in entity.groups:
            names = groups.get((entity.account, reference.to))
            if names is None:
                self._dangling(reference, "group")
            else:
                yield names

    def _is_known(self, reference: Reference, what: str) -> bool:
        if reference.to in self.managed:
            return True
        self._dangling(reference, what)
        return False

    def _dangling(self, reference: Reference, what: str) -> None:
        message = f"the {what} {quote(reference.to)} is not in the export"
        self.problems.add([Diagnostic(Code.UNKNOWN_REFERENCE, message, reference.source, reference.span, _WHOLE)])
