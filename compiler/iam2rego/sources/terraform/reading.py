"""Reads a plan or a state: its policies, and who has them."""

from dataclasses import dataclass

from iam2rego.diagnostics import Code, Diagnostic, Level
from iam2rego.sources.account_details import AccountDetails
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Options
from iam2rego.sources.listed import Outcome, count, failed
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.attached import account_of
from iam2rego.sources.terraform.configuration import Configuration
from iam2rego.sources.terraform.ends import Ends
from iam2rego.sources.terraform.following import Following
from iam2rego.sources.terraform.found import Finder, Found
from iam2rego.sources.terraform.names import Names
from iam2rego.sources.terraform.open_ends import OpenEnds
from iam2rego.sources.terraform.opening import open_plan
from iam2rego.sources.terraform.permissions import Permissions
from iam2rego.sources.terraform.resources import Plan
from iam2rego.sources.terraform.table import is_wanted
from iam2rego.sources.terraform.targets import Targets


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a plan or state: its policies, the ends of its edges, the names that were used, and who has what."""

    plan: Plan
    found: Found
    ends: Ends
    names: Names
    account: AccountDetails


def read(file: TextFile, options: Options, problems: Problems) -> Extract:
    """Return what a plan or a state holds; what is wrong with one resource is a problem.

    Raises:
        PolicyError: the file is not JSON, or has another form.
    """
    found = read_plan(file, options, problems)
    problems.add(_said(found))
    return Extract(found.found.documents, found.account, frozenset(found.names.used), found.ends.opening.wanted(), found.found.listed)


def read_plan(file: TextFile, options: Options, problems: Problems) -> Read:
    """Read a file as `read` does.

    Raises:
        PolicyError: the file is not JSON, or has another form.
    """
    plan = open_plan(file.source, is_wanted, problems)
    configuration = Configuration.of(plan)
    names = Names(file.place.stem, options.parameters, configuration)
    opening = OpenEnds(plan.text)
    ends = Ends(plan, names, Following.of(configuration, plan.resources), opening)
    targets = Targets(names, ends, opening)
    finder = Finder(plan, configuration, opening, problems, file.place.file, file.place.stem)
    finder.find()
    permissions = Permissions(plan, finder.found, ends, targets, problems, file.place.file, file.place.stem)
    permissions.take()
    account = account_of(plan, finder.found, targets, permissions.held, problems)
    return Read(plan, finder.found, ends, names, account)


def _said(read: Read) -> list[Diagnostic]:
    """Say how many policies there are and what became of them, which account is assumed, and whether the plan is complete."""
    source, found = read.plan.text.source, read.found
    said = []
    if len(found.listed) > len(found.documents) or read.ends.followed:
        said.append(Diagnostic(Code.TEMPLATE_READ, _sums(found, read.ends), source))
    if read.names.assumed:
        message = f"the account is `{read.names.assumed}`, which is the only one that ARNs here name"
        said.append(Diagnostic(Code.TEMPLATE_READ, message, source, hint="`--param AWS::AccountId=...` says another"))
    if read.plan.unfinished:
        message = "the plan is not complete, so policies may be missing"
        said.append(Diagnostic(Code.TEMPLATE_READ, message, source, read.plan.unfinished, "plan again", Level.WARNING))
    return said


def _sums(found: Found, ends: Ends) -> str:
    listed = found.listed
    counts = {
        "known after apply": count(listed, Outcome.KNOWN_AFTER_APPLY),
        "with errors": failed(listed),
        "taken away": count(listed, Outcome.NOT_CREATED),
    }
    said = [f"{len(listed):,} {'policy' if len(listed) == 1 else 'policies'}", *(f"{n:,} {what}" for what, n in counts.items() if n)]
    if ends.seen:
        several = "attachment" if len(ends.seen) == 1 else "attachments"
        said.append(f"{len(ends.seen):,} {several} of which {len(ends.followed):,} by reference")
    return ", ".join(said)
