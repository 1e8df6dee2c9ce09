"""The verified claims about the caller."""

from iam2rego.ir.gateway import CallerClaims, Claims, EnvoyClaims, TokenClaims
from iam2rego.jsontext import JsonValue
from iam2rego.native.gateway.headers import header
from iam2rego.native.gateway.places import at
from iam2rego.native.gateway.token import claims_of


def verified_claims(claims: Claims | None, document: JsonValue, sent: dict[str, JsonValue], now: int) -> dict[str, JsonValue]:
    """Return the claims; empty if nothing is verified."""
    match claims:
        case None:
            return {}
        case EnvoyClaims(filter=name, payload=payload):
            found = at(document, "attributes", "metadataContext", "filterMetadata", name, payload)
        case CallerClaims():
            found = at(document, "claims")
        case TokenClaims():
            found = _of_token(header(sent, claims.header), claims, now)
    return found if isinstance(found, dict) else {}


def _of_token(value: JsonValue, claims: TokenClaims, now: int) -> JsonValue:
    match value.split(" ") if isinstance(value, str) else []:
        case [scheme, token] if scheme.lower() == "bearer":
            return claims_of(token, claims, now)
    return None
