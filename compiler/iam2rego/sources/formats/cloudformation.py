"""CloudFormation templates."""

from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.sources.cloudformation.attached import account_of
from iam2rego.sources.cloudformation.found import Found, find_policies
from iam2rego.sources.cloudformation.functions import FUNCTIONS
from iam2rego.sources.cloudformation.needs import unknown_names
from iam2rego.sources.cloudformation.permissions import take_permissions
from iam2rego.sources.cloudformation.resolution import Resolution
from iam2rego.sources.cloudformation.template import is_template, read_template
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.problems import Problems
from iam2rego.syntax.tree import JsonNode


def _read(root: JsonNode, file: TextFile, options: Options, problems: Problems) -> Extract:
    template = read_template(root, file.source, problems)
    resolution = Resolution(template, options.parameters, file.place.stem, problems, FUNCTIONS)
    found = find_policies(resolution, file.place.file)
    take_permissions(resolution, file.place.file, found)
    problems.add(unknown_names(resolution.needs, file.source))
    problems.add([Diagnostic(Code.TEMPLATE_READ, _sums(found), file.source)])
    return Extract(found.documents, account_of(resolution, found), frozenset(resolution.used))


def _sums(found: Found) -> str:
    """Say how many policies there are, and what became of those that are not read."""
    counts = {"need names": found.unknown, "have errors": found.broken, "not created": found.absent}
    said = [
        f"{found.count} {'policy' if found.count == 1 else 'policies'}",
        *(f"{count} {what}" for what, count in counts.items() if count),
    ]
    return ", ".join(said)


FORMAT: Final = Format("a CloudFormation template", "`Resources`", is_template, _read)
