"""The modules of the runtime library and their tests, as the checkout has them: the package is installed without the tests."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

_LIBRARY: Final = Path(__file__).parents[3] / "compiler" / "iam2rego" / "rego" / "lib"
_TESTED: Final = (("common", "decision", "modules", "gateway"), ("common", "packed", "partitions"))
"""The folders of the library whose tests run together, as in the Makefile."""

_WRITTEN_BY_BUILDS: Final = "known_keys.rego"
"""A build replaces this module by one with its own keys, so mutants of what the library has there say nothing."""

_PACKAGE: Final = re.compile(r"^package (\S+)$", re.MULTILINE)
_REFERENCE: Final = re.compile(r"\bdata\.(iam\.[a-z_.]+)")


@cache
def every_module() -> Mapping[str, str]:
    """Return the text of each module of the library, by its path without the suffix."""
    return {name_of(path): path.read_text("utf-8") for path in _files() if not _is_test(path) and path.name != _WRITTEN_BY_BUILDS}


def own_tests(module: str) -> Sequence[Path]:
    """Return the tests that import a module, and the files that they need."""
    line = f"import data.{_package(_path(module))}\n"
    for files in _together(module):
        if own := [file for file in files if _is_test(file) and line in file.read_text("utf-8")]:
            return _with_needed(own, files, module)
    return []


def all_tests(module: str) -> Iterator[Sequence[Path]]:
    """Yield the tests that need a module, and the files that they need, as often as the module is tested."""
    for files in _together(module):
        yield _with_needed([file for file in files if _is_test(file) and _path(module) in _needed([file], files)], files, module)


def _together(module: str) -> Iterator[Sequence[Path]]:
    """Yield the modules and tests that are loaded together with a module."""
    for folders in _TESTED:
        if module.partition("/")[0] in folders:
            yield [path for path in _files() if path.parent.name in folders]


def _with_needed(tests: Sequence[Path], files: Sequence[Path], module: str) -> Sequence[Path]:
    return sorted({*tests, *_needed(tests, files)} - {_path(module)})


def _needed(wanting: Iterable[Path], files: Sequence[Path]) -> set[Path]:
    """Return those of ``files`` that others refer to, directly or through each other. Tests have tables in tests of other names."""
    left, found = [*wanting], set[Path]()
    while left:
        named = {f"{each}." for each in _REFERENCE.findall(left.pop().read_text("utf-8"))}
        new = {path for path in files if any(each.startswith(f"{_package(path)}.") for each in named)} - found
        found |= new
        left += new
    return found


@cache
def _package(path: Path) -> str:
    found = _PACKAGE.search(path.read_text("utf-8"))
    assert found, "every module has a package"
    return found[1]


@cache
def _files() -> Sequence[Path]:
    return sorted(path for path in _LIBRARY.glob("*/*.rego") if path.parent.name != "log")


def _path(module: str) -> Path:
    return _LIBRARY / f"{module}.rego"


def name_of(path: Path) -> str:
    """Return the path of a module in the library without the suffix."""
    return path.relative_to(_LIBRARY).with_suffix("").as_posix()


def _is_test(path: Path) -> bool:
    return path.stem.endswith("_test")
