"""IAM807: a trust policy allows several repositories or branches of GitHub by a wildcard (C13)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.condition import Condition, Operator, TextValue
from iam2rego.ir.pattern import AnyOne, AnyRun
from iam2rego.ir.policy import Kind
from iam2rego.lint.federation import GITHUB, Trust, is_claim, trusts
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM807",
    name="github-wildcard",
    level=Level.WARNING,
    summary="A trust policy allows several repositories or branches of GitHub by a wildcard in the `sub` claim (C13).",
    why=(
        "`repo:ORG/*` lets every repository of the organization assume the role, also new ones, and `repo:ORG/REPO:*` every branch and "
        "every pull request. Not found if a condition tests the `ref` claim."
    ),
    remedy="Name the repository and the branch, or test `token.actions.githubusercontent.com:ref`.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, '
        '"Action": "sts:AssumeRoleWithWebIdentity", '
        '"Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:octo-org/*"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, '
        '"Action": "sts:AssumeRoleWithWebIdentity", '
        '"Condition": {"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:ref:refs/heads/main"}}}}'
    ),
    kind=Kind.TRUST,
    aws=("SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
)

_LIKE: Final = frozenset({Operator.STRING_LIKE, Operator.STRING_NOT_LIKE})


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for wildcards in the subjects of GitHub's tokens."""
    for trust in trusts(subject):
        if trust.host == GITHUB and not trust.tests("ref"):
            yield from _of_trust(trust)


def _of_trust(trust: Trust) -> Iterator[Occurrence]:
    for condition in trust.statement.read.conditions:
        if condition.operator in _LIKE and is_claim(condition.key, GITHUB, "sub"):
            yield from map(_occurrence, filter(_has_wildcard, _texts(condition)))


def _texts(condition: Condition) -> Iterator[TextValue]:
    return (value for value in condition.values if isinstance(value, TextValue))


def _has_wildcard(value: TextValue) -> bool:
    return any(isinstance(segment, AnyRun | AnyOne) for segment in value.segments)


def _occurrence(value: TextValue) -> Occurrence:
    message = f"{quote(value.text)} means more than one repository or branch of GitHub"
    return Occurrence(value.span, message, f"name the repository and the branch, or test {quote(f'{GITHUB}:ref')}")
