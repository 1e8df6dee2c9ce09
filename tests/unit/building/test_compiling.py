"""A file is compiled again when something that its output follows from has changed, and only then."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest

from iam2rego.building import Compiled, Recipe, recipe
from iam2rego.diagnostics import PolicyError
from iam2rego.ir.policy import Kind

Build: TypeAlias = Callable[..., Compiled]

RECIPE = Recipe(Kind.IDENTITY, False, {}, True)


def test_a_file_that_has_not_changed_is_not_compiled_again(source: Path, build: Build, made: list[str]) -> None:
    first = build(source)
    assert sorted(made) == ["a.json", "b.json"]
    assert build(source) == first
    assert sorted(made) == ["a.json", "b.json"]


def test_one_folder_does_not_displace_what_was_made_of_another(source: Path, build: Build, made: list[str]) -> None:
    other = source.with_name("other")
    shutil.copytree(source, other)
    for folder in (source, other, source, other):
        build(folder)
    assert sorted(made) == ["a.json", "a.json", "b.json", "b.json"]


@pytest.mark.parametrize(
    ("change", "compiled"),
    [
        pytest.param(lambda source: (source / "a.json").write_text((source / "b.json").read_text() + " "), ["a.json"], id="a-byte-more"),
        pytest.param(lambda source: (source / "a.json").rename(source / "c.json"), ["c.json"], id="another-name"),
        pytest.param(lambda source: (source / "c.json").write_text((source / "a.json").read_text()), ["c.json"], id="one-more"),
        pytest.param(lambda source: (source / "a.json").unlink(), [], id="one-less"),
        pytest.param(lambda source: (source / "a.json").touch(), [], id="only-touched"),
    ],
)
def test_only_what_has_changed_is_compiled(
    source: Path, build: Build, made: list[str], change: Callable[[Path], object], compiled: list[str]
) -> None:
    build(source)
    made.clear()
    change(source)
    build(source)
    assert made == compiled


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(RECIPE, kind=Kind.SESSION), id="kind"),
        pytest.param(replace(RECIPE, lenient=True), id="lenient"),
        pytest.param(replace(RECIPE, parameters={"name": "value"}), id="parameters"),
        pytest.param(replace(RECIPE, labels=False), id="labels"),
    ],
)
def test_another_option_makes_another_unit(source: Path, build: Build, made: list[str], changed: Recipe) -> None:
    build(source, RECIPE)
    build(source, changed)
    assert len(made) == 4


def test_another_compiler_compiles_anew(source: Path, build: Build, made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    build(source)
    monkeypatch.setattr(recipe, "compiler", lambda: "another")
    build(source)
    assert len(made) == 4


def test_the_compiler_is_told_by_its_files() -> None:
    recipe.compiler.cache_clear()
    assert recipe.compiler() == recipe.compiler()
    assert len(recipe.compiler()) == 64


def test_a_file_with_an_error_is_looked_at_again(source: Path, build: Build, made: list[str]) -> None:
    (source / "a.json").write_text("{", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(PolicyError, match="IAM005"):
            build(source)
    assert sorted(made) == ["a.json", "a.json", "b.json"]


def test_a_warning_is_given_again_at_its_place(source: Path, build: Build, made: list[str]) -> None:
    (source / "a.json").write_text(
        (source / "b.json").read_text().replace('"Effect"', '\n"Condition": {"StringLikes": {}}, "Effect"'), encoding="utf-8"
    )
    first = build(source).diagnostics
    assert build(source).diagnostics == first
    assert [(each.code, each.source.name, each.span and each.span.line) for each in first] == [("IAM301", str(source / "a.json"), 2)]
    assert len(made) == 2
