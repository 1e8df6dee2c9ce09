"""The options of `build` for those who operate OPAs: signatures, masks, and a configuration that goes with the archives."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, NoReturn, TypeAlias

import typer

from iam2rego.cli.commands.opa import obtained
from iam2rego.diagnostics import printable
from iam2rego.opa.configuration import Verification, configuration
from iam2rego.opa.sign import Algorithm, KeyRefusedError, Signing, sign
from iam2rego.rego import Bundle

_KEY_ID: Final = re.compile(r"[A-Za-z0-9_-]+")
_PUBLIC: Final = b"-----BEGIN PUBLIC KEY-----"


def _key_name(value: str) -> str:
    """Refuse what does not stand for itself in OPA's `--set-file`."""
    if not _KEY_ID.fullmatch(value):
        raise typer.BadParameter(f"`{value}` is not made of letters, digits, `_` and `-`")
    return value


Sign: TypeAlias = Annotated[
    Path | None,
    typer.Option("--sign", metavar="KEYFILE", help="Sign the archives by this key: a PEM file with a private key, or a secret for HS256."),
]
SigningAlgorithm: TypeAlias = Annotated[Algorithm, typer.Option("--signing-alg", help="How to sign.")]
SigningKeyId: TypeAlias = Annotated[
    str, typer.Option("--signing-key-id", metavar="NAME", help="What OPA's configuration calls the key.", callback=_key_name)
]
Scope: TypeAlias = Annotated[
    str, typer.Option("--scope", metavar="SCOPE", help="What the signature is for; OPA's configuration must name it too.")
]
Mask: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--mask", metavar="NAME", help="Keep members of this name, such as context keys, and tokens out of OPA's decision log. Repeatable."
    ),
]
OpaConfig: TypeAlias = Annotated[
    Path | None,
    typer.Option("--opa-config", metavar="FILE.yaml", help="Also write a configuration for the OPAs that download the archives."),
]
VerificationKey: TypeAlias = Annotated[
    Path | None, typer.Option("--verification-key", metavar="FILE", help="The public key as PEM that the configuration is to hold.")
]
BundlesUrl: TypeAlias = Annotated[
    str, typer.Option("--bundles-url", metavar="URL", help="Where the archives will be served, for the configuration.")
]


def signer(file: Path, algorithm: Algorithm, key_id: str, scope: str, opa: str | None, *, no_progress: bool) -> Callable[[Bundle], Bundle]:
    """Return what signs bundles by the key in ``file``, which is read at once."""
    signing = Signing(_read(file, "--sign"), algorithm, key_id, scope)

    def signed(bundle: Bundle) -> Bundle:
        try:
            return sign(obtained(opa, no_progress=no_progress), bundle, signing)
        except KeyRefusedError as refusal:
            _refuse(f"`{file}` is no key that {algorithm} signs with: {refusal}", "--sign")

    return signed


@dataclass(frozen=True, slots=True)
class Configured:
    """A configuration to write: to which file, where the bundles are served, and how they are verified."""

    file: Path
    url: str
    verification: Verification | None

    def content(self, resources: Mapping[str, str]) -> bytes:
        """Return what the file will hold; ``resources`` are the archives by the names of the bundles."""
        return configuration(self.file.name, self.url, resources, self.verification).encode()


def verification(algorithm: Algorithm, key_id: str, scope: str, file: Path | None) -> Verification:
    """Return how a configuration verifies what is signed; a public key is part of it, a secret is not."""
    if algorithm is Algorithm.HS256:
        if file:
            _refuse("HS256 has a secret alone, which the configuration does not hold", "--verification-key")
        return Verification(key_id, algorithm, None, scope)
    if file is None:
        _refuse(
            f"name the public key, which `openssl pkey -in KEYFILE -pubout` prints: {algorithm} is verified by it", "--verification-key"
        )
    return Verification(key_id, algorithm, _public(file), scope)


def _public(file: Path) -> str:
    """Read a public key; a private one that was named by mistake must not get into a configuration."""
    content = _read(file, "--verification-key").strip()
    if not content.startswith(_PUBLIC) or not content.isascii():
        _refuse(f"`{file}` is no public key: it does not start with `{_PUBLIC.decode()}`", "--verification-key")
    return content.decode("ascii")


def _read(file: Path, option: str) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as failure:
        _refuse(f"`{file}` cannot be read: {(failure.strerror or str(failure)).lower()}", option)
    if not content.strip():
        _refuse(f"`{file}` is empty", option)
    return content


def _refuse(message: str, option: str) -> NoReturn:
    raise typer.BadParameter(printable(message), param_hint=option) from None
