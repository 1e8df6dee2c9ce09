"""Signs bundles by `opa sign`, so that what OPA hashes and what it verifies come from the same hand."""

import json
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.opa.binary import Binary
from iam2rego.opa.errors import OpaError, excerpt, reason
from iam2rego.rego import Bundle, write
from iam2rego.rego.bundle.built import SIGNATURES

_SECONDS_TO_SIGN: Final = 120


class Algorithm(StrEnum):
    """How a signature is made: by a secret (HS256), or by a private key that OPA has the public one of."""

    RS256 = "RS256"
    ES256 = "ES256"
    HS256 = "HS256"


@dataclass(frozen=True, slots=True)
class Signing:
    """What to sign with.

    Attributes:
        key: the secret, or the private key as PEM; white space around it does not count, as for OPA's `--set-file`.
        algorithm: how.
        key_id: by what name OPA's configuration knows the key.
        scope: what the signature is for, which OPA's configuration must name too; empty for none.
    """

    key: bytes
    algorithm: Algorithm
    key_id: str
    scope: str = ""


class KeyRefusedError(Exception):
    """The key cannot sign by the algorithm; the message holds what OPA says."""


def sign(binary: Binary, bundle: Bundle, signing: Signing) -> Bundle:
    """Return ``bundle`` with a file of signatures; with RS256 and HS256 the same for the same bundle.

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
    """Run ``command`` in the folder to sign, since the signature names files as OPA is told where they are.

    The key comes by a pipe: on a command line others could read it, and a copy would stay behind where we are killed.
    """
    words = ["--signing-key", "/dev/stdin", "--claims-file", "../claims.json", "--output-file-path", "..", "--bundle", "."]
    try:
        done = subprocess.run([*command, *words], cwd=bundle, input=key, capture_output=True, timeout=_SECONDS_TO_SIGN, env={}, check=False)
    except (OSError, subprocess.SubprocessError) as failure:
        raise OpaError(f"`opa sign` does not run: {reason(failure)}") from failure
    if done.returncode != 0:
        raise KeyRefusedError(excerpt(done.stdout or done.stderr))
