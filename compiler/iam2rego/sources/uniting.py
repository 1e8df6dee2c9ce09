"""Unites what the files of one account say: who has which policies, whichever file has these."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicyType
from iam2rego.sources.account_details import AccountDetails, Edge, Owner
from iam2rego.sources.accounts import account
from iam2rego.sources.attaching import of_type
from iam2rego.sources.documents import Contents, NamedPlace
from iam2rego.sources.problems import Problems
from iam2rego.sources.reading import Reading
from iam2rego.syntax.report import quote


def contents_of(readings: Iterable[Reading[Any]], problems: Problems, *, checking: bool) -> list[Contents]:
    """Return the attachments by source; all plain files of one type are one source, and so is all that is said about accounts."""
    sorted_ = _Sorted()
    for each in readings:
        sorted_.add(each)
    sorted_.settle_owners(problems, checking=checking)
    contents = [*sorted_.whole]
    contents += [of_type(found, type_, problems, checking=checking) for type_, found in sorted_.plain.items()]
    if sorted_.pages:
        contents.append(account(sorted_.pages, sorted_.exported, problems, checking=checking))
    return contents


@dataclass(slots=True)
class _Sorted:
    """What files say, by how they say it.

    Attributes:
        plain: the documents of files that do not say who has them.
        whole: the attachments of files that know all of those that they speak of.
        pages: what files say about accounts, and `exported` are the documents in them.
        owned: the files whose owner has a name but no account.
    """

    plain: dict[PolicyType, list[NamedPlace]] = field(default_factory=dict)
    whole: list[Contents] = field(default_factory=list)
    pages: list[AccountDetails] = field(default_factory=list)
    exported: list[NamedPlace] = field(default_factory=list)
    owned: list[tuple[Owner, Reading[Any]]] = field(default_factory=list)

    def add(self, reading: Reading[Any]) -> None:
        """Sort one file."""
        match reading.attachments:
            case None:
                self._plain(reading)
            case Attachments() as attachments:
                self.whole.append(Contents(reading.source, attachments))
            case AccountDetails() as page:
                self.pages.append(page)
                self.exported += reading.documents
            case Owner() as owner:
                self.owned.append((owner, reading))

    def settle_owners(self, problems: Problems, *, checking: bool) -> None:
        """Attach the policies of owners by name, if other files tell the account; otherwise they are plain files."""
        accounts = sorted(frozenset[str]().union(*(page.accounts for page in self.pages)))
        for owner, reading in self.owned:
            if len(accounts) == 1:
                self.pages.append(_edges(owner, reading, accounts[0], self._partition()))
                self.exported += reading.documents
            elif accounts and not checking:
                problems.add([_of_which(owner, reading)])
            else:
                self._plain(reading)

    def _plain(self, reading: Reading[Any]) -> None:
        for each in reading.documents:
            self.plain.setdefault(each.type, []).append(each)

    def _partition(self) -> str:
        return next((entity.arn.split(":")[1] for page in self.pages for entity in page.entities), "aws")


def _edges(owner: Owner, reading: Reading[Any], account_id: str, partition: str) -> AccountDetails:
    """Return what a file says once the account of its owner is known."""
    arn = f"arn:{partition}:iam::{account_id}:{owner.kind}/{owner.name}"
    edges = tuple(Edge(arn, account_id, owner.kind, owner.name, each.name, owner.span) for each in reading.documents)
    return AccountDetails(reading.source, (), {}, frozenset({account_id}), None, exported=False, edges=edges)


def _of_which(owner: Owner, reading: Reading[Any]) -> Diagnostic:
    message = f"the sources are of several accounts, and this does not say of which the {owner.kind} {quote(owner.name)} is"
    return Diagnostic(Code.UNKNOWN_REFERENCE, message, reading.source, owner.span, "name the sources of one account only")
