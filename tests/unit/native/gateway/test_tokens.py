"""Which tokens the native evaluator believes (RFC 7515, RFC 7519), and which headers it takes them from."""

import json
from typing import Final

import pytest

from iam2rego.ir.gateway import TokenClaims
from iam2rego.jsontext import JsonValue
from iam2rego.native.gateway.claims import verified_claims
from iam2rego.native.gateway.token import claims_of
from tests.support.tokens import AUDIENCE, ISSUER, Key, base64, confused_token, token, unsigned

NOW: Final = 1_700_000_000
KEY: Final = Key("known")
SECOND: Final = Key("second")
STRANGE: Final = Key("strange")
EC: Final = {"kty": "EC", "crv": "P-256", "kid": "curve", "x": base64(bytes(32)), "y": base64(bytes(32))}
WANTED: Final = TokenClaims(
    header="authorization",
    algorithm="RS256",
    audience=AUDIENCE,
    issuer=ISSUER,
    key_set={"keys": [EC, KEY.public, SECOND.public]},
)
SAID: Final[dict[str, object]] = {"iss": ISSUER, "aud": AUDIENCE, "sub": "u", "exp": NOW + 1}


def within(extra: bytes) -> str:
    """A payload with one more claim, as a part of a token."""
    return base64(json.dumps(SAID).encode().replace(b"{", b'{"x": ' + extra + b", ", 1))


def headed(head: bytes) -> str:
    text = f"{base64(head)}.{base64(json.dumps(SAID).encode())}"
    return f"{text}.{base64(KEY.sign(text.encode()))}"


def with_head(key: Key, head: dict[str, object], said: str | None = None) -> str:
    text = unsigned({"alg": "RS256", **head}, SAID)
    if said is not None:
        text = f"{text.partition('.')[0]}.{said}"
    return f"{text}.{base64(key.sign(text.encode()))}"


GOOD: Final = token(KEY, SAID)


@pytest.mark.parametrize(
    "believed",
    [
        pytest.param(GOOD, id="by-the-key-of-its-name"),
        pytest.param(token(SECOND, SAID), id="by-another-of-the-set"),
        pytest.param(with_head(SECOND, {}), id="by-some-key-of-the-set"),
        pytest.param(with_head(SECOND, {"kid": "unheard-of"}), id="by-a-key-of-another-name"),
        pytest.param(token(KEY, {**SAID, "aud": ["x", AUDIENCE]}), id="for-several"),
        pytest.param(token(KEY, {**SAID, "nbf": NOW}), id="from-now-on"),
        pytest.param(token(KEY, {**SAID, "nbf": NOW - 0.5, "exp": NOW + 0.5}), id="between-seconds"),
        pytest.param(with_head(KEY, {}, within(b"[" * 199 + b"]" * 199)), id="deep"),
        pytest.param(with_head(KEY, {}, within(b"[" + b"{}," * 300 + b"1]")), id="wide"),
        pytest.param(with_head(KEY, {}, within('"\ufffd"'.encode())), id="replacement-character"),
    ],
)
def test_tokens_that_are_believed(believed: str) -> None:
    found = claims_of(believed, WANTED, NOW * 10**9)
    assert found is not None
    assert found["sub"] == "u"


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param("", id="empty"),
        pytest.param("a.b.c", id="no-token"),
        pytest.param(GOOD.rpartition(".")[0] + ".", id="no-signature"),
        pytest.param(f"{GOOD[:-8]}AAAAAAA{GOOD[-1]}", id="another-signature"),
        pytest.param(token(STRANGE, SAID), id="unknown-key"),
        pytest.param(with_head(STRANGE, {"kid": "known"}), id="unknown-key-of-a-known-name"),
        pytest.param(with_head(SECOND, {"kid": "known"}), id="key-of-the-set-by-another-name"),
        pytest.param(f"{unsigned({'alg': 'none'}, SAID)}.", id="none"),
        pytest.param(confused_token(KEY, KEY.public_text, SAID), id="public-key-as-a-secret"),
        pytest.param(with_head(KEY, {"crit": ["exp"]}), id="critical"),
        pytest.param(with_head(KEY, {"cty": "JWT"}), id="a-token-within"),
        pytest.param(with_head(KEY, {"cty": "JWT"}, base64(GOOD.encode())), id="a-good-token-within"),
        pytest.param(with_head(KEY, {"b64": False}), id="b64/RFC-7797-7"),
        pytest.param(with_head(KEY, {"b64": True}), id="b64/true"),
        pytest.param(with_head(KEY, {"enc": "A256GCM"}), id="encrypted"),
        pytest.param(with_head(KEY, {"typ": 1}), id="type-that-is-no-text"),
        pytest.param(with_head(KEY, {"kid": 1}), id="name-that-is-no-text"),
        pytest.param(headed(b'{"alg": "RS256", "x": NaN}'), id="header/no-json"),
        pytest.param(headed(b'{"alg": "RS256", "x": "\xff"}'), id="header/no-utf-8"),
        pytest.param(headed('{"alg": "RS256"}'.encode("utf-16")), id="header/utf-16"),
        pytest.param(headed(b'{"alg": "RS256", "x": ' + b"[" * 200 + b"]" * 200 + b"}"), id="header/too-deep"),
        pytest.param(with_head(KEY, {}, within(b'"\xff"')), id="no-utf-8-in-an-unused-claim"),
        pytest.param(with_head(KEY, {}, within(b"[" * 200 + b"]" * 200)), id="too-deep"),
        pytest.param(GOOD[:-1] + chr(ord(GOOD[-1]) + 1), id="signature/an-unused-bit"),
        pytest.param(f"{GOOD}==", id="signature/padded"),
        pytest.param(f"{GOOD}*", id="signature/another-character"),
        pytest.param(f"{GOOD[:-9]}\n{GOOD[-9:]}", id="signature/new-line"),
        pytest.param(GOOD.replace(".", "=.", 1), id="header/padded"),
        pytest.param(with_head(KEY, {}, base64(b'{"iss": "\xff"}')), id="no-utf-8"),
        pytest.param(with_head(KEY, {}, base64(b"{")), id="no-json"),
        pytest.param(with_head(KEY, {}, base64(b"[]")), id="no-claims"),
        pytest.param(token(KEY, {**SAID, "iss": "https://id.example.co"}), id="issuer-before"),
        pytest.param(token(KEY, {**SAID, "iss": "https://id.example.com/"}), id="issuer-behind"),
        pytest.param(token(KEY, {**SAID, "iss": [ISSUER]}), id="issuers"),
        pytest.param(token(KEY, {**SAID, "aud": "ecs"}), id="for-another"),
        pytest.param(token(KEY, {**SAID, "aud": f"{AUDIENCE}-2"}), id="for-one-of-a-longer-name"),
        pytest.param(token(KEY, {**SAID, "aud": None}), id="for-nobody"),
        pytest.param(token(KEY, {**SAID, "exp": NOW}), id="until-now"),
        pytest.param(token(KEY, {**SAID, "exp": NOW - 1}), id="until-before"),
        pytest.param(token(KEY, {**SAID, "exp": str(NOW + 1)}), id="until-a-text"),
        pytest.param(token(KEY, {**SAID, "exp": None}), id="for-ever"),
        pytest.param(token(KEY, {**SAID, "nbf": NOW + 0.5}), id="from-later-on"),
        pytest.param(token(KEY, {**SAID, "nbf": "0"}), id="from-a-text-on"),
    ],
)
def test_tokens_that_are_refused(refused: str) -> None:
    assert claims_of(refused, WANTED, NOW * 10**9) is None


