"""IAM838: a resource policy lets others change it (E3)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import ArnPattern
from iam2rego.ir.policy import OF_RESOURCES, Effect, Kind, Statement
from iam2rego.ir.principal import AccountPrincipal, AnyPrincipal, ArnPrincipal, PrincipalEntry
from iam2rego.lint.arns import FIELDS, Field, literal
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.policy_changes import changes
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM838",
    name="policy-changed-by-others",
    level=Level.NOTICE,
    summary="A resource policy allows another principal the action that changes the policy.",
    why=(
        "Whoever may change the policy can give themselves everything else, and lock others out. Found unless the ARN of the "
        "resource says that the principal is of the same account. The account in the policy of a KMS key is not reported: AWS "
        "needs it there."
    ),
    remedy="Leave out the action; users and roles of the own account need no resource policy for it.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": '
        '"s3:PutBucketPolicy", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": '
        '"s3:GetBucketPolicy", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket"}}'
    ),
    kind=Kind.RESOURCE,
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at each principal that an ``Allow`` names."""
    for statement in (each.read for each in subject.statements) if subject.policy.kind in OF_RESOURCES else ():
        principals = statement.principals
        changed = next(changes(statement), None) if statement.effect is Effect.ALLOW and principals else None
        if not principals or not changed or principals.negated:
            continue
        for entry in principals.entries:
            if _is_other(entry, {*_accounts(statement), *subject.accounts}, is_key=changed.startswith("kms:")):
                message = f"this principal may do {quote(changed)}, and so change this policy"
                yield Occurrence(entry.span, message, "leave the action out")


def _accounts(statement: Statement) -> Iterator[str]:
    """Yield the accounts of the resources."""
    whole = (each for each in statement.resources.entries if isinstance(each, ArnPattern) and len(each.fields) == FIELDS)
    yield from (account for each in whole if (account := literal(each, Field.ACCOUNT)))


def _is_other(entry: PrincipalEntry, accounts: set[str], *, is_key: bool) -> bool:
    match entry:
        case AnyPrincipal():
            return True
        case AccountPrincipal(account=account):
            return account not in accounts and not is_key
        case ArnPrincipal(arn=arn):
            return arn.split(":")[4] not in accounts and not is_key
        case _:
            return False
