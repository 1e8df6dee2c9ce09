"""The steps of a build of OPA, which say how far they are: packages compiled, out of how many, and how long the rest may take."""

import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iam2rego.opa.errors import OpaError
from iam2rego.opa.toolchain import Toolchain, environment

LONGEST_STEP: Final = 1800  # seconds
_STEPS: Final = 3
_SECONDS_BETWEEN_REPORTS: Final = 10.0
_LAST_LINES: Final = 12
_FORESEEN: Final = 0.1
"""The least share of the packages that must be compiled before the time of the others is estimated."""


def last_lines(*said: str) -> str:
    """Return the end of the first text that says anything; with `-json` Go's error messages are on stdout."""
    text = next(filter(None, (each.strip() for each in said)), "")
    return "\n".join(text.splitlines()[-_LAST_LINES:])


@dataclass(frozen=True, slots=True)
class Steps:
    """Runs the steps of a build with a toolchain, and reports them line by line."""

    toolchain: Toolchain
    report: Callable[[str], None]
    version: str

    def compile(self, sources: Path, folder: Path) -> None:
        """Download what the ``sources`` need, and compile them to the program `opa` in ``folder``.

        Raises:
            OpaError: Go fails, or takes too long.
        """
        said: list[str] = []
        with self.told(2, "downloading the modules that it needs", lambda _: f"{len(said)} downloaded"):
            packages = len(self._go(["list", "-deps", "."], sources, said).splitlines())
        done: list[str] = []
        with self.told(3, f"compiling {packages:,} packages", lambda seconds: _compiled(len(done), packages, seconds)):
            self._go(["install", "-v", "-trimpath", "-buildvcs=false", "."], sources, done, folder)

    @contextmanager
    def told(self, step: int, words: str, progress: Callable[[float], str] = lambda _: "") -> Iterator[None]:
        """Report that a step begins and, again and again, how long it takes and how far it is; ``progress`` gets the seconds."""
        head = f"OPA {self.version}, step {step} of {_STEPS}"
        self.report(f"{head}: {words}")
        ended, started = threading.Event(), time.monotonic()

        def repeat() -> None:
            while not ended.wait(_SECONDS_BETWEEN_REPORTS):
                seconds = time.monotonic() - started
                self.report(", ".join(filter(None, (f"{head}: {seconds:.0f} s", progress(seconds)))))

        reporter = threading.Thread(target=repeat)
        reporter.start()
        try:
            yield
        finally:
            ended.set()
            reporter.join()

    def _go(self, words: list[str], sources: Path, said: list[str], folder: Path | None = None) -> str:
        """Run a Go command in ``sources``; add to ``said`` each line that it says as it does, and return what it prints."""
        variables = {**environment(self.toolchain), **({"GOBIN": str(folder)} if folder else {})}
        command = [str(self.toolchain.go), *words]
        with (
            tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as printed,
            subprocess.Popen(
                command, env=variables, cwd=sources, stdout=printed, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
            ) as process,
        ):
            assert process.stderr is not None
            reader = threading.Thread(target=said.extend, args=(process.stderr,))
            reader.start()
            try:
                status = process.wait(LONGEST_STEP)
            except subprocess.TimeoutExpired:
                raise OpaError(f"`go {words[0]}` of {sources.name} did not finish in {LONGEST_STEP // 60} minutes") from None
            finally:
                process.kill()
                reader.join()
            printed.seek(0)
            output = printed.read()
        if status:
            raise OpaError(f"`go {words[0]}` of {sources.name} failed:\n{last_lines(''.join(said), output)}")
        return output


def _compiled(done: int, packages: int, seconds: float) -> str:
    """Say how many packages are compiled. Go names none that it has in its cache, so ``packages`` is an upper bound."""
    told = f"{done:,} of at most {packages:,} packages"
    if done < packages * _FORESEEN:
        return told
    return f"{told}, at this pace at most {seconds * max(0, packages - done) / max(1, done):.0f} s more"
