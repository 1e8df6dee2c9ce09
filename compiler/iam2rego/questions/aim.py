"""A request under construction: the parts that an edge changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from iam2rego.jsontext import JsonValue
from iam2rego.questions.fill import fold

ACCOUNT: Final = "123456789012"
PRINCIPAL: Final = f"arn:aws:iam::{ACCOUNT}:user/richard-roe"


@dataclass(frozen=True, slots=True)
class Aim:
    """The action, resource with owner, context and principal of a request."""

    action: str
    resource: str
    context: Mapping[str, JsonValue]
    principal: JsonValue = PRINCIPAL
    owner: str = ACCOUNT

    def on(self, resource: str) -> "Aim":
        """Return the same request with another resource."""
        return replace(self, resource=resource)

    def doing(self, action: str) -> "Aim":
        """Return the same request with another action."""
        return replace(self, action=action)

    def by(self, principal: JsonValue) -> "Aim":
        """Return the same request by another principal."""
        return replace(self, principal=principal)

    def having(self, key: str, value: JsonValue) -> "Aim":
        """Return the same request with ``key`` set to ``value``, replacing any spelling of the key."""
        return replace(self, context={**self.without(key).context, key: value})

    def without(self, key: str) -> "Aim":
        """Return the same request without ``key``."""
        return replace(self, context={name: value for name, value in self.context.items() if fold(name) != fold(key)})

    def request(self) -> dict[str, JsonValue]:
        """Return the request document (rule N3)."""
        return {
            "principal": self.principal,
            "action": self.action,
            "resource": self.resource,
            "resource_account": self.owner,
            "context": dict(self.context),
        }
