"""Reads the entries of principals (P2 to P8, L4, L9, V2)."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.principal import (
    AccountPrincipal,
    AnyPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    ServicePrincipal,
    UniqueIdPrincipal,
)
from iam2rego.source import Span
from iam2rego.syntax.parts import Wildcard, spell
from iam2rego.syntax.report import quote
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.strings import read_pattern
from iam2rego.syntax.tree import JsonString

_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_ROOT: Final = re.compile(r"arn:([^:]+):iam::([0-9]{12}):root")
_UNIQUE_ID: Final = re.compile(r"(?:AIDA|AROA)[A-Za-z0-9]+")
_ARN: Final = re.compile(
    r"arn:[^:]+:(?:iam::(?:[0-9]{12}|cloudfront):(?:user|role)/[^:]+|sts::[0-9]{12}:(?:assumed-role/[^/:]+/|federated-user/)[^/:]+)"
)
"""CloudFront's origin access identities have ``cloudfront`` instead of an account id."""

_SERVICE: Final = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PROVIDER: Final = re.compile(r"arn:[^:\s]+:iam::[0-9]{12}:(?:saml|oidc)-provider/\S+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[^:\s]*)?")
"""The ARN of an identity provider, or the domain of one that is built into AWS, such as ``accounts.google.com``."""

_GROUP: Final = re.compile(r"arn:[^:]+:iam::[0-9]{12}:group/.*", re.DOTALL)
_WHITE_SPACE: Final = re.compile(r"\s")

_FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AWS": "write `*`, a twelve-digit account id, or the ARN of an account's root, a user, a role or a session",
        "Service": "a service has a name like `ecs-tasks.amazonaws.com`",
        "Federated": "write the domain of the identity provider, or the ARN of a `saml-provider` or `oidc-provider`",
        "CanonicalUser": "a canonical user id has no white space",
    }
)
KINDS: Final = tuple(_FORMS)
"""The members of a principal (G15)."""


def read_entry(string: JsonString, scope: Scope, kind: str) -> PrincipalEntry | None:
    """Return the entry of the member ``kind``, or None after an error that makes it unusable.

    In lenient mode a malformed entry matches nothing, and one with ``${`` is literal text (V2).
    """
    parts = read_pattern(string, scope, variables=False)
    if parts is None:
        return None
    text, span = spell(parts), string.span
    if kind == "AWS" and text == "*":
        return AnyPrincipal(span=span)
    has_wildcard = any(isinstance(part, Wildcard) for part in parts)
    misplaced = kind == "Federated" and not scope.form.federated
    entry = None if has_wildcard or misplaced else _READERS[kind](text, span)
    if misplaced:
        _report_misplaced(text, span, scope)
    elif "${" in string.value:
        _report_variable(string, scope)
    elif has_wildcard:
        _report_wildcard(text, kind, span, scope)
    elif entry is None:
        _report_other(text, kind, span, scope)
    return entry or Unmatchable(text=text, span=span)


def _aws(text: str, span: Span) -> PrincipalEntry | None:
    if _ACCOUNT.fullmatch(text):
        return AccountPrincipal(account=text, span=span)
    if root := _ROOT.fullmatch(text):
        return AccountPrincipal(account=root[2], partition=root[1], span=span)
    if _UNIQUE_ID.fullmatch(text):
        return UniqueIdPrincipal(unique_id=text, span=span)
    return ArnPrincipal(arn=text, span=span) if _ARN.fullmatch(text) else None


def _service(text: str, span: Span) -> PrincipalEntry | None:
    return ServicePrincipal(service=text, span=span) if _SERVICE.fullmatch(text) else None


def _federated(text: str, span: Span) -> PrincipalEntry | None:
    return FederatedPrincipal(provider=text, span=span) if _PROVIDER.fullmatch(text) else None


def _canonical_user(text: str, span: Span) -> PrincipalEntry | None:
    return CanonicalUserPrincipal(canonical_user=text, span=span) if _is_word(text) else None


def _is_word(text: str) -> bool:
    return bool(text) and not _WHITE_SPACE.search(text)


_READERS: Final[Mapping[str, Callable[[str, Span], PrincipalEntry | None]]] = MappingProxyType(
    {"AWS": _aws, "Service": _service, "Federated": _federated, "CanonicalUser": _canonical_user}
)


def _report_misplaced(text: str, span: Span, scope: Scope) -> None:
    message = f"{scope.form.noun} cannot have `Federated` principals, so {quote(text)} matches nobody"
    hint = scope.other_type() or "federated users call AWS through sessions of a role: name the role"
    scope.report.tolerate(Code.MISPLACED_MEMBER, span, message, hint, "FEDERATED_PRINCIPAL_NOT_SUPPORTED")


def _report_variable(string: JsonString, scope: Scope) -> None:
    start = string.value.index("${")
    message = f"{quote(string.value)} contains `${{`, but principals cannot use variables"
    hint = "test a key of the caller under `Condition`, such as `aws:PrincipalArn`"
    scope.report.tolerate(Code.VARIABLE_IN_PRINCIPAL, scope.inside(string, start, start + 2), message, hint)


def _report_wildcard(text: str, kind: str, span: Span, scope: Scope) -> None:
    message = f"the `{kind}` principal {quote(text)} contains a wildcard, so it matches nobody"
    hint = 'name `"*"`, and test `aws:PrincipalArn` with `ArnLike`' if kind == "AWS" else "list each one"
    scope.report.tolerate(Code.WILDCARD_IN_PRINCIPAL, span, message, hint)


def _report_other(text: str, kind: str, span: Span, scope: Scope) -> None:
    hint = _FORMS[kind]
    if kind == "AWS" and _GROUP.fullmatch(text):
        hint = "a group cannot be a principal: name its users"
    if kind == "Federated" and _aws(text, span):
        hint = f'this is an `AWS` principal: write `{{"AWS": "{text}"}}`'
    aws = "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY" if kind == "Federated" else None
    scope.report.tolerate(Code.INVALID_PRINCIPAL, span, f"{quote(text)} is not a valid `{kind}` principal", hint, aws)
