"""Makes in dist/ what a release publishes: ``python -m tests.release [TAG] [--into DIR]``.

Wheel and sdist are built twice from what git has at HEAD, in two folders, and refused if their bytes differ. Beside them are a bill of
materials (CycloneDX) and SHA256SUMS.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.release.archives import built, digests
from tests.release.versions import RefusedError, checked

CHECKOUT: Final = Path(__file__).parents[2]


def main(words: Sequence[str]) -> int:
    """Write what a release publishes; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.release")
    parser.add_argument("tag", nargs="?", help="refuse to build if this is not the tag of the version")
    parser.add_argument("--into", type=Path, default=CHECKOUT / "dist", help="the folder to write, which is emptied before")
    options = parser.parse_args(words)
    try:
        version = checked(CHECKOUT, options.tag)
        with TemporaryDirectory() as first, TemporaryDirectory() as second:
            archives = [built(CHECKOUT, Path(folder)) for folder in (first, second)]
            if digests(archives[0]) != digests(archives[1]):
                raise RefusedError(f"two builds differ:\n{digests(archives[0])}{digests(archives[1])}")
            shutil.rmtree(options.into, ignore_errors=True)
            options.into.mkdir(parents=True)
            published = [Path(shutil.copy(each, options.into)) for each in archives[0]]
    except RefusedError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    published.append(_bill(published[0], options.into / f"iam2rego-{version}.cdx.json"))
    (options.into / "SHA256SUMS").write_text(digests(published), encoding="utf-8")
    sys.stdout.write(digests(published))
    return 0


def _bill(wheel: Path, written: Path) -> Path:
    """Write the bill of materials of an environment that has the wheel and what it needs, and nothing else."""
    with TemporaryDirectory() as folder:
        python = Path(folder, "bin", "python")
        for command in (
            [sys.executable, "-m", "venv", "--without-pip", folder],
            [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check", wheel],
            [
                *(sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--mc-type", "application"),
                *("--pyproject", CHECKOUT / "pyproject.toml", "-o", written, python),
            ],
        ):
            subprocess.run(command, check=True, env={**os.environ, "PIP_NO_COMPILE": "1"})
    return written


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
