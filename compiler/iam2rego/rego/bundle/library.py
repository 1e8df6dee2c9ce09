"""The runtime library of each layout; `lib/` holds it for the package ``iam`` and the modules layout."""

import re
from functools import cache
from importlib import resources
from typing import Final

from iam2rego.rego.bundle.layouts import Layout

_IN_THE_PLACE_OF: Final = {"modules": "tables", "own": "own_tables"}
"""What asks the modules of policies, and what asks tables in its place."""

_OF_TABLES: Final = {*_IN_THE_PLACE_OF.values(), "compare", "requirements", "substitution"}
_UNUSED: Final = {Layout.MODULES: _OF_TABLES, Layout.PACKED: {*_IN_THE_PLACE_OF}}
_ROUTER: Final = "router"
_IMPORT: Final = re.compile(r"^import data\.iam\.lib\.(\w+)", re.MULTILINE)
_REPLACED: Final = re.compile(rf"^import data\.iam\.lib\.({'|'.join(_IN_THE_PLACE_OF)})(?: as (\w+))?$", re.MULTILINE)
_OWN_PACKAGE: Final = re.compile(r"\b(package |data\.)iam\.")


def library(package: str, layout: Layout) -> dict[str, str]:
    """Return the texts of the library below ``package``, by their paths in its folder."""
    used = {name: text for name, text in _texts().items() if name not in _UNUSED[layout] and name != _ROUTER}
    return {_place(name): module_text(_asking(text, layout), package) for name, text in used.items()}


def of_partitions(package: str) -> dict[str, str]:
    """Return the texts of the entry points that ask partitions, by their paths in the folder of ``package``, with what they need."""
    texts = _texts()
    router = texts[_ROUTER].replace(f"package iam.{_ROUTER}", "package iam.authz")
    used = {"authz": router, **{name: texts[name] for name in _imported(router)}}
    return {_place(name): module_text(text, package) for name, text in used.items()}


@cache
def _texts() -> dict[str, str]:
    files = resources.files("iam2rego.rego").joinpath("lib").iterdir()
    names = {file.name.removesuffix(".rego"): file for file in files if file.name.endswith(".rego")}
    return {name: file.read_text("utf-8") for name, file in names.items() if not name.endswith("_test")}


def _imported(text: str) -> set[str]:
    """Return the modules of the library that ``text`` needs."""
    direct = set(_IMPORT.findall(text))
    return direct.union(*(_imported(_texts()[name]) for name in direct))


def _asking(text: str, layout: Layout) -> str:
    """Let a module of the library ask what is there in a layout."""
    return text if layout is Layout.MODULES else _REPLACED.sub(_of_tables, text)


def _of_tables(found: re.Match[str]) -> str:
    return f"import data.iam.lib.{_IN_THE_PLACE_OF[found[1]]} as {found[2] or found[1]}"


def module_text(text: str, package: str) -> str:
    """Return a module of the library, which is written for the package ``iam``, for another."""
    return _OWN_PACKAGE.sub(rf"\g<1>{package}.", text)


def _place(name: str) -> str:
    return f"{'authz' if name == 'authz' else 'lib'}/{name}.rego"
