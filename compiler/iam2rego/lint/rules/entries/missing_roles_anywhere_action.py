"""IAM224: a role for IAM Roles Anywhere that the service cannot assume."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Effect, Kind
from iam2rego.ir.principal import ServicePrincipal
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.reach import names_action
from iam2rego.lint.subject import Subject, Written

FINDING: Final = Finding(
    code="IAM224",
    name="missing-roles-anywhere-action",
    level=Level.WARNING,
    summary="A trust policy allows IAM Roles Anywhere some, but not all, of the three actions that it needs.",
    why=(
        "IAM Roles Anywhere gives each session tags and a source identity. It needs `sts:AssumeRole`, `sts:SetSourceIdentity` and "
        "`sts:TagSession`, else it cannot assume the role."
    ),
    remedy="Allow all three actions.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"}, '
        '"Action": "sts:AssumeRole"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "rolesanywhere.amazonaws.com"}, '
        '"Action": ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"], '
        '"Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:rolesanywhere:us-east-1:111122223333:trust-anchor/t"}}}}'
    ),
    kind=Kind.TRUST,
    aws=("MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",),
    reference="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
)

_SERVICE: Final = "rolesanywhere.amazonaws.com"
_NEEDED: Final = ("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession")


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at all the statements that trust the service together."""
    if subject.policy.kind is Kind.TRUST:
        trusting = [each for each in subject.statements if _trusts(each)]
        missing = [action for action in _NEEDED if not any(names_action(each.read.actions, action) for each in trusting)]
        if trusting and missing:
            actions = " and ".join(f"`{action}`" for action in missing)
            member = trusting[0].member("Action", "NotAction")
            message = f"IAM Roles Anywhere cannot assume this role without {actions}"
            yield Occurrence(member.value.span if member else None, message, f"allow {actions} as well")


def _trusts(statement: Written) -> bool:
    principals = statement.read.principals
    if statement.read.effect is Effect.DENY or principals is None or principals.negated:
        return False
    return any(isinstance(each, ServicePrincipal) and each.service == _SERVICE for each in principals.entries)
