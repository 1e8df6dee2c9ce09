"""IAM517: an action on resources that it never works on (R12)."""

from collections.abc import Iterator, Sequence
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Effect
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import covers, spell_action
from iam2rego.lint.narrower import arn_of
from iam2rego.lint.subject import Subject
from iam2rego.lint.worked_on import Fit, Named, named_actions
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM517",
    name="mismatched-resource",
    level=Level.WARNING,
    summary="None of the resources is of a type that the action works on, so the entry matches nothing.",
    why=(
        "`s3:GetObject` works on objects, and `arn:aws:s3:::b` is a bucket. Found for identity policies whose "
        "`Resource` lists ARNs of known types only; an entry with a wildcard is found if all its actions are like that. "
        "It is a notice if an `Allow` allows other actions, or another statement of the same effect names the action. Actions on tags "
        "are not checked, because AWS does not list all their types."
    ),
    remedy="Name the resources that the action works on, or move it to another statement.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
        '"arn:aws:s3:::amzn-s3-demo-bucket/*"}}'
    ),
    reference="https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each action."""
    never = [each for each in named_actions(subject) if each.fit is Fit.NEVER]
    for each in never:
        first = next(action for action in each.actions if action.types)
        message = f"{quote(each.entry.text)} never works on these resources"
        is_harmless = _allows_the_rest(each, never) or _works_elsewhere(subject, each, never)
        yield Occurrence(
            each.entry.span,
            message,
            f"{quote(first.name)} works on `{arn_of(first.types[0])}`",
            level=Level.NOTICE if is_harmless else None,
        )


def _allows_the_rest(named: Named, never: Sequence[Named]) -> bool:
    """Say whether the statement allows other actions, so that it only allows less than it says."""
    useless = {each.entry.span for each in never}
    entries = (each for each in named.statement.read.actions.entries if isinstance(each, ActionPattern))
    return named.statement.read.effect is Effect.ALLOW and any(each.span not in useless for each in entries)


def _works_elsewhere(subject: Subject, named: Named, never: Sequence[Named]) -> bool:
    """Say whether another statement has the same effect on the same actions, and may work."""
    useless = {each.entry.span for each in never}
    entries = (
        entry
        for statement in subject.statements
        if statement.read.effect is named.statement.read.effect and not statement.read.actions.negated
        for entry in statement.read.actions.entries
        if isinstance(entry, ActionPattern) and entry.span not in useless
    )
    return any(covers(spell_action(each.segments), spell_action(named.entry.segments)) for each in entries)
