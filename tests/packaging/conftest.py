"""What is built once for all tests of what is released: it takes seconds each."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import pytest

CHECKOUT: Final = Path(__file__).parents[2]
RELEASED: Final = ("compiler", "grammar", "pyproject.toml", "setup.py", "README.md", "LICENSE", "action.yml", ".pre-commit-hooks.yaml")

Shell: TypeAlias = Callable[..., str]


# Most of what is installed is never imported, so compiling all of it costs more than it saves.
os.environ["PIP_NO_COMPILE"] = "1"


def run(command: Sequence[str | Path], cwd: Path, environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=environment, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="session")
def shell() -> Shell:
    """Runs a command in a folder, and returns what it prints; one that fails fails the test."""
    return run


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, so that building leaves nothing in the real ones."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in RELEASED:
        source = CHECKOUT / name
        copier = shutil.copytree if source.is_dir() else shutil.copy
        copier(source, copy / name)
    return copy


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with what building needs: where its programs are."""
    folder = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "virtualenv", folder], folder)  # which pre-commit brings, and is quicker than venv
    run([folder / "bin" / "pip", "install", "setuptools>=77"], folder)
    return folder / "bin"


@pytest.fixture(scope="session")
def source_archive(checkout: Path, environment: Path) -> Path:
    build = "from setuptools import build_meta; build_meta.build_sdist('dist')"
    run([environment / "python", "-c", build], checkout)
    return next((checkout / "dist").glob("*.tar.gz"))


@pytest.fixture(scope="session")
def wheel(source_archive: Path, environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive: what it holds has gone through both."""
    folder = tmp_path_factory.mktemp("wheel")
    run([environment / "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder, source_archive], folder)
    return next(folder.glob("*.whl"))
