"""What claims are made of."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout

CHECKOUT: Final = Path(__file__).parents[2]
EXAMPLE: Final = CHECKOUT / "examples" / "ecs"
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """What the claims are about: an OPA, a folder with a file for each managed policy, and the layout in which OPA has policies."""

    binary: Binary
    managed: Path
    layout: Layout = Layout.MODULES


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim holds, its figures, and more where it does not."""

    holds: bool
    figures: str
    more: str = ""


Claim: TypeAlias = Callable[[Setting], Verdict]


def packed(claim: Claim) -> Claim:
    """Return the same claim about the packed layout."""

    def of_tables(setting: Setting) -> Verdict:
        return claim(replace(setting, layout=Layout.PACKED))

    of_tables.__name__ = f"packed_{claim.__name__}"
    return of_tables


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, both streams together, and its status."""

    status: int
    text: str


def run(command: Sequence[str | Path], *, cwd: Path = CHECKOUT, environment: Mapping[str, str] | None = None) -> Said:
    """Run ``command`` to its end, in our own environment unless another is given."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=os.environ if environment is None else environment,
        text=True,
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return Said(done.returncode, done.stdout)


def progress(done: int, of: int) -> None:
    """Show how far a run is, where somebody looks."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {of} policies\033[K" if done < of else "\r\033[K")


def say(line: str) -> None:
    """Print ``line`` at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
