"""An HTTP request, and the document that a gateway makes from it."""

from dataclasses import dataclass, replace

from iam2rego.ir.gateway import EnvoyClaims, GatewayKind, HttpGateway
from iam2rego.jsontext import JsonValue


@dataclass(frozen=True, slots=True)
class Asked:
    """An HTTP request; members that are not text or objects make malformed documents."""

    method: JsonValue
    target: JsonValue
    headers: JsonValue
    claims: JsonValue
    source_ip: JsonValue = "203.0.113.7"

    def bearing(self, header: str, token: str) -> "Asked":
        """Return the request with a token in a header, if it has headers at all."""
        return replace(self, headers={**self.headers, header: f"Bearer {token}"}) if isinstance(self.headers, dict) else self

    def document(self, gateway: HttpGateway) -> dict[str, JsonValue]:
        """Return the document for the kind of gateway."""
        http: dict[str, JsonValue] = {"method": self.method, "path": self.target, "headers": self.headers}
        if gateway.kind is GatewayKind.HTTP:
            return {**http, "claims": self.claims, "source_ip": self.source_ip}
        return {"attributes": {"request": {"http": http}, "source": _address(self.source_ip), **_metadata(gateway, self.claims)}}


def _address(source_ip: JsonValue) -> JsonValue:
    return {"address": {"socketAddress": {"address": source_ip}}}


def _metadata(gateway: HttpGateway, claims: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(gateway.claims, EnvoyClaims):
        return {}
    return {"metadataContext": {"filterMetadata": {gateway.claims.filter: {gateway.claims.payload: claims}}}}
