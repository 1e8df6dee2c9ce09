"""Compiles what sources hold, file by file."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

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

Step: TypeAlias = Callable[[int, int], None]
"""Called with the number of parts that are done, and the number of all parts."""

_Result: TypeAlias = bytes | Reading[Unit]
"""What is made of a file: the bytes that `written` returns, or a reading with errors."""

_BYTES_A_PROCESS: Final = 300_000
"""Bytes to compile for each further process: they take as long as a process takes to start."""

_MOST_PROCESSES: Final = 8
_BYTES_A_BATCH: Final = 32_768


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
    """Compiles files, in any process."""

    recipe: Recipe

    def __call__(self, files: Sequence[TextFile]) -> list[_Result]:
        return [self._one(file) for file in files]

    def _one(self, file: TextFile) -> _Result:
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
    missing = sorted(set(range(len(files))) - set(results), key=lambda number: len(files[number].data), reverse=True)
    batches = list(_batches(missing, files))
    made = _spread(_Make(recipe), [[files[number] for number in batch] for batch in batches], _helpers(files, missing), step)
    results |= zip(missing, chain.from_iterable(made), strict=True)
    lines = {keys[number]: result for number, result in results.items() if isinstance(result, bytes)}
    if cache and lines.keys() != kept.keys():
        cache.write(name, lines, before=kept)
    return [results[number] for number in range(len(files))]


def _batches(numbers: Sequence[int], files: Sequence[TextFile]) -> Iterator[list[int]]:
    """Split ``numbers`` of files into batches that are worth sending to another process."""
    batch: list[int] = []
    for number in numbers:
        batch.append(number)
        if sum(len(files[each].data) for each in batch) >= _BYTES_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _helpers(files: Sequence[TextFile], numbers: Sequence[int]) -> int:
    """Return how many further processes are worth starting."""
    size = sum(len(files[number].data) for number in numbers)
    return min(_processors(), _MOST_PROCESSES, 1 + size // _BYTES_A_PROCESS) - 1


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _spread(make: _Make, batches: Sequence[list[TextFile]], helpers: int, step: Step) -> list[list[_Result]]:
    if not helpers:
        return [*_one_by_one(make, batches, step)]
    from iam2rego.building.workers import spread  # imported here, since most builds are small and should start at once

    return spread(make, batches, helpers, step)


def _one_by_one(make: _Make, batches: Sequence[list[TextFile]], step: Step) -> Iterator[list[_Result]]:
    for number, batch in enumerate(batches, 1):
        yield make(batch)
        step(number, len(batches))


def _has_error(reading: Reading[Unit]) -> bool:
    return any(each.level is Level.ERROR for each in (*reading.structure, *reading.findings))
