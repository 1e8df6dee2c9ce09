"""Protects an OPA of our own from other users of the machine, who can all reach its loopback address."""

import hashlib
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iam2rego.cache_dir import content_of
from iam2rego.jsontext import JsonValue, dumps, loads
from iam2rego.opa.errors import OpaError

MARK: Final = "data/system/authz/mark"
"""The path at which a guarded OPA returns its mark."""

_POLICY: Final = """\
package system.authz

default allow := false

# The token itself is only in our memory.
allow if crypto.sha256(input.identity) == "{digest}"

mark := "{mark}"
"""
_ROOT: Final = "system/authz"
_MANIFEST: Final = ".manifest"
_CLAIMED: Final[JsonValue] = {"roots": [_ROOT]}
_FLAGS: Final = ("--authentication=token", "--authorization=basic")


@dataclass(frozen=True, slots=True)
class Guard:
    """How an OPA and its client recognise each other.

    Attributes:
        token: the token to send with each question.
        mark: a value that only this OPA returns, so that another server on the same port is recognised.
        arguments: the arguments to start it with: flags and bundles.
    """

    token: str
    mark: str
    arguments: tuple[str, ...]


def guarded(bundle: Path, folder: Path) -> Guard:
    """Prepare an OPA with ``bundle`` that answers only to a new token; ``folder`` gets its policy and must be private.

    Raises:
        OpaError: the bundle has to be copied and cannot be.
    """
    token, mark = secrets.token_hex(), secrets.token_hex()
    bundles = [bundle, folder] if _leaves_room(_manifest(bundle)) else [_copied(bundle, folder / "copy")]
    _write(folder / _MANIFEST, _CLAIMED)
    policy = _POLICY.format(digest=hashlib.sha256(token.encode()).hexdigest(), mark=mark)
    (bundles[-1] / "iam2rego-guard.rego").write_text(policy, encoding="utf-8")
    return Guard(token, mark, (*_FLAGS, "--bundle", *map(str, bundles)))


def _manifest(bundle: Path) -> JsonValue:
    """Return the content of a manifest: an empty object if there is none; null if it is malformed, which OPA will report."""
    try:
        return loads(content_of(bundle / _MANIFEST).decode())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        return None


def _leaves_room(manifest: JsonValue) -> bool:
    """Return whether OPA accepts a bundle with our package together with one with this manifest; without roots it claims everything."""
    match manifest:
        case {"roots": [*roots]}:
            return not any(_overlaps(str(root)) for root in roots)
        case {"roots": _}:
            return True
        case dict():
            return False
    return True


def _overlaps(root: str) -> bool:
    ours, theirs = f"{_ROOT}/", f"{root.strip('/')}/".lstrip("/")
    return ours.startswith(theirs) or theirs.startswith(ours)


def _copied(bundle: Path, copy: Path) -> Path:
    """Copy a bundle that claims our package; the copy claims everything."""
    try:
        shutil.copytree(bundle, copy, dirs_exist_ok=True)
    except OSError as failure:
        raise OpaError(f"{bundle} cannot be copied: {failure}") from failure
    manifest = _manifest(bundle)
    assert isinstance(manifest, dict)
    _write(copy / _MANIFEST, {**manifest, "roots": [""]})
    return copy


def _write(file: Path, manifest: JsonValue) -> None:
    file.write_text(dumps(manifest), encoding="utf-8")
