"""The options by which `bundle` signs archives, and by which it writes the configuration of the OPAs that download them."""

import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import ClassVar, Final

import click

from iam2rego.cli.shared.command import option, options
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.output import refuse
from iam2rego.opa.binary import Binary
from iam2rego.opa.configuration import Verification, configuration
from iam2rego.opa.sign import Algorithm, KeyRefusedError, Signing, sign
from iam2rego.opa.signing_keys import signing_key
from iam2rego.rego.bundle.assemble import Bundle

_KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]+")
_PUBLIC: Final = b"-----BEGIN PUBLIC KEY-----"
_FILE: Final = click.Path(path_type=Path)


def _key_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Refuse what means something else in OPA's `--set-file`."""
    if not _KEY_ID.fullmatch(value):
        raise click.BadParameter(f"`{value}` is not made of letters, digits, `_` and `-`")
    return value


@options
class Signatures:
    """How archives are signed."""

    heading: ClassVar = "Signatures"

    sign: Path | None = option(
        "--sign",
        metavar="KEYFILE",
        type=_FILE,
        help="Sign the archives by this key: a PEM file with a private key, of RSA (RS256) or on the curve P-256 (ES256), "
        "or a file with a secret (HS256).",
    )
    signing_key_id: str = option(
        "--signing-key-id", default="iam", metavar="NAME", callback=_key_name, help="The name of the key in OPA's configuration."
    )
    scope: str = option(
        "--scope",
        default="",
        show_default=False,
        metavar="SCOPE",
        help="What the signature is for, such as production; OPA's configuration must name it too.",
    )

    def read(self) -> Signing | None:
        """Read the key, if one is named; what kind of key it is tells the algorithm."""
        if self.sign is None:
            return None
        try:
            algorithm, key = signing_key(_read(self.sign, "--sign"))
        except KeyRefusedError as refusal:
            refuse(f"`{self.sign}` {refusal}", "--sign")
        return Signing(key, algorithm, self.signing_key_id, self.scope)

    def signer(self, signing: Signing | None, *, quiet: bool) -> Callable[[Bundle], Bundle]:
        """Return what signs bundles; without a key, what returns them unchanged."""
        if signing is None:
            return lambda bundle: bundle

        @cache
        def opa() -> Binary:
            return obtained(os.environ.get("IAM2REGO_OPA"), quiet=quiet)

        def signed(bundle: Bundle) -> Bundle:
            try:
                return sign(opa(), bundle, signing)
            except KeyRefusedError as refusal:
                refuse(f"`{self.sign}` is not a key for {signing.algorithm}: {refusal}", "--sign")

        return signed


@options
class Configuration:
    """The configuration of OPAs that download the archives."""

    heading: ClassVar = "OPA's configuration"

    opa_config: Path | None = option(
        "--opa-config", metavar="FILE.yaml", type=_FILE, help="Also write a configuration for the OPAs that download the archives."
    )
    bundles_url: str = option("--bundles-url", default="http://127.0.0.1:8282", metavar="URL", help="Where the archives will be served.")
    verification_key: Path | None = option(
        "--verification-key", metavar="FILE", type=_FILE, help="The public key, as PEM, that OPA verifies signatures by."
    )

    def verification(self, signing: Signing | None) -> Verification | None:
        """Return how OPAs verify what is signed, if anything is; a public key is part of the configuration, a secret is not."""
        if not (signing and self.opa_config):
            return None
        algorithm, file = signing.algorithm, self.verification_key
        if algorithm is Algorithm.HS256 and file:
            refuse("HS256 has only a secret, which the configuration does not hold", "--verification-key")
        if algorithm is not Algorithm.HS256 and not file:
            refuse(
                f"{algorithm} is verified by the public key: name it; `openssl pkey -in KEYFILE -pubout` prints it", "--verification-key"
            )
        return Verification(signing.key_id, algorithm, _public(file) if file else None, signing.scope)

    def files(self, resources: Mapping[str, str], verification: Verification | None) -> Mapping[Path, bytes]:
        """Return the content of the file to write, if one is named; ``resources`` are the archives by the names of their bundles."""
        file = self.opa_config
        return {file: configuration(file.name, self.bundles_url, resources, verification).encode()} if file else {}


def _public(file: Path) -> str:
    """Read a public key; a private one that was named by mistake must not get into a configuration."""
    content = _read(file, "--verification-key").strip()
    if not content.startswith(_PUBLIC) or not content.isascii():
        refuse(f"`{file}` is not a public key: it does not start with `{_PUBLIC.decode()}`", "--verification-key")
    return content.decode("ascii")


def _read(file: Path, named_by: str) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as failure:
        refuse(f"`{file}` cannot be read: {(failure.strerror or str(failure)).lower()}", named_by)
    if not content.strip():
        refuse(f"`{file}` is empty", named_by)
    return content
