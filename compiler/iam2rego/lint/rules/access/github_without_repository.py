"""IAM806: a trust policy allows the workflows of every repository of GitHub (P7)."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.federation import GITHUB, trusts
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM806",
    name="github-without-repository",
    level=Level.WARNING,
    summary="A trust policy allows GitHub's OpenID Connect provider, and no condition tests the `sub` claim (P7).",
    why="A workflow of any repository, of anybody, may assume the role. The audience does not restrict: everybody can ask for it.",
    remedy="Test `token.actions.githubusercontent.com:sub` for a repository and a branch.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, '
        '"Action": "sts:AssumeRoleWithWebIdentity", '
        '"Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}, '
        '"Action": "sts:AssumeRoleWithWebIdentity", '
        '"Condition": {"StringEquals": {"token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:ref:refs/heads/main"}}}}'
    ),
    kind=Kind.TRUST,
    aws=("MISSING_GITHUB_REPO_CONDITION_KEY",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
)


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for GitHub's provider without a condition on the subject."""
    for trust in trusts(subject):
        if trust.host == GITHUB and not trust.tests("sub"):
            hint = f"test {quote(f'{GITHUB}:sub')}, for example for `repo:ORG/REPO:ref:refs/heads/main`"
            yield Occurrence(trust.entry.span, "workflows of every repository on GitHub may assume this role", hint)
