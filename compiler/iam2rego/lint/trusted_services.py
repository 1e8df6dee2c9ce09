"""The AWS services that resource-based policies allow without saying for whom they may act."""

from collections.abc import Iterator
from typing import Final

from iam2rego.ir.policy import OF_RESOURCES, Effect
from iam2rego.ir.principal import ServicePrincipal
from iam2rego.lint.conditions import tested_keys
from iam2rego.lint.subject import Subject

REFERER: Final = "aws:referer"

SOURCES: Final = frozenset({"aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths"})
"""The keys that say for whom a service acts. AWS publishes no list of services that send none of them, so all are expected to."""


def unrestricted_services(subject: Subject, *, by_referer: bool) -> Iterator[ServicePrincipal]:
    """Yield the services that may act for anybody, or only for whom the referer says. Not in trust policies: a service assumes its role."""
    if subject.policy.kind not in OF_RESOURCES:
        return
    for statement in (each.read for each in subject.statements):
        principals, keys = statement.principals, tested_keys(statement)
        if statement.effect is Effect.DENY or principals is None or principals.negated or keys & SOURCES:
            continue
        if (REFERER in keys) is by_referer:
            yield from (each for each in principals.entries if isinstance(each, ServicePrincipal))
