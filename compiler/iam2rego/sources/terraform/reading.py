"""Reads a plan or a state: its policies, and who has them."""

from dataclasses import dataclass

from iam2rego.sources.account_details import AccountDetails
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Options
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


def read_plan(file: TextFile, options: Options, problems: Problems) -> Read:
    """Read a file; what is wrong with one resource is a problem.

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
