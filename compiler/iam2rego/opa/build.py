"""Builds an OPA with a Go toolchain, by default the pinned version, once for all processes of a user.

The sources are known to be the published ones, wherever they were downloaded from: this module has the hash of OPA's sources, and their
`go.sum` has the hashes of all dependencies. So proxies and checksum databases need not be trusted.
"""

import fcntl
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from iam2rego.cache_dir import is_only_ours
from iam2rego.opa.errors import OpaError, excerpt
from iam2rego.opa.steps import LONGEST_STEP, Steps, last_lines
from iam2rego.opa.toolchain import NOWHERE, Toolchain, environment, find_toolchain, run

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


def build(target: Path, report: Callable[[str], None], version: str = PINNED, why: str = "you asked for this version") -> None:
    """Build the OPA of ``version`` at ``target``, completely or not at all; ``why`` says why no other does.

    Raises:
        OpaError: there is no Go toolchain, the build fails, or others could replace its result.
    """
    toolchain = find_toolchain(version)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_shared(target.parent)
        with _only_one(target.with_name(f"{target.name}.lock"), report, version) as waited:
            if not (waited and target.is_file()):
                _install(toolchain, target, report, version, why)
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


def _install(toolchain: Toolchain, target: Path, report: Callable[[str], None], version: str, why: str) -> None:
    """Build in a folder next to ``target``, then move, so that the cache never has half a program."""
    told = "three steps, about a minute on an idle machine, and much longer on a busy one"
    report(f"building OPA {version} with {toolchain.go}, because {why}: {told}")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="build-") as folder:
        made = Path(folder) / "opa"
        steps = Steps(toolchain, report, version)
        with steps.told(1, "downloading its sources"):
            sources = _sources(toolchain, version)
        steps.compile(sources, Path(folder))
        made.chmod(0o755)  # whatever the umask, nobody else may write to it
        made.replace(target)


class _Downloaded(BaseModel):
    """The output of `go mod download -json` for a module."""

    Dir: Path = NOWHERE
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
        said = run(command, environment(toolchain), LONGEST_STEP).stdout
        return _Downloaded.model_validate_json(said)
    except subprocess.CalledProcessError as failure:
        raise OpaError(f"`go mod download {module}` failed:\n{last_lines(str(failure.stderr), str(failure.stdout))}") from None
    except subprocess.TimeoutExpired:
        raise OpaError(f"`go mod download {module}` did not finish in {LONGEST_STEP // 60} minutes") from None
    except ValidationError:
        raise OpaError(f"`go mod download {module}` does not answer as Go does: {excerpt(said.encode())}") from None
