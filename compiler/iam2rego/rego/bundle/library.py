"""The runtime library: the modules of `lib/` for a bundle, by folder."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Final

from iam2rego.catalogue.global_keys import GLOBAL_KEYS
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.language.printer import quote
from iam2rego.rego.reading.folding import fold

FOLDERS: Final = {Layout.MODULES: ("common", "decision", "modules"), Layout.PACKED: ("common", "decision", "packed")}
"""The folders with the modules of each layout."""
KNOWN_KEYS: Final = "authz/known_keys.rego"
"""The module that holds a constant of each build."""

_KNOWN: Final = "known_keys"
_SET: Final = re.compile(r"\{\n.*\}", re.DOTALL)
_AUTHZ: Final = ("authz", _KNOWN)
_ROOT: Final = re.compile(r"\b(package |data\.)iam\.")


def library(package: str, layout: Layout, keys: Iterable[str]) -> dict[str, str]:
    """Return the texts of the library below ``package``, by path in its folder; ``keys`` are those of `spellings`."""
    texts = {name: text for folder in FOLDERS[layout] for name, text in modules(folder).items()}
    known = "".join(f"\t{quote(key)},\n" for key in sorted(keys))
    return _placed({**texts, _KNOWN: _SET.sub(lambda _: f"{{\n{known}}}", texts[_KNOWN])}, package)


def spellings(keys: Iterable[str]) -> dict[str, str]:
    """Return one spelling of each of AWS's global keys and of ``keys``, by the key in lower case (C2)."""
    return {fold(key): key for key in (*sorted(set(keys), reverse=True), *GLOBAL_KEYS)}


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
    return {f"{'authz' if name in _AUTHZ else 'lib'}/{name}.rego": module_text(text, package) for name, text in texts.items()}
