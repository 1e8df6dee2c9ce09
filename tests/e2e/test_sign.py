"""`bundle --sign`, and the configuration that goes with it: OPA takes what was signed, and nothing else."""

import gzip
import io
import json
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from tests.support.bundles import bundled
from tests.support.keys import Keys, keys
from tests.support.processes import eventually
from tests.support.servers import answering, started

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Members: TypeAlias = dict[str, bytes]

REQUEST: Final[JsonValue] = {
    "principal": "arn:aws:iam::123456789012:user/u",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/k",
    "context": {},
}
SIGNATURES: Final = ".signatures.json"
MODULE: Final = "iam/policies/policy.rego"
ALLOWING: Final = b"package iam.authz\n\nallow := true\n"

pytestmark = pytest.mark.usefixtures("with_opa")


def signing(made: Keys) -> tuple[str | Path, ...]:
    return "--sign", made.private, "--scope", "production"


def members(archive: Path) -> Members:
    with tarfile.open(archive) as files:
        return {each.name: file.read() for each in files if (file := files.extractfile(each))}


def packed(content: Members) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as files:
        for name, data in content.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            files.addfile(member, io.BytesIO(data))
    return gzip.compress(buffer.getvalue())


@pytest.mark.parametrize(
    ("algorithm", "words"),
    [
        pytest.param("RS256", (), id="rsa"),
        pytest.param("ES256", (), id="elliptic-curve"),
        pytest.param("HS256", ("--set-file", "keys.iam.key={secret}"), id="secret-in-a-file-of-its-own"),
    ],
)
def test_opa_starts_with_the_configuration_and_takes_the_bundle(
    run: Run, opa: Binary, policy: Path, tmp_path: Path, algorithm: str, words: tuple[str, ...]
) -> None:
    made, config, archive = keys(algorithm, tmp_path), tmp_path / "opa.yaml", tmp_path / "policies.tar.gz"
    public = ("--verification-key", made.public) if algorithm != "HS256" else ()
    with answering(lambda path: (archive.read_bytes(), {}) if path == "/policies.tar.gz" else None) as address:
        beside = ("--opa-config", config, "--bundles-url", f"http://{address}", *public)
        bundled(run, policy, "-o", archive, *signing(made), *beside)
        told = (each.format(secret=made.private) for each in words)
        with started(opa, "--config-file", config, *told) as client:
            assert client.decide("iam", REQUEST).allow


def test_opa_does_not_start_without_the_secret(run: Run, opa: Binary, policy: Path, tmp_path: Path) -> None:
    config = ("--opa-config", tmp_path / "opa.yaml")
    bundled(run, policy, "-o", tmp_path / "b", *signing(keys("HS256", tmp_path)), *config)
    command = [opa.path, "run", "--server", "--addr", "127.0.0.1:0", "--config-file", tmp_path / "opa.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no keys provided for key ID iam" in done.stdout


@pytest.fixture
def signed(run: Run, policy: Path, tmp_path: Path) -> tuple[Path, Keys]:
    """A signed archive, and what it is verified by."""
    made = keys("RS256", tmp_path)
    bundled(run, policy, "-o", tmp_path / "signed.tar.gz", *signing(made))
    return tmp_path / "signed.tar.gz", made


def refusal(opa: Binary, archive: Path, key: Path, scope: str = "production", algorithm: str = "RS256") -> str:
    """What OPA says when it reads an archive that must be signed; nothing where it takes it."""
    verified = ("--verification-key", key, "--verification-key-id", "iam", "--scope", scope, "--signing-alg", algorithm)
    command = [opa.path, "build", "--bundle", archive, *verified, "--output", archive.with_suffix(".out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_opa_verifies_what_was_signed(opa: Binary, signed: tuple[Path, Keys]) -> None:
    archive, made = signed
    assert refusal(opa, archive, made.public) == ""


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda files: files | {MODULE: files[MODULE] + b"\n"}, "digest mismatch", id="a-byte-in-a-module"),
        pytest.param(
            lambda files: files | {"data.json": files["data.json"].replace(b"policy", b"Policy")}, "mismatch", id="a-byte-of-data"
        ),
        pytest.param(lambda files: files | {".manifest": b'{"roots": [""]}'}, "digest mismatch", id="other-roots"),
        pytest.param(lambda files: {k: v for k, v in files.items() if k != SIGNATURES}, "missing .signatures.json", id="no-signature"),
        pytest.param(lambda files: {k: v for k, v in files.items() if k != MODULE}, "not found in the target bundle", id="a-file-less"),
        pytest.param(lambda files: files | {"iam/authz/more.rego": ALLOWING}, "not included in bundle signature", id="a-file-more"),
        pytest.param(lambda files: files | {SIGNATURES: b'{"signatures": []}'}, "missing JWT", id="an-empty-signature"),
    ],
)
def test_opa_refuses_what_was_changed(opa: Binary, signed: tuple[Path, Keys], spoil: Callable[[Members], Members], said: str) -> None:
    archive, made = signed
    archive.write_bytes(packed(spoil(members(archive))))
    assert said in refusal(opa, archive, made.public)


PARAMETERS: Final = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
"""The curve P-256, as `openssl ecparam -genkey` writes it before a key."""


def traditional(made: Keys) -> bytes:
    key = load_pem_private_key(made.private.read_bytes(), None)
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


