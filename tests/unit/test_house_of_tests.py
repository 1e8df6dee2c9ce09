"""The tests are code too: what they share is in modules of its own. No module is long, of the compiler or of the tests."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).parents[1]
MODULES: Final = sorted(TESTS.rglob("*.py"))
LONGEST: Final = 250
"""Lines of a module."""


def written_by_hand() -> Iterator[Path]:
    """The Python and Rego modules of the compiler and of its tests; the Rego of tests/golden is what iam2rego emits."""
    for folder in (TESTS.parent / "compiler", TESTS):
        yield from folder.rglob("*.py")
        yield from (module for module in folder.rglob("*.rego") if TESTS / "golden" not in module.parents)


def imported(module: Path) -> Iterator[str]:
    """Yield the dotted names that a module imports, those of the members too: any may be a module."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names)
            case ast.ImportFrom(module=str(name), names=names):
                yield from (f"{name}.{each.name}" for each in names)


def is_of_pytest(name: str) -> bool:
    """Say whether a name is of, or in, a module that pytest imports and nobody else should: a test module or a conftest."""
    parts = name.split(".")
    modules = (TESTS.parent.joinpath(*parts[:end]).with_suffix(".py") for end in range(1, len(parts) + 1))
    return any(module.stem.startswith(("test_", "conftest")) and module.exists() for module in modules)


def test_no_module_imports_a_test_module() -> None:
    assert [(str(module), name) for module in MODULES for name in imported(module) if is_of_pytest(name)] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("tests.unit.test_house_of_tests", True, id="test-module"),
        pytest.param("tests.unit.test_house_of_tests.imported", True, id="member-of-a-test-module"),
        pytest.param("tests.e2e.conftest.run", True, id="conftest"),
        pytest.param("tests.support.policies.test_policy", False, id="helper"),
        pytest.param("pytest", False, id="library"),
    ],
)
def test_what_is_of_pytest(name: str, expected: bool) -> None:
    assert is_of_pytest(name) is expected


def test_no_module_is_long() -> None:
    lengths = {str(module.relative_to(TESTS.parent)): len(module.read_text("utf-8").splitlines()) for module in written_by_hand()}
    assert {module: length for module, length in lengths.items() if length > LONGEST} == {}
    assert {Path(module).suffix for module in lengths} == {".py", ".rego"}
