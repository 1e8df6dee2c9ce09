"""The bundles that are measured: what `iam2rego build` makes of accounts in every layout, the same accounts as raw JSON, and the floor."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

from iam2rego.rego.bundle.assemble import Bundle, archive
from tests.bench.corpora import Account, account, write_export
from tests.bench.figures import Figures
from tests.bench.questions import ACCOUNT
from tests.bench.scale import Scale

LAYOUTS: Final[Mapping[str, tuple[str, ...]]] = {"modules": ("--layout", "modules"), "packed": ("--layout", "packed")}
"""The options of `build` for each layout."""

LABELLED: Final = "modules"
"""The layout that has labels."""

BARE: Final = " without labels"
"""What follows the name of that layout where it is built without them."""

FLOOR: Final = "floor"
RAW: Final = "raw JSON"
INTERPRETER: Final = "interpreter"

INTERPRETER_POLICY: Final = Path(__file__).parent / "interpreter" / "interpreter.rego"
_FLOOR_POLICY: Final = "package floor\n\nallow if input.action\n"

Bundles: TypeAlias = Mapping[tuple[str, int], Path]
"""Archives by what they hold, a layout or another of the names above, and the number of policies."""


def prepared(scale: Scale, folder: Path, figures: Figures) -> Bundles:
    """Make all bundles below ``folder``; one that is refused is missing, with a remark."""
    bundles = {(FLOOR, 0): _archived({"floor.rego": _FLOOR_POLICY}, folder / "floor.tar.gz")}
    for size in scale.sizes:
        bundles |= _of(account(size), folder / f"{size}", figures)
    data = raw_data(account(scale.once))
    bundles[INTERPRETER, scale.once] = _archived({"i.rego": INTERPRETER_POLICY.read_text("utf-8"), "data.json": data}, folder / "i.tar.gz")
    bundles |= _built(folder / f"{scale.once}", scale.once, LABELLED + BARE, ("--layout", "modules", "--no-labels"), figures)
    return bundles


def raw_data(account: Account) -> str:
    """Return the policies as they are, and who has which, as data for the interpreter."""
    attached = {f"arn:aws:iam::{ACCOUNT}:user/{user}": names for user, names in account.users.items()}
    return json.dumps({"policies": account.policies, "attached": attached})


def _of(account: Account, folder: Path, figures: Figures) -> Bundles:
    size = len(account.policies)
    write_export(account, folder)
    bundles = {(RAW, size): _archived({"data.json": raw_data(account)}, folder / "raw.tar.gz")}
    for layout, options in LAYOUTS.items():
        bundles |= _built(folder, size, layout, options, figures)
    return bundles


def _built(folder: Path, size: int, name: str, options: tuple[str, ...], figures: Figures) -> Bundles:
    """Build the export in ``folder``."""
    file = folder / f"{name}.tar.gz"
    command: list[str | Path] = [sys.executable, "-m", "iam2rego", "build", folder, "--bundle", file, *options]
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return {(name, size): file}
    figures.remarks.append(f"{name} of {size:,} policies is not measured, as `build` refuses it: {done.stderr.strip().splitlines()[-1]}")
    return {}


def _archived(files: Mapping[str, str], file: Path) -> Path:
    file.write_bytes(archive(Bundle(files)))
    return file
