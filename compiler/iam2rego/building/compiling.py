"""Compiles what sources hold, file by file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from iam2rego import workers
from iam2rego.building.cache import Cache
from iam2rego.building.entry import read, written
from iam2rego.building.keys import default_key_policies
from iam2rego.building.recipe import Recipe
from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.gc_pause import gc_paused
from iam2rego.ir.attachments import Attachments
from iam2rego.rego.bundle.unit import Unit
from iam2rego.sources.files import TextFile, digest
from iam2rego.sources.loading import combined
from iam2rego.sources.parsing import read_sources
from iam2rego.sources.problems import Problems
from iam2rego.sources.reading import Reading
from iam2rego.workers import Step

_Result: TypeAlias = bytes | Reading[Unit]
"""What is made of a file: the bytes that `written` returns, or a reading with errors."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """Compiled sources.

    Attributes:
        units: a unit for each policy, ordered by name.
        attachments: who has which of the policies.
        diagnostics: warnings and notices.
        digest: the SHA-256, in hex, of all files.
        recipe: how they were compiled, with the layout.
        sums: a line for each source that says how many policies it holds.
    """

    units: tuple[Unit, ...]
    attachments: Attachments
    diagnostics: tuple[Diagnostic, ...]
    digest: str
    recipe: Recipe
    sums: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Make:
    """Compiles a file, in any process."""

    recipe: Recipe

    def __call__(self, file: TextFile) -> _Result:
        reading = self.recipe.make(file)
        return reading if _has_error(reading) else written(reading)


def compile_sources(paths: Sequence[str], recipe: Recipe, cache: Cache | None, step: Step) -> Compiled:
    """Compile all policies that ``paths`` name, as `load` takes them; files that are in the ``cache`` are not compiled again.

    Raises:
        PolicyError: as from `load`.
        OSError: a process that compiles has ended early.
    """
    with gc_paused():
        problems = Problems()
        files = read_sources(paths, problems)
        recipe = recipe.settled(files)
        results = _results(files, recipe, cache, recipe.name(paths), step)
        readings = [read(each, file.source) if isinstance(each, bytes) else each for each, file in zip(results, files, strict=True)]
        together = combined(paths, readings, recipe.options, problems)
        notices = tuple(default_key_policies(readings, together.attachments))
        diagnostics = (*together.diagnostics, *notices)
        return Compiled(together.made, together.attachments, diagnostics, digest(files), recipe, together.sums)


def _results(files: Sequence[TextFile], recipe: Recipe, cache: Cache | None, name: str, step: Step) -> list[_Result]:
    """Return what is made of each file, in order. Afterwards the ``cache`` holds exactly these files under ``name``."""
    keys = recipe.keys(files)
    kept = cache.read(name) if cache else {}
    results: dict[int, _Result] = {number: kept[key] for number, key in enumerate(keys) if key in kept}
    missing = [number for number in range(len(files)) if number not in results]
    made = workers.each(_Make(recipe), [files[number] for number in missing], [len(files[number].data) for number in missing], step)
    results |= zip(missing, made, strict=True)
    lines = {keys[number]: result for number, result in results.items() if isinstance(result, bytes)}
    if cache and lines.keys() != kept.keys():
        cache.write(name, lines, before=kept)
    return [results[number] for number in range(len(files))]


def _has_error(reading: Reading[Unit]) -> bool:
    return any(each.level is Level.ERROR for each in (*reading.structure, *reading.findings))
