"""IAM707: a route that lets nobody through, because no policy allows its action."""

from collections.abc import Iterator

from iam2rego.diagnostics import Code, Diagnostic, Severity
from iam2rego.ir.gateway import Gateway, StorageGateway
from iam2rego.ir.pattern import Text
from iam2rego.ir.policy import Effect, PolicySet, PolicyType
from iam2rego.lint.inclusion import spell_action
from iam2rego.lint.reach import Part, reach
from iam2rego.source import Source

_GRANTING = frozenset({PolicyType.IDENTITY, PolicyType.RESOURCE})


def ungranted_routes(policies: PolicySet, gateway: Gateway, source: Source) -> Iterator[Diagnostic]:
    """Compare the actions of routes with those that statements allow; say nothing where a root user may ask, who needs no Allow (E8)."""
    if isinstance(gateway, StorageGateway) or not _is_no_root(gateway.principal[0]):
        return
    granted = [
        reach(statement).actions
        for policy in policies.policies
        for statement in policy.document.statements
        if policy.type in _GRANTING and statement.effect is Effect.ALLOW
    ]
    for route in gateway.routes:
        action = Part(False, (spell_action((Text(text=route.action),)),))
        if not any(part.reaches(action) for part in granted):
            message = f"no policy allows `{route.action}`, so this route lets nobody through"
            hint = "remove the route, or allow its action to somebody"
            yield Diagnostic(Code.UNGRANTED_ROUTE, message, source, route.span, hint, Severity.WARNING)


def _is_no_root(start: object) -> bool:
    return isinstance(start, Text) and any(kind in start.text for kind in (":user/", ":role/", ":assumed-role/", ":federated-user/"))
