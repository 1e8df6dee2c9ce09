"""Which algorithm a key signs with, and which keys are refused."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from iam2rego.opa.sign import KeyRefusedError
from iam2rego.opa.signing_keys import signing_key

RSA = rsa.generate_private_key(65537, 2048)
P256 = ec.generate_private_key(ec.SECP256R1())
P384 = ec.generate_private_key(ec.SECP384R1())
EDWARDS = ed25519.Ed25519PrivateKey.generate()
PLAIN, SECRET = NoEncryption(), BestAvailableEncryption(b"x")


def pem(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey,
    form: PrivateFormat = PrivateFormat.PKCS8,
    encryption: KeySerializationEncryption = PLAIN,
) -> bytes:
    return key.private_bytes(Encoding.PEM, form, encryption)


def der(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, form: PrivateFormat) -> bytes:
    return key.private_bytes(Encoding.DER, form, PLAIN)


PUBLIC = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
TRADITIONAL = PrivateFormat.TraditionalOpenSSL


@pytest.mark.parametrize(
    ("content", "algorithm"),
    [
        pytest.param(pem(RSA), "RS256", id="rsa/pkcs8"),
        pytest.param(pem(RSA, TRADITIONAL), "RS256", id="rsa/pkcs1"),
        pytest.param(pem(RSA).replace(b"\n", b"\r\n"), "RS256", id="rsa/with-carriage-returns"),
        pytest.param(b"\xef\xbb\xbfnote\n" + pem(RSA), "RS256", id="rsa/after-text"),
        pytest.param(PUBLIC + pem(RSA), "RS256", id="rsa/after-the-public-key"),
        pytest.param(pem(P256), "ES256", id="elliptic-curve/pkcs8"),
        pytest.param(pem(P256, TRADITIONAL), "ES256", id="elliptic-curve/sec1"),
        pytest.param(b"secret\n", "HS256", id="secret"),
        pytest.param(b"0\x82\x01\x00\x00", "HS256", id="secret/of-bytes"),
    ],
)
def test_the_key_tells_the_algorithm(content: bytes, algorithm: str) -> None:
    found, key = signing_key(content)
    assert found == algorithm
    assert key in content
    assert algorithm == "HS256" or b"PUBLIC" not in key


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(PUBLIC, "holds no private key, but a PUBLIC KEY", id="public"),
        pytest.param(pem(RSA, encryption=SECRET), "is encrypted: decrypt it", id="encrypted"),
        pytest.param(pem(RSA, TRADITIONAL, SECRET), "is encrypted: decrypt it", id="encrypted/traditional"),
        pytest.param(pem(P384), "is on another curve than P-256", id="curve"),
        pytest.param(pem(P384, TRADITIONAL), "is on another curve than P-256", id="curve/sec1"),
        pytest.param(pem(EDWARDS), "is a key of another kind: take an RSA key", id="edwards"),
        pytest.param(pem(RSA, PrivateFormat.OpenSSH), "is a key of another kind: take an RSA key", id="openssh"),
        pytest.param(pem(RSA)[:99], "is PEM that ends too early", id="cut"),
        pytest.param(pem(RSA).replace(b"\nM", b"\n!"), "is PEM that is not Base64", id="garbled"),
        pytest.param(der(RSA, PrivateFormat.PKCS8), "is a key as DER", id="der/rsa"),
        pytest.param(der(RSA, TRADITIONAL), "is a key as DER", id="der/rsa-pkcs1"),
        pytest.param(der(P256, PrivateFormat.PKCS8), "is a key as DER", id="der/elliptic-curve"),
        pytest.param(der(P256, TRADITIONAL), "is a key as DER", id="der/elliptic-curve-sec1"),
    ],
)
def test_a_key_that_cannot_sign_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(KeyRefusedError) as refusal:
        signing_key(content)
    assert str(refusal.value).startswith(message)
