"""Plans and states of Terraform, as JSON."""

from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, Level
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Options, TextFormat
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.ends import Ends
from iam2rego.sources.terraform.found import Found
from iam2rego.sources.terraform.opening import MARKS, is_terraform
from iam2rego.sources.terraform.reading import Read, read_plan


def _read(file: TextFile, options: Options, problems: Problems) -> Extract:
    read = read_plan(file, options, problems)
    problems.add(_said(read))
    return Extract(read.found.documents, read.account, frozenset(read.names.used), read.ends.opening.wanted())


def _said(read: Read) -> list[Diagnostic]:
    """Say how many policies there are and what became of them, which account is assumed, and whether the plan is complete."""
    source, found = read.plan.text.source, read.found
    said = []
    if found.count > len(found.documents) or read.ends.followed:
        said.append(Diagnostic(Code.TEMPLATE_READ, _sums(found, read.ends), source))
    if read.names.assumed:
        message = f"the account is `{read.names.assumed}`, which is the only one that ARNs here name"
        said.append(Diagnostic(Code.TEMPLATE_READ, message, source, hint="`--param AWS::AccountId=...` says another"))
    if read.plan.unfinished:
        message = "the plan is not complete, so policies may be missing"
        said.append(Diagnostic(Code.TEMPLATE_READ, message, source, read.plan.unfinished, "plan again", Level.WARNING))
    return said


def _sums(found: Found, ends: Ends) -> str:
    counts = {"known after apply": found.unknown, "with errors": found.broken, "taken away": found.absent}
    said = [f"{found.count:,} {'policy' if found.count == 1 else 'policies'}", *(f"{n:,} {what}" for what, n in counts.items() if n)]
    if ends.seen:
        several = "attachment" if len(ends.seen) == 1 else "attachments"
        said.append(f"{len(ends.seen):,} {several} of which {len(ends.followed):,} by reference")
    return ", ".join(said)


FORMAT: Final = TextFormat("a plan or state of Terraform", "`format_version`", MARKS, is_terraform, _read)
