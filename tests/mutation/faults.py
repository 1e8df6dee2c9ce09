"""The faults of `planted.toml`, as mutants of modules of the proofs."""

import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Final

from tests.mutation.mutants import Mutant

PACKAGE: Final = "iam2rego.proofs"
FAULTS: Final = Path(__file__).with_name("planted.toml")


def faults() -> Iterator[tuple[Mutant, str]]:
    """Yield the modules with a fault, each with what the fault forgets.

    Raises:
        ValueError: a module does not have the text exactly once.
    """
    for each in tomllib.loads(FAULTS.read_text(encoding="utf-8"))["fault"]:
        module, before, after = each["module"], each["before"], each["after"]
        source = resources.files(PACKAGE).joinpath(f"{module}.py").read_text("utf-8")
        if source.count(before) != 1:
            raise ValueError(f"{module} has this {source.count(before)} times: {before}")
        line = source[: source.index(before)].count("\n") + 1
        yield Mutant(module, source.replace(before, after), line, before, after, PACKAGE), each["forgets"]