@pytest.mark.parametrize(
    ("algorithm", "again"),
    [
        pytest.param("RS256", traditional, id="rsa/pkcs1"),
        pytest.param("RS256", lambda made: made.public.read_bytes() + made.private.read_bytes(), id="rsa/after-the-public-key"),
        pytest.param("ES256", traditional, id="elliptic-curve/sec1"),
        pytest.param("ES256", lambda made: PARAMETERS + traditional(made), id="elliptic-curve/after-its-parameters"),
    ],
)
def test_a_key_may_have_any_form_of_pem(
    run: Run, opa: Binary, policy: Path, tmp_path: Path, algorithm: str, again: Callable[[Keys], bytes]
) -> None:
    made = keys(algorithm, tmp_path)
    (tmp_path / "again.pem").write_bytes(again(made))
    bundled(run, policy, "-o", tmp_path / "b.tar.gz", *signing(Keys(tmp_path / "again.pem", made.public)))
    assert refusal(opa, tmp_path / "b.tar.gz", made.public, algorithm=algorithm) == ""


def test_opa_refuses_another_key_and_another_scope(opa: Binary, signed: tuple[Path, Keys], tmp_path: Path) -> None:
    archive, made = signed
    assert "verify JWT signature" in refusal(opa, archive, keys("RS256", tmp_path, "other").public)
    assert "scope mismatch" in refusal(opa, archive, made.public, scope="test")


def test_an_opa_keeps_what_it_has_while_what_is_served_is_not_signed(
    run: Run, opa: Binary, policy: Path, signed: tuple[Path, Keys], tmp_path: Path
) -> None:
    archive, made = signed
    served, asked = {"body": archive.read_bytes()}, []

    def answer(_: str) -> tuple[bytes, dict[str, str]]:
        asked.append(served["body"])
        return served["body"], {}

    with answering(answer) as address:
        config = tmp_path / "opa.yaml"
        beside = ("--opa-config", config, "--bundles-url", f"http://{address}", "--verification-key", made.public)
        bundled(run, policy, "-o", archive, *signing(made), *beside)
        quick = [word for name in ("min", "max") for word in ("--set", f"bundles.iam.polling.{name}_delay_seconds=1")]
        with started(opa, "--config-file", config, *quick) as client:
            policy.write_text(policy.read_text().replace("GetObject", "PutObject"))
            run("build", policy, "--bundle", archive).check_returncode()
            served["body"] = archive.read_bytes()
            assert eventually(lambda: asked[-2:] == [served["body"]] * 2)
            assert client.decide("iam", REQUEST).allow
            bundled(run, policy, "-o", archive, *signing(made))
            served["body"] = archive.read_bytes()
            assert eventually(lambda: not client.decide("iam", REQUEST).allow)


def test_opa_ignores_the_times_in_a_signature(opa: Binary, signed: tuple[Path, Keys], tmp_path: Path) -> None:
    """What docs/operations.md warns of."""
    archive, made = signed
    (tmp_path / "claims.json").write_text('{"keyid": "iam", "scope": "production", "exp": 1, "nbf": 99999999999}')
    unpacked, content = tmp_path / "unpacked", members(archive)
    del content[SIGNATURES]
    for path, data in content.items():
        (unpacked / path).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / path).write_bytes(data)
    words = ("--signing-key", made.private, "--claims-file", tmp_path / "claims.json", "--bundle", ".")
    subprocess.run([opa.path, "sign", *words], cwd=unpacked, check=True)
    archive.write_bytes(packed(content | {SIGNATURES: (unpacked / SIGNATURES).read_bytes()}))
    assert refusal(opa, archive, made.public) == ""


@pytest.mark.parametrize("algorithm", ["RS256", "HS256"])
def test_a_signed_archive_repeats_itself(run: Run, policy: Path, tmp_path: Path, algorithm: str) -> None:
    made = keys(algorithm, tmp_path)
    for name in ("one", "two"):
        bundled(run, policy, "-o", tmp_path / name, *signing(made))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_archives_and_layouts_are_signed_and_what_was_built_is_not(run: Run, policy: Path, tmp_path: Path) -> None:
    made = keys("HS256", tmp_path)
    bundled(run, policy, "--oci", tmp_path / "oci", *signing(made))
    run("bundle", policy, "--partition-by", "account", "-o", tmp_path / "signed", *signing(made)).check_returncode()
    blobs = [path for path in (tmp_path / "oci" / "blobs" / "sha256").iterdir() if tarfile.is_tarfile(path)]
    archives = [*blobs, *(tmp_path / "signed").glob("*.tar.gz")]
    assert [SIGNATURES in members(each) for each in archives] == [True] * 3
    assert not (tmp_path / "built" / SIGNATURES).exists()


def test_what_is_signed_can_be_signed_again(run: Run, opa: Binary, signed: tuple[Path, Keys], tmp_path: Path) -> None:
    archive, _ = signed
    other = keys("RS256", tmp_path, "other")
    run("bundle", archive, "-o", tmp_path / "again.tar.gz", *signing(other)).check_returncode()
    assert refusal(opa, tmp_path / "again.tar.gz", other.public) == ""


def test_a_configuration_of_partitions_names_each(run: Run, policy: Path, tmp_path: Path) -> None:
    parted = ("--partition-by", "account", "-o", tmp_path / "packed")
    run("bundle", policy, *parted, "--opa-config", tmp_path / "opa.yaml").check_returncode()
    text = (tmp_path / "opa.yaml").read_text()
    assert [json.loads(line.partition(": ")[2]) for line in text.splitlines() if "resource:" in line] == ["kernel.tar.gz", "others.tar.gz"]