def test_of_claims_with_one_name_the_last_counts() -> None:
    said = f'{{"iss": "x", "iss": "{ISSUER}", "aud": "{AUDIENCE}", "exp": {NOW + 1}, "sub": "a", "sub": "b"}}'
    found = claims_of(with_head(KEY, {}, base64(said.encode())), WANTED, NOW * 10**9)
    assert found is not None
    assert (found["iss"], found["sub"]) == (ISSUER, "b")


def test_a_token_ends_to_the_nanosecond() -> None:
    assert claims_of(GOOD, WANTED, (NOW + 1) * 10**9 - 1) is not None
    assert claims_of(GOOD, WANTED, (NOW + 1) * 10**9) is None
    assert claims_of(token(KEY, {**SAID, "exp": NOW + 0.5}), WANTED, NOW * 10**9 + 600_000_000) is None


@pytest.mark.parametrize(
    ("sent", "believed"),
    [
        pytest.param({"Authorization": f"Bearer {GOOD}"}, True, id="bearer"),
        pytest.param({"authorization": f"bEARER {GOOD}"}, True, id="in-any-case"),
        pytest.param({"authorization": [f"Bearer {GOOD}"]}, True, id="listed"),
        pytest.param({"authorization": GOOD}, False, id="no-scheme"),
        pytest.param({"authorization": f"Basic {GOOD}"}, False, id="a-scheme-before"),
        pytest.param({"authorization": f"Digest {GOOD}"}, False, id="a-scheme-behind"),
        pytest.param({"authorization": f"Bearer  {GOOD}"}, False, id="two-spaces"),
        pytest.param({"authorization": f"Bearer {GOOD} x"}, False, id="more"),
        pytest.param({"authorization": [f"Bearer {GOOD}"] * 2}, False, id="twice"),
        pytest.param({"authorization": None}, False, id="no-text"),
        pytest.param({"x-authorization": f"Bearer {GOOD}"}, False, id="another-header"),
        pytest.param({}, False, id="nothing"),
    ],
)
def test_where_a_token_stands(sent: dict[str, JsonValue], believed: bool) -> None:
    assert bool(verified_claims(WANTED, {}, sent, NOW * 10**9)) == believed
