"""The runtime library: the modules of `lib/` for a bundle, by folder."""

import re
from functools import cache
from importlib import resources
from typing import Final

from iam2rego.rego.bundle.layouts import Layout

FOLDERS: Final = {Layout.MODULES: ("common", "decision", "modules"), Layout.PACKED: ("common", "decision", "packed")}
"""The folders with the modules of each layout."""
_ROOT: Final = re.compile(r"\b(package |data\.)iam\.")


def library(package: str, layout: Layout) -> dict[str, str]:
    """Return the texts of the library below ``package``, by path in its folder."""
    texts = {name: text for folder in FOLDERS[layout] for name, text in modules(folder).items()}
    return _placed(texts, package)


def of_partitions(package: str) -> dict[str, str]:
    """Return the texts of the entry points that query partitions, and of their imports, by path in the folder of ``package``."""
    return _placed({**modules("partitions"), "principal": modules("common")["principal"]}, package)


@cache
def modules(folder: str) -> dict[str, str]:
    """Return the texts of the modules in a folder of the library, without tests, by name."""
    files = resources.files("iam2rego.rego").joinpath("lib", folder).iterdir()
    names = {file.name.removesuffix(".rego"): file for file in files if file.name.endswith(".rego")}
    return {name: file.read_text("utf-8") for name, file in names.items() if not name.endswith("_test")}


def module_text(text: str, package: str) -> str:
    """Return a module of the library, which is written for the package ``iam``, for another package.

    The whole text is searched, because rules refer to data by full path: an import would cost an evaluation step.
    """
    return _ROOT.sub(rf"\g<1>{package}.", text)


def _placed(texts: dict[str, str], package: str) -> dict[str, str]:
    return {f"{'authz' if name == 'authz' else 'lib'}/{name}.rego": module_text(text, package) for name, text in texts.items()}
