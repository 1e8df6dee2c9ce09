"""The public keys beside the file of a gateway, by which OPA verifies tokens: how they are read and refused."""

from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Final

import pytest

from iam2rego.ir.gateway import TokenClaims
from tests.unit.sources.gateway_files import KEY, TOKENS, X, Y, read, refusals


def test_tokens_are_verified_by_public_keys_beside_the_file(tmp_path: Path) -> None:
    key = {"kty": "EC", "crv": "P-256", "x": X, "y": Y}
    assert read(tmp_path, TOKENS).claims == TokenClaims(
        header="authorization", algorithm="ES256", audience="a", issuer="i", key_set={"keys": [key]}
    )


@pytest.mark.parametrize(
    ("keys", "want"),
    [
        pytest.param('{"keys": []}', "1: IAM706 `keys` must be an array of 1 to 1,000 keys", id="none"),
        pytest.param('{"keys": {}}', "1: IAM706 `keys` must be an array of 1 to 1,000 keys", id="no-array"),
        pytest.param(
            f'{{"keys": [{", ".join([KEY] * 1_001)}]}}', "1: IAM706 `keys` must be an array of 1 to 1,000 keys", id="more-than-opa-reads"
        ),
        pytest.param("[]", "1: IAM607 a key set must be an object, not an array", id="no-object"),
    ],
)
def test_key_sets_are_refused_with_their_place(keys: str, want: str, tmp_path: Path) -> None:
    assert refusals(tmp_path, TOKENS, keys) == [f"keys.json:{want}"]


ALL_ZERO: Final = "A" * 43


@pytest.mark.parametrize(
    ("old", "new", "want"),
    [
        pytest.param('"EC"', '"oct"', "`kty` is `oct`, but ES256 needs `EC`", id="kty/symmetric"),
        pytest.param('"EC"', '"RSA"', "`kty` is `RSA`, but ES256 needs `EC`", id="kty/of-another-algorithm"),
        pytest.param('"EC"', '"AKP"', "`kty` is `AKP`, but ES256 needs `EC`", id="kty/unknown"),
        pytest.param('"kty": "EC", ', "", "the key lacks `kty`", id="kty/missing"),
        pytest.param('"P-256"', '"P-384"', "`crv` is `P-384`, but ES256 needs `P-256`", id="crv/of-another-algorithm"),
        pytest.param('"P-256"', '"secp256k1"', "`crv` is `secp256k1`, but ES256 needs `P-256`", id="crv/unknown"),
        pytest.param('"kty"', '"d": "AA", "kty"', "the key has the secret member `d`", id="private"),
        pytest.param('"kty"', '"p": "AA", "kty"', "the key has the secret member `p`", id="a-prime"),
        pytest.param('"kty": "EC"', '"kty": "oct", "k": "AA"', "the key has the secret member `k`", id="symmetric"),
        pytest.param('"sig"', '"enc"', "`use` is `enc`, but only keys with `sig` verify signatures", id="use/encryption"),
        pytest.param('"sig"', '"SIG"', "`use` is `SIG`, but only keys with `sig` verify signatures", id="use/unknown"),
        pytest.param('"verify"', '"encrypt"', "`key_ops` does not list `verify`", id="key_ops/encryption"),
        pytest.param('["verify"]', "[]", "`key_ops` does not list `verify`", id="key_ops/none"),
        pytest.param('"ES256"', '"ES384"', "`alg` is `ES384`, but tokens are signed with ES256", id="alg/another"),
        pytest.param('"ES256"', '"ECDH-ES"', "`alg` is `ECDH-ES`, but tokens are signed with ES256", id="alg/of-encryption"),
        pytest.param('"kty"', '"kid": "", "kty"', "`kid` must be text of printable ASCII characters", id="kid/empty"),
        pytest.param('"kty"', '"kid": "\\ufffd", "kty"', "`kid` must be text of printable ASCII characters", id="kid/no-ascii"),
        pytest.param(f'"x": "{X}", ', "", "the key lacks `x`", id="ec/no-x"),
        pytest.param(X, ALL_ZERO, "this is not a valid P-256 key: `x` and `y` are not a point of the curve", id="ec/off-the-curve"),
        pytest.param(X, "AA", "this is not a valid P-256 key: `x` and `y` must have 32 bytes each", id="ec/short"),
        pytest.param(X, f"{X}=", "`x` must be base64url without padding", id="ec/padded"),
        pytest.param(X, f"{X}AA", "`x` must be base64url without padding", id="ec/no-length"),
        pytest.param(X, f"+{X[1:]}", "`x` must be base64url without padding", id="ec/another-alphabet"),
        pytest.param(X, f"\\n{X}", "`x` must be base64url without padding", id="ec/new-line"),
        pytest.param(X, "", "`x` must be base64url without padding", id="ec/empty"),
    ],
)
def test_keys_are_refused_with_their_place(old: str, new: str, want: str, tmp_path: Path) -> None:
    changed = KEY.replace(old, new, 1)
    assert changed != KEY
    assert refusals(tmp_path, TOKENS, f'{{"keys": [\n{KEY},\n{changed}]}}') == [f"keys.json:3: IAM706 {want}"]


