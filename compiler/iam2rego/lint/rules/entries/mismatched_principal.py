"""IAM222: a trust policy with an action that its principals cannot use."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.policy import Kind
from iam2rego.ir.principal import AnyPrincipal, FederatedPrincipal, PrincipalEntry
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject, Written
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM222",
    name="mismatched-principal",
    level=Level.WARNING,
    summary="A trust policy has an action that none of its principals can use.",
    why=(
        "Users of a SAML provider call `sts:AssumeRoleWithSAML`, users of an OpenID Connect provider `sts:AssumeRoleWithWebIdentity`, and "
        "neither of them `sts:AssumeRole`. Others call only the last. So this part of the statement never applies."
    ),
    remedy="Name the provider under `Federated`, or the action that the principals can use.",
    bad=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ADFS"}, "Action": "sts:AssumeRole"}}'
    ),
    good=(
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/ADFS"}, "Action": "sts:AssumeRoleWithSAML", '
        '"Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}}'
    ),
    kind=Kind.TRUST,
    aws=("MISMATCHED_ACTION_FOR_PRINCIPAL",),
    reference="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html",
)

_SAML: Final = ":saml-provider/"


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look at the statements of trust policies that name principals, of which none is unreadable."""
    if subject.policy.kind is Kind.TRUST:
        for statement in subject.statements:
            principals = statement.read.principals
            if principals and not principals.negated and not any(isinstance(each, Unmatchable) for each in principals.entries):
                yield from _of_statement(statement, principals.entries)


def _of_statement(statement: Written, principals: Sequence[PrincipalEntry]) -> Iterator[Occurrence]:
    for entry in () if statement.read.actions.negated else statement.read.actions.entries:
        action = entry.text.lower()
        if action in _MAY_USE and not any(map(_MAY_USE[action], principals)):
            yield Occurrence(entry.span, f"no principal of this statement can use {quote(entry.text)}", _HINTS[action])


def _is_of_saml(principal: PrincipalEntry) -> bool:
    return isinstance(principal, FederatedPrincipal) and _SAML in principal.provider


def _is_of_web(principal: PrincipalEntry) -> bool:
    return isinstance(principal, FederatedPrincipal) and _SAML not in principal.provider


def _is_of_aws(principal: PrincipalEntry) -> bool:
    return not isinstance(principal, FederatedPrincipal)


def _or_any(is_right: Callable[[PrincipalEntry], bool]) -> Callable[[PrincipalEntry], bool]:
    return lambda principal: isinstance(principal, AnyPrincipal) or is_right(principal)


_MAY_USE: Final[Mapping[str, Callable[[PrincipalEntry], bool]]] = MappingProxyType(
    {
        "sts:assumerole": _or_any(_is_of_aws),
        "sts:assumerolewithsaml": _or_any(_is_of_saml),
        "sts:assumerolewithwebidentity": _or_any(_is_of_web),
    }
)

_HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sts:assumerole": "federated users call `sts:AssumeRoleWithSAML` or `sts:AssumeRoleWithWebIdentity`",
        "sts:assumerolewithsaml": "name a SAML provider under `Federated`",
        "sts:assumerolewithwebidentity": "name an OpenID Connect provider under `Federated`",
    }
)
