"""Compares the actions of statements with the resources that they name, by the types of resources that each action works on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from iam2rego.catalogue.access import Access
from iam2rego.catalogue.resources import ArnFormat, read_formats
from iam2rego.catalogue.services import Catalogue
from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Kind
from iam2rego.lint.grants import actions_of
from iam2rego.lint.inclusion import Symbols
from iam2rego.lint.known_arns import KnownArn, glob, known_arns
from iam2rego.lint.overlap import overlap
from iam2rego.lint.subject import Subject, Written

_CACHED: Final = 1024
_TAG: Final = "tag"


class Fit(Enum):
    """Whether some action of an entry works on some resource of the statement; `NO_RESOURCE` if all of them work on none at all."""

    SOMETIMES = auto()
    NEVER = auto()
    NO_RESOURCE = auto()


@dataclass(frozen=True, slots=True)
class Named:
    """An entry of ``Action``, its statement, its actions in the catalogue, and how these fit the resources of the statement."""

    statement: Written
    entry: ActionPattern
    actions: Sequence[Access]
    fit: Fit


def named_actions(subject: Subject) -> Sequence[Named]:
    """Return the actions that an identity policy names beside ARNs of known types only; not those about tags, of which AWS lacks types."""
    return subject.once(_named_actions)


def _named_actions(subject: Subject) -> Sequence[Named]:
    return [*_named(subject, subject.catalogue)] if subject.policy.kind is Kind.IDENTITY else ()


def _named(subject: Subject, known: Catalogue) -> Iterator[Named]:
    found = {arn.entry.span: arn for arn in known_arns(subject) if arn.formats}
    for statement in subject.statements:
        arns = [found.get(each.span) for each in statement.read.resources.entries]
        yield from _of_statement(statement, [each for each in arns if each], known) if all(arns) else ()


def _of_statement(statement: Written, arns: Sequence[KnownArn], known: Catalogue) -> Iterator[Named]:
    actions, resources = statement.read.actions, statement.read.resources
    for entry in actions.entries if not actions.negated and not resources.negated else ():
        matched = actions_of(entry.text, known) if isinstance(entry, ActionPattern) else ()
        if isinstance(entry, ActionPattern) and matched and not any(_TAG in each.name.lower() for each in matched):
            yield Named(statement, entry, matched, _fit(matched, arns))


def _fit(actions: Sequence[Access], arns: Sequence[KnownArn]) -> Fit:
    if not any(each.types for each in actions):
        return Fit.NO_RESOURCE
    return Fit.SOMETIMES if any(_works(each, arn) for each in actions for arn in arns) else Fit.NEVER


def _works(action: Access, arn: KnownArn) -> bool:
    """Say whether an action can work on the resources of an ARN; the name of a bucket has no slash."""
    return any(
        format_.service == arn.service and overlap(name, arn.name) and not (_is_bucket(format_) and "/" in arn.name)
        for format_, name in _formats(action)
    )


def _is_bucket(format_: ArnFormat) -> bool:
    return format_.service == "s3" and format_.name == "*"


@lru_cache(_CACHED)
def _formats(action: Access) -> tuple[tuple[ArnFormat, Symbols], ...]:
    service = action.name.partition(":")[0]
    arns = (each.arn for each in action.types)
    return tuple((each, glob(each.name)) for each in read_formats(service, arns)) if action.types else ()
