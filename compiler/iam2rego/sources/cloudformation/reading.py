"""Reads a CloudFormation template: its policies, who has them, and the names that are wanted."""

from collections.abc import Mapping

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.sources.cloudformation.attached import account_of
from iam2rego.sources.cloudformation.found import Found, find_policies
from iam2rego.sources.cloudformation.functions import FUNCTIONS
from iam2rego.sources.cloudformation.needs import unknown_names
from iam2rego.sources.cloudformation.opening import Opening
from iam2rego.sources.cloudformation.permissions import take_permissions
from iam2rego.sources.cloudformation.resolution import Places, Resolution
from iam2rego.sources.cloudformation.sam import translated
from iam2rego.sources.cloudformation.template import read_template
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Options, Wanted
from iam2rego.sources.listed import Outcome, count, failed
from iam2rego.sources.problems import Problems
from iam2rego.syntax.tree import JsonNode


def read(root: JsonNode, file: TextFile, options: Options, problems: Problems) -> Extract:
    """Return what a template holds; what is wrong with one document is added to the problems."""
    made = translated(root, file, options.parameters)
    template = read_template(made.root, file.source, problems)
    resolution = Resolution(template, options.parameters, file.place.stem, problems, FUNCTIONS, dict(file.environment))
    resolution.used |= made.used
    if made.needs_region:
        resolution.needs["AWS::Region"] = {made.needs_region: None}
    found = find_policies(resolution, file.place.file)
    take_permissions(resolution, file.place.file, found)
    opening = Opening(resolution)
    account = account_of(resolution, found, opening)
    needs = {**resolution.needs, **{name: places for name, places in opening.needs.items() if name not in resolution.needs}}
    problems.add(unknown_names(resolution.needs, file.source))
    if len(found.listed) > len(found.documents) or resolution.assumed:
        problems.add([Diagnostic(Code.TEMPLATE_READ, _sums(found, len(resolution.assumed)), file.source)])
    return Extract(found.documents, account, frozenset(resolution.used), _wanted(resolution, needs), found.listed)


def _wanted(resolution: Resolution, needs: Mapping[str, Places]) -> tuple[Wanted, ...]:
    """Return the names that values are wanted for, in the order of their places, and then those with a default."""
    first = sorted((min((span.line, span.column) for span in places), name) for name, places in needs.items())
    missing = [Wanted(name, f"{resolution.source.name}:{line}:{column}", None) for (line, column), name in first]
    known = [Wanted(name, resolution.source.name, default) for name, default in sorted(resolution.defaults.items())]
    return (*missing, *known)


def _sums(found: Found, assumed: int) -> str:
    """Say how many policies there are, what became of those that are not read, and how many names are invented."""
    listed = found.listed
    counts = {
        "need names": count(listed, Outcome.NEEDS_NAMES),
        "have errors": failed(listed),
        "not created": count(listed, Outcome.NOT_CREATED),
    }
    said = [
        f"{len(listed)} {'policy' if len(listed) == 1 else 'policies'}",
        *(f"{number} {what}" for what, number in counts.items() if number),
        *([f"{assumed} {'name is' if assumed == 1 else 'names are'} invented"] if assumed else ()),
    ]
    return ", ".join(said)
