"""The OpenID Connect providers that trust policies allow, and the condition keys of their tokens."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.condition import Qualifier
from iam2rego.ir.policy import Effect, Kind
from iam2rego.ir.principal import FederatedPrincipal
from iam2rego.lint.conditions import tested_keys
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.reach import names_action
from iam2rego.lint.subject import Subject, Tested, Written

GITHUB: Final = "token.actions.githubusercontent.com"
"""The host of GitHub's provider; the one of an enterprise has a path after it."""

_ASSUME: Final = "sts:AssumeRoleWithWebIdentity"
_OIDC: Final = ":oidc-provider/"


@dataclass(frozen=True, slots=True)
class Trust:
    """A provider that a statement allows to sign in: the entry, its host in lower case, and the statement."""

    entry: FederatedPrincipal
    host: str
    statement: Written

    def tests(self, claim: str = "") -> bool:
        """Say whether a condition tests a claim of the provider's tokens; without one, whether any does."""
        return any(is_claim(key, self.host, claim) for key in tested_keys(self.statement.read))


def trusts(subject: Subject) -> Iterator[Trust]:
    """Yield the providers that the statements of a trust policy allow to sign in."""
    if subject.policy.kind is not Kind.TRUST:
        return
    for statement in subject.statements:
        principals = statement.read.principals
        signs_in = names_action(statement.read.actions, _ASSUME)  # a statement may be about session tags only
        if principals and not principals.negated and statement.read.effect is Effect.ALLOW and signs_in:
            for entry in principals.entries:
                if isinstance(entry, FederatedPrincipal) and (host := _host(entry.provider)):
                    yield Trust(entry, host, statement)


def is_claim(key: str, host: str, claim: str = "") -> bool:
    """Say whether a key is a claim of the tokens of a host, whose providers may have a path: ``host/path:claim``."""
    folded = fold_key(key)
    return folded.startswith((f"{host}:", f"{host}/")) and (not claim or folded.endswith(f":{claim}"))


def _host(provider: str) -> str:
    """Return the host of an OpenID Connect provider, by its ARN or its domain; empty for others."""
    if provider.startswith("arn:"):
        _, _, provider = provider.partition(_OIDC)
    return provider.partition("/")[0].lower()


def audiences(subject: Subject, qualifier: Qualifier) -> Iterator[Tested]:
    """Yield the conditions of a trust policy that test an audience with a set operator."""
    if subject.policy.kind is Kind.TRUST:
        yield from (
            each for each in subject.tests if each.condition.qualifier is qualifier and fold_key(each.condition.key).endswith(":aud")
        )
