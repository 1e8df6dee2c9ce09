"""What is released holds every file of the tree, and works where nothing but it is installed."""

import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

CHECKOUT = Path(__file__).parents[2]

Shell: TypeAlias = Callable[..., str]


def tree() -> set[str]:
    """The files of the tree that belong to the package, by their names in it."""
    package, grammar = CHECKOUT / "compiler", CHECKOUT / "grammar"
    library = {path for path in package.glob("iam2rego/rego/lib/**/*.rego") if not path.name.endswith("_test.rego")}
    templates = package.glob("iam2rego/pages/templates/*")
    others = {*package.rglob("py.typed"), *package.rglob("*.jsonl"), *library, *templates}
    files = {path.relative_to(package) for path in {*package.rglob("*.py"), *others}}
    grammars = {"iam2rego" / path.relative_to(CHECKOUT) for path in {*grammar.glob("*.py"), *grammar.glob("*.lark")}}
    return {path.as_posix() for path in files | grammars}


def members(wheel: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


def test_the_tree_has_modules_grammars_a_library_a_suite_and_templates() -> None:
    kinds = {Path(name).suffix for name in tree()}
    assert kinds == {".py", ".lark", ".rego", ".jsonl", ".typed", ".html", ".css", ".js"}


def test_wheel_built_from_the_source_archive_holds_exactly_the_tree(wheel: Path) -> None:
    assert members(wheel) == tree()


def test_source_archive_holds_the_licence(source_archive: Path) -> None:
    with tarfile.open(source_archive) as archive:
        assert {Path(name).name for name in archive.getnames()} >= {"LICENSE", "README.md", "pyproject.toml", "setup.py"}


@pytest.fixture(params=["wheel", "editable"])
def program(request: pytest.FixtureRequest, wheel: Path, checkout: Path, environment: Path, shell: Shell, tmp_path: Path) -> Path:
    """The installed console script, from the wheel or from a checkout that can be edited."""
    package = [wheel] if request.param == "wheel" else ["--no-build-isolation", "--editable", checkout]
    shell([environment / "pip", "uninstall", "--yes", "iam2rego"], tmp_path)
    shell([environment / "pip", "install", *package], tmp_path)
    return environment / "iam2rego"


def test_installed_program_finds_its_grammars_and_its_library(program: Path, shell: Shell, tmp_path: Path) -> None:
    ecs = CHECKOUT / "examples" / "ecs"
    shell([program, "build", ecs / "policies", "--params", ecs / "params.toml", "-o", "out"], tmp_path)
    assert (tmp_path / "out" / ".manifest").is_file()