def rsa(modulus: int, exponent: int) -> str:
    numbers = (urlsafe_b64encode(each.to_bytes((each.bit_length() + 7) // 8)).rstrip(b"=").decode() for each in (modulus, exponent))
    return '{{"keys": [{{"kty": "RSA", "n": "{}", "e": "{}"}}]}}'.format(*numbers)


@pytest.mark.parametrize(
    ("modulus", "exponent", "want"),
    [
        pytest.param(2**2047 + 1, 65_537, "", id="smallest"),
        pytest.param(2**16_384 - 1, 3, "", id="largest"),
        pytest.param(2**2047 - 1, 65_537, "`n` has 2047 bits, not 2,048 to 16,384", id="small"),
        pytest.param(2**16_384 + 1, 65_537, "`n` has 16385 bits, not 2,048 to 16,384", id="large"),
        pytest.param(2**2047, 65_537, "`n` is even", id="even"),
        pytest.param(2**2047 + 1, 1, "`e` is not an odd number from 3 to 2,147,483,647", id="exponent/one"),
        pytest.param(2**2047 + 1, 65_536, "`e` is not an odd number from 3 to 2,147,483,647", id="exponent/even"),
        pytest.param(2**2047 + 1, 2**31 - 1, "", id="exponent/largest"),
        pytest.param(2**2047 + 1, 2**31 + 1, "`e` is not an odd number from 3 to 2,147,483,647", id="exponent/large"),
    ],
)
def test_numbers_of_rsa(modulus: int, exponent: int, want: str, tmp_path: Path) -> None:
    text, keys = TOKENS.replace("ES256", "RS256"), rsa(modulus, exponent)
    if want:
        assert refusals(tmp_path, text, keys) == [f"keys.json:1: IAM706 this is not a valid RSA key: {want}"]
    else:
        assert read(tmp_path, text, keys)


@pytest.mark.parametrize(
    ("x", "want"),
    [
        pytest.param("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "", id="of-rfc-8037"),
        pytest.param(ALL_ZERO, "`x` is a point that anybody can sign for", id="of-order-four"),
        pytest.param("AQ" + ALL_ZERO[2:], "`x` is a point that anybody can sign for", id="neutral"),
        pytest.param("JuiVj8KyJ7BFw_SJ8u-Y8NXfrAXTxjM5sTgCiG1T_AU", "`x` is a point that anybody can sign for", id="of-order-eight"),
        pytest.param("7f" + "_" * 39 + "38", "`x` is a point that anybody can sign for", id="not-canonical"),
        pytest.param("AAAA", "`x` must have 32 bytes", id="short"),
    ],
)
def test_keys_of_ed25519(x: str, want: str, tmp_path: Path) -> None:
    text, keys = TOKENS.replace("ES256", "EdDSA"), f'{{"keys": [{{"kty": "OKP", "crv": "Ed25519", "x": "{x}"}}]}}'
    if want:
        assert refusals(tmp_path, text, keys) == [f"keys.json:1: IAM706 this is not a valid Ed25519 key: {want}"]
    else:
        assert read(tmp_path, text, keys)


def test_two_keys_of_one_name_are_refused(tmp_path: Path) -> None:
    key = KEY.replace('"kty"', '"kid": "a", "kty"')
    (found,) = refusals(tmp_path, TOKENS, f'{{"keys": [{key},\n{KEY},\n{key}]}}')
    assert found == "keys.json:3: IAM706 `kid` is `a`, like that of the key on line 1"


def test_all_keys_that_are_refused_are_told_at_once(tmp_path: Path) -> None:
    keys = ",\n".join([KEY.replace('"sig"', '"enc"'), KEY, KEY.replace('"ES256"', '"PS256"')])
    assert [found.split()[0] for found in refusals(tmp_path, TOKENS, f'{{"keys": [{keys}]}}')] == ["keys.json:1:", "keys.json:3:"]
