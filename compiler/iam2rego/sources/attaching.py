"""Attaches the policies of plain files by their kind, and merges the attachments of several sources."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.ir.attachments import Attachments, Levels, ResourcePolicy
from iam2rego.ir.policy import PolicyType
from iam2rego.ir.walk import from_levels, levels_by_type
from iam2rego.sources.documents import Contents, NamedPlace
from iam2rego.sources.problems import Problems

_ONE_RESOURCE: Final = "name the resource of each in the `resources` of a policy set"


def of_type(found: Sequence[NamedPlace], type_: PolicyType, problems: Problems, *, checking: bool) -> Contents:
    """Attach the documents of plain files, all of one type. Organization policies are one level; a resource has only one policy.

    If documents are only checked, it does not matter whose they are.
    """
    if not checking and type_ is PolicyType.RESOURCE:
        message = "a resource has only one policy, and no source says which resource has this one"
        problems.add(Diagnostic(Code.CONFLICTING_SOURCES, message, each.source, each.span, _ONE_RESOURCE) for each in found[1:])
    names = tuple(sorted(each.name for each in found))
    return Contents(found[0].source, from_levels({type_: (names,)}))


def merged(contents: Sequence[Contents], problems: Problems) -> Attachments:
    """Merge the attachments of all sources in a fixed order; contradictions are problems."""
    attachments = [each.attachments for each in contents]
    together = from_levels(_levels(contents, problems)).model_copy(
        update={
            "resources": _resources(contents, problems),
            "accounts": tuple(sorted(chain.from_iterable(each.accounts for each in attachments))),
            "principals": tuple(sorted(chain.from_iterable(each.principals for each in attachments), key=lambda each: each.arn)),
        }
    )
    problems.add(_two_boundaries(together, contents))
    return together


def _levels(contents: Sequence[Contents], problems: Problems) -> Mapping[PolicyType, Levels]:
    """Return the policies for every request. Identity policies add up; each other type may come from one source only, even if empty."""
    levels: dict[PolicyType, Levels] = {}
    givers: dict[PolicyType, Contents] = {}
    for each in contents:
        for policy_type, given in levels_by_type(each.attachments).items():
            giver = givers.setdefault(policy_type, each)
            if giver is each:
                levels[policy_type] = given
            elif policy_type is PolicyType.IDENTITY:
                levels[policy_type] = (tuple(chain.from_iterable((*levels[policy_type], *given))),)
            else:
                message = f"`{policy_type}` policies are already given by {giver.source.name}"
                problems.add([Diagnostic(Code.CONFLICTING_SOURCES, message, each.source)])
    if PolicyType.IDENTITY in levels:
        levels[PolicyType.IDENTITY] = tuple(tuple(sorted(names)) for names in levels[PolicyType.IDENTITY])
    return levels


def _resources(contents: Sequence[Contents], problems: Problems) -> tuple[ResourcePolicy, ...]:
    """Return the policies of resources; each resource has only one."""
    first: dict[str, Contents] = {}
    for each in contents:
        for resource in each.attachments.resources:
            holder = first.setdefault(resource.resource, each)
            if holder is not each:
                message = f"the policy of `{resource.resource}` is already given by {holder.source.name}"
                problems.add([Diagnostic(Code.CONFLICTING_SOURCES, message, each.source)])
    return tuple(sorted(chain.from_iterable(each.attachments.resources for each in contents), key=lambda each: each.resource))


def _two_boundaries(together: Attachments, contents: Sequence[Contents]) -> list[Diagnostic]:
    """Refuse a boundary for everyone if a principal has one of its own: nobody has two."""
    bounded = [each.arn for each in together.principals if each.permissions_boundary is not None]
    if together.permissions_boundary is None or not bounded:
        return []
    source = next(each.source for each in contents if each.attachments.permissions_boundary is not None)
    message = f"every user and role gets a permissions boundary here, but `{bounded[0]}` has one of its own in the account's export"
    return [Diagnostic(Code.CONFLICTING_SOURCES, message, source)]
