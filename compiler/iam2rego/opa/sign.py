"""Signs bundles with `opa sign`, so that hashing and verification use the same code."""

import json
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.opa.binary import Binary
from iam2rego.opa.errors import OpaError, excerpt, reason
from iam2rego.rego.bundle.assemble import Bundle
from iam2rego.rego.bundle.built import SIGNATURES
from iam2rego.rego.bundle.output import write

_SECONDS_TO_SIGN: Final = 120


class Algorithm(StrEnum):
    """The signature algorithms: with a secret (HS256), or with a private key whose public key OPA has."""

    RS256 = "RS256"
    ES256 = "ES256"
    HS256 = "HS256"


@dataclass(frozen=True, slots=True)
class Signing:
    """How to sign.

    Attributes:
        key: the secret, or the private key as PEM; surrounding white space is ignored, as in OPA's `--set-file`.
        algorithm: the signature algorithm.
        key_id: the name of the key in OPA's configuration.
        scope: the scope of the signature, which OPA's configuration must also have; empty for none.
    """

    key: bytes
    algorithm: Algorithm
    key_id: str
    scope: str = ""


class KeyRefusedError(Exception):
    """The key cannot sign with the algorithm; the message includes OPA's output."""


def sign(binary: Binary, bundle: Bundle, signing: Signing) -> Bundle:
    """Return ``bundle`` with a file of signatures; with RS256 and HS256, equal bundles give equal signatures.

    Raises:
        KeyRefusedError: the key does not fit the algorithm.
        OpaError: OPA does not run.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write(bundle, root / "bundle")
        claims = {"keyid": signing.key_id, **({"scope": signing.scope} if signing.scope else {})}
        (root / "claims.json").write_text(json.dumps(claims), encoding="utf-8")
        _run([str(binary.path), "sign", "--signing-alg", signing.algorithm], root / "bundle", signing.key.strip())
        return Bundle({**bundle.files, SIGNATURES: (root / SIGNATURES).read_text("utf-8")})


def _run(command: list[str], bundle: Path, key: bytes) -> None:
    """Run ``command`` in the folder to sign, because signatures name files by the paths given to OPA.

    The key is passed through a pipe: others could read it on a command line, and a copy would stay behind if we are killed.
    """
    words = ["--signing-key", "/dev/stdin", "--claims-file", "../claims.json", "--output-file-path", "..", "--bundle", "."]
    try:
        done = subprocess.run([*command, *words], cwd=bundle, input=key, capture_output=True, timeout=_SECONDS_TO_SIGN, env={}, check=False)
    except (OSError, subprocess.SubprocessError) as failure:
        raise OpaError(f"`opa sign` does not run: {reason(failure)}") from failure
    if done.returncode != 0:
        raise KeyRefusedError(excerpt(done.stdout or done.stderr))
