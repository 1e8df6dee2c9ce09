"""Questions of the object stores MinIO and RustFS."""

from collections.abc import Mapping
from typing import Final

from iam2rego.ir.gateway import AccountName, ClaimValue, GatewayKind, StorageGateway, Value
from iam2rego.jsontext import JsonValue
from iam2rego.native.gateway.asked import Question, asked_by, refused
from iam2rego.native.gateway.places import at
from iam2rego.native.gateway.templates import UNCLEAR, filled, name

_PLACES: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "account": (("account",), ("identity", "account")),
    "claims": (("claims",), ("identity", "claims")),
    "owner": (("owner",), ("identity", "is_owner")),
    "action": (("action",), ("action",)),
    "bucket": (("bucket",), ("resource", "bucket")),
    "object": (("object",), ("resource", "object")),
    "conditions": (("conditions",), ("context", "conditions")),
    "only_denied": (("denyOnly",), ("context", "deny_only")),
}
"""Where MinIO and RustFS put each value."""

_KEYS: Final[Mapping[str, str]] = {
    "authtype": "s3:authType",
    "currenttime": "aws:CurrentTime",
    "delimiter": "s3:delimiter",
    "epochtime": "aws:EpochTime",
    "locationconstraint": "s3:LocationConstraint",
    "max-keys": "s3:max-keys",
    "prefix": "s3:prefix",
    "principaltype": "aws:PrincipalType",
    "referer": "aws:Referer",
    "securetransport": "aws:SecureTransport",
    "signatureage": "s3:signatureAge",
    "signatureversion": "s3:signatureversion",
    "sourceip": "aws:SourceIp",
    "useragent": "aws:UserAgent",
    "userid": "aws:userid",
    "username": "aws:username",
    "versionid": "s3:VersionId",
}
_KEPT: Final = ("existingobjecttag/", "object-lock-", "requestobjecttag/", "x-amz-")
"""The beginnings of names that IAM uses unchanged, after ``s3:``."""


def storage_question(gateway: StorageGateway, document: JsonValue) -> Question:
    """Read a document."""
    owns, only_denied = _told(gateway, document, "owner", False), _told(gateway, document, "only_denied", False)
    conditions = _told(gateway, document, "conditions", {})
    if (
        not isinstance(document, dict)
        or not isinstance(owns, bool)
        or not isinstance(only_denied, bool)
        or not isinstance(conditions, dict)
    ):
        return refused("the document is not one that an object store sends")

    def value_of(value: Value) -> JsonValue:
        claims = _told(gateway, document, "claims", {})
        match value:
            case AccountName():
                return _told(gateway, document, "account", None)
            case ClaimValue(name=claim):
                return claims.get(claim) if isinstance(claims, dict) else None
        raise AssertionError("templates of this kind of gateway have no other values")

    principal = gateway.owner if owns and gateway.owner else filled(gateway.principal, value_of)
    account: dict[str, JsonValue] = {"resource_account": gateway.resource_account} if gateway.resource_account else {}
    context = _context(conditions) | {entry.key: filled(entry.value, value_of) for entry in gateway.context}
    request: dict[str, JsonValue] = {
        "action": _told(gateway, document, "action", None),
        "resource": _resource(_told(gateway, document, "bucket", ""), _told(gateway, document, "object", "")),
        **account,
        "context": {key: value for key, value in context.items() if value is not None},
    }
    return asked_by(principal, request, only_denied=only_denied)


def _told(gateway: StorageGateway, document: JsonValue, what: str, otherwise: JsonValue) -> JsonValue:
    """Return one value of a document."""
    of_minio, of_rustfs = _PLACES[what]
    return at(document, *(of_rustfs if gateway.kind is GatewayKind.RUSTFS else of_minio), otherwise=otherwise)


def _resource(bucket: JsonValue, key: JsonValue) -> JsonValue:
    """Return the ARN of an object or a bucket; ``*`` if the document names neither."""
    if bucket == key == "":
        return "*"
    parts = ["arn:aws:s3:::", name(bucket), *(("/", key) if key != "" else ())]
    if all(isinstance(part, str) for part in parts):
        return "".join(map(str, parts))
    return None if None in parts else UNCLEAR


def _context(conditions: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the conditions by IAM's keys; a value given twice, as a parameter and as a header of the same name, is `UNCLEAR`."""
    told: dict[str, list[JsonValue]] = {}
    for condition, values in conditions.items():
        key = _key(condition.lower())
        if key:
            told.setdefault(key, []).extend(values if isinstance(values, list) else [values])
    return {key: _alone(values) for key, values in told.items()}


def _key(folded: str) -> str | None:
    return f"s3:{folded}" if folded.startswith(_KEPT) else _KEYS.get(folded)


def _alone(values: list[JsonValue]) -> JsonValue:
    first = values[0] if values else None
    return first if not isinstance(first, list | dict) and all(value == first for value in values) else UNCLEAR
