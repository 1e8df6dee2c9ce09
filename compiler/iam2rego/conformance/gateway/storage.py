"""Questions of object stores."""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Final

from iam2rego.conformance.gateway.odd import ODD, as_object
from iam2rego.conformance.gateway.words import Words
from iam2rego.ir.gateway import ClaimValue, GatewayKind, StorageGateway
from iam2rego.jsontext import JsonValue, Number

_DRAWN: Final = 150
_CONDITIONS: Final[tuple[dict[str, JsonValue], ...]] = (
    {},
    {"SourceIp": ["203.0.113.7"], "SecureTransport": ["true"], "username": ["alice"], "userid": ["alice"], "principaltype": ["User"]},
    {"SourceIp": ["203.0.113.7", "192.0.2.1"]},
    {"SourceIp": ["203.0.113.7"], "sourceip": ["192.0.2.1"]},
    {"Referer": ["https://example.com/", "https://example.com/"], "UserAgent": ["curl"], "Prefix": ["alice/"], "max-keys": ["10"]},
    {"prefix": ["alice/"], "Prefix": ["bob/"], "delimiter": ["/"], "Delimiter": ["/"]},
    {"X-Amz-Acl": ["private"], "x-amz-server-side-encryption": ["AES256"], "X-Amz-Copy-Source": ["b/k"], "Content-Type": ["text/plain"]},
    {"ExistingObjectTag/Team": ["red"], "RequestObjectTag/Team": ["blue"], "object-lock-mode": ["GOVERNANCE"], "versionid": ["v1"]},
    {
        "CurrentTime": ["2026-01-31T23:59:59Z"],
        "EpochTime": ["1769903999"],
        "signatureversion": ["AWS4-HMAC-SHA256"],
        "authType": ["REST-HEADER"],
    },
    {
        "Delimiter": [Number("1"), Number("1")],
        "Prefix": [Number("1"), Number("1.0")],
        "max-keys": [Number("1.0"), Number("1.0")],
        "signatureAge": [Number("10"), Number("1e1")],
    },
    {"username": [], "userid": [None], "SourceIp": "203.0.113.7", "EpochTime": [Number("1")], "SecureTransport": [True], "prefix": [["a"]]},
    {"aws:SourceIp": ["203.0.113.7"], "": ["x"], "x-amz-": ["y"], "LocationConstraint": [""], "signatureAge": ["5"]},
)
_KEYS: Final = ("", "k", "/k", "a b", "a:b", "a/../b", "*", "${aws:username}/k", "\u00e9", "k/")
_BUCKETS: Final = ("", "b", "a:b", "a/b", "*", "b?", "$", "..")
_ACTIONS: Final = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket", "s3:ListAllMyBuckets", "admin:ServerInfo")


def storage_questions(gateway: StorageGateway, words: Words, seed: int) -> Iterator[JsonValue]:
    """Yield documents; the first is as a store sends it for a user."""
    random = Random(seed)
    yield _document(gateway, _usual(gateway, words, random))
    for number in range(_DRAWN):
        usual = _usual(gateway, words, random)
        yield _document(gateway, {**usual, "owner": number % 7 == 1, "only_denied": number % 3 == 1})
    usual = _usual(gateway, words, random)
    yield from (_document(gateway, {**usual, "bucket": bucket, "object": key}) for bucket in _BUCKETS for key in _KEYS)
    for conditions in _CONDITIONS:
        yield from (_document(gateway, {**usual, "conditions": conditions, "only_denied": only}) for only in (False, True))
    for name in sorted(as_object(usual["claims"])):
        yield from (_document(gateway, {**usual, "claims": {name: odd}}) for odd in ODD)


def _usual(gateway: StorageGateway, words: Words, random: Random) -> dict[str, JsonValue]:
    templates = [gateway.principal, *(entry.value for entry in gateway.context)]
    claims = sorted({part.name for template in templates for part in template if isinstance(part, ClaimValue)})
    return {
        "account": words.draw(random),
        "claims": {name: words.draw(random) for name in claims},
        "action": random.choice((*_ACTIONS, *words.actions)),
        "bucket": words.draw(random),
        "object": random.choice((*_KEYS, words.draw(random), words.draw(random))),
        "conditions": _CONDITIONS[1],
        "owner": False,
        "only_denied": False,
    }


def _document(gateway: StorageGateway, told: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the document as the store spells it."""
    if gateway.kind is GatewayKind.MINIO:
        plain = {name: told[name] for name in ("account", "action", "bucket", "object", "conditions", "owner", "claims")}
        return {**plain, "groups": None, "originalAction": told["action"], "denyOnly": told["only_denied"]}
    return {
        "identity": {"account": told["account"], "groups": None, "is_owner": told["owner"], "claims": told["claims"]},
        "resource": {"bucket": told["bucket"], "object": told["object"], "arn": f"arn:aws:s3:::{told['bucket']}/{told['object']}"},
        "action": told["action"],
        "context": {"conditions": told["conditions"], "deny_only": told["only_denied"], "timestamp": "2026-01-31T23:59:59Z"},
    }
