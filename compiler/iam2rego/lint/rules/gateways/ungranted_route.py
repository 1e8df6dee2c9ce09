"""IAM707: a route that denies everybody, because no policy allows its action."""

from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.pattern import Text
from iam2rego.ir.policy import Effect, PolicyType
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.inclusion import spell_action
from iam2rego.lint.reach import Part, reach
from iam2rego.lint.subject import Front

_GATEWAY: Final = """kind = "http"
principal = {{ arn = "arn:aws:iam::123456789012:user/{{claim.sub}}" }}
claims = {{ verified_by = "caller" }}

[[routes]]
method = "GET"
path = "/reports"
action = "{action}"
resource = "*"
"""

FINDING: Final = Finding(
    code="IAM707",
    name="ungranted-route",
    level=Level.WARNING,
    summary="No policy allows the action of a route, so the route denies everybody.",
    why=(
        "`check --gateway` compares the routes with the policies if these have no errors. It reports nothing if the caller may be a root "
        "user, who needs no `Allow` (E8)."
    ),
    remedy="Use the policies' spelling of the action, allow the action, or remove the route.",
    bad=_GATEWAY.format(action="s3:GetObjects"),
    good=_GATEWAY.format(action="s3:GetObject"),
)

_GRANTING: Final = frozenset({PolicyType.IDENTITY, PolicyType.RESOURCE})


def check_front(front: Front) -> Iterator[Occurrence]:
    """Compare the actions of routes with those that statements allow."""
    from iam2rego.ir.gateway import StorageGateway  # here, since few checks have a gateway

    gateway = front.gateway
    if isinstance(gateway, StorageGateway) or not _is_no_root(gateway.principal[0]):
        return
    granted = _granted(front)
    for route in gateway.routes:
        action = Part(False, (spell_action((Text(text=route.action),)),))
        if not any(part.reaches(action) for part in granted):
            message = f"no policy allows `{route.action}`, so this route denies everybody"
            yield Occurrence(route.span, message, "remove the route, or allow its action")


def _granted(front: Front) -> list[Part]:
    return [
        reach(statement).actions
        for policy in front.policies.policies
        for statement in policy.document.statements
        if policy.type in _GRANTING and statement.effect is Effect.ALLOW
    ]


def _is_no_root(start: object) -> bool:
    return isinstance(start, Text) and any(kind in start.text for kind in (":user/", ":role/", ":assumed-role/", ":federated-user/"))
