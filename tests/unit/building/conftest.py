"""Policies in files, and builds of them."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from iam2rego.building import Cache, Compiled, Recipe, compile_sources
from iam2rego.ir.policy import Kind

Build: TypeAlias = Callable[..., Compiled]

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'


def silent(*_: int) -> None:
    """Show nothing."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with two policies."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.json").write_text(POLICY, encoding="utf-8")
    return folder


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Compiles what is below a path, with a cache."""

    def build(source: Path, recipe: Recipe | None = None) -> Compiled:
        recipe = recipe or Recipe(Kind.IDENTITY, False, {}, True)
        return compile_sources([str(source)], recipe, Cache.at(tmp_path / "cache"), silent)

    return build


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were compiled, in order."""
    names: list[str] = []
    make = Recipe.make

    def noted(recipe: Recipe, file: object) -> object:
        names.append(file.place.file)  # type: ignore[attr-defined]
        return make(recipe, file)  # type: ignore[arg-type]

    monkeypatch.setattr(Recipe, "make", noted)
    return names
