"""To whom policies are attached: those of plain files by their kind, and what several sources say together."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Final, TypeVar

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.ir.policy import Kind, PolicySet, PolicyType, ResourcePolicy
from iam2rego.sources.documents import Contents, Document
from iam2rego.sources.problems import Problems
from iam2rego.syntax.forms import FORMS

_Given = TypeVar("_Given")

_ONE_RESOURCE: Final = "name the resource of each in the `resources` of a policy set"


def of_kind(found: Sequence[Document], kind: Kind, problems: Problems, *, checking: bool) -> Contents:
    """Attach the documents of plain files, all of one kind: organization policies are one level, a resource can have one policy only.

    Where they are only checked, it does not matter whose they are.
    """
    if not checking and FORMS[kind].type is PolicyType.RESOURCE:
        message = "a resource has one policy, and nothing says of which resource this one is"
        problems.add(Diagnostic(Code.CONFLICTING_SOURCES, message, each.source, each.span, _ONE_RESOURCE) for each in found[1:])
    return Contents(found[0].source, _attached(tuple(sorted(each.name for each in found)), kind))


def _attached(names: tuple[str, ...], kind: Kind) -> PolicySet:
    match kind:
        case Kind.IDENTITY:
            return PolicySet(policies=(), identity=names)
        case Kind.PERMISSIONS_BOUNDARY:
            return PolicySet(policies=(), permissions_boundary=names)
        case Kind.SESSION:
            return PolicySet(policies=(), session=names)
        case Kind.SERVICE_CONTROL:
            return PolicySet(policies=(), service_control=(names,))
        case Kind.RESOURCE_CONTROL:
            return PolicySet(policies=(), resource_control=(names,))
        case Kind.VPC_ENDPOINT:
            return PolicySet(policies=(), vpc_endpoint=names)
        case Kind.RESOURCE | Kind.TRUST | Kind.KEY | Kind.BUCKET | Kind.QUEUE | Kind.TOPIC:
            return PolicySet(policies=(), resource=names[0])


def merged(contents: Sequence[Contents], problems: Problems) -> PolicySet:
    """Return what all sources say together, in an order of its own; what two of them say differently is a problem."""
    sets = [each.attachments for each in contents]
    together = PolicySet(
        policies=(),
        identity=_sorted(each.identity for each in sets),
        permissions_boundary=_one(contents, "permissions_boundary", lambda each: each.permissions_boundary, problems),
        session=_one(contents, "session", lambda each: each.session, problems),
        service_control=_one(contents, "service_control", lambda each: each.service_control, problems),
        resource_control=_one(contents, "resource_control", lambda each: each.resource_control, problems),
        vpc_endpoint=_one(contents, "vpc_endpoint", lambda each: each.vpc_endpoint, problems),
        resource=_one(contents, "resource", lambda each: each.resource, problems),
        resources=_resources(contents, problems),
        accounts=_sorted(each.accounts for each in sets),
        principals=tuple(sorted(chain.from_iterable(each.principals for each in sets), key=lambda each: each.arn)),
    )
    problems.add(_two_boundaries(together, contents))
    return together


def _sorted(names: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(sorted(chain.from_iterable(names)))


def _one(contents: Sequence[Contents], name: str, get: Callable[[PolicySet], _Given | None], problems: Problems) -> _Given | None:
    """Return what the one source says that says anything; an empty list says something, too."""
    saying = [(each.source, given) for each in contents if (given := get(each.attachments)) is not None]
    problems.add(
        Diagnostic(Code.CONFLICTING_SOURCES, f"`{name}` policies are given by {saying[0][0].name}, too", source) for source, _ in saying[1:]
    )
    return saying[0][1] if saying else None


def _resources(contents: Sequence[Contents], problems: Problems) -> tuple[ResourcePolicy, ...]:
    """Return the policies by resource, each of which has one only."""
    first: dict[str, Contents] = {}
    for each in contents:
        for resource in each.attachments.resources:
            holder = first.setdefault(resource.resource, each)
            if holder is not each:
                message = f"the policy of `{resource.resource}` is given by {holder.source.name}, too"
                problems.add([Diagnostic(Code.CONFLICTING_SOURCES, message, each.source)])
    return tuple(sorted(chain.from_iterable(each.attachments.resources for each in contents), key=lambda each: each.resource))


def _two_boundaries(together: PolicySet, contents: Sequence[Contents]) -> list[Diagnostic]:
    """Refuse a boundary for everybody beside one of a principal's own: nobody has two."""
    bounded = [each.arn for each in together.principals if each.permissions_boundary is not None]
    if together.permissions_boundary is None or not bounded:
        return []
    source = next(each.source for each in contents if each.attachments.permissions_boundary is not None)
    message = f"everybody gets a permissions boundary here, but `{bounded[0]}` has one of its own in the account's export"
    return [Diagnostic(Code.CONFLICTING_SOURCES, message, source)]
