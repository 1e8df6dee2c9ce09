"""Compiles what sources hold, file by file."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, TypeAlias

from iam2rego.building.cache import Cache
from iam2rego.building.entry import read, written
from iam2rego.building.recipe import Recipe
from iam2rego.diagnostics import Diagnostic, Severity
from iam2rego.ir.policy import PolicySet
from iam2rego.rego.unit import Unit
from iam2rego.sources.files import TextFile, digest, read_all
from iam2rego.sources.loading import combined
from iam2rego.sources.problems import Problems
from iam2rego.sources.reading import Reading

Step: TypeAlias = Callable[[int, int], None]
"""Is told how many parts of the work are done, and of how many."""

_BYTES_A_PROCESS: Final = 300_000
"""How much text there is to compile for each process beside this one: it takes as long as the other takes to start."""

_MOST_PROCESSES: Final = 8
_BYTES_A_BATCH: Final = 32_768


@dataclass(frozen=True, slots=True)
class Compiled:
    """What sources are compiled to.

    Attributes:
        units: those of all policies, ordered by name.
        attached: whom the policies concern; it holds none of them.
        diagnostics: warnings and notices.
        digest: the SHA-256, in hex, of all that was read.
    """

    units: tuple[Unit, ...]
    attached: PolicySet
    diagnostics: tuple[Diagnostic, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class _Task:
    """A file to compile, and the key to keep the result under."""

    file: TextFile
    key: str


@dataclass(frozen=True, slots=True)
class _Make:
    """Compiles files, and keeps what comes of those without errors; any process can do it."""

    recipe: Recipe
    cache: Cache | None

    def __call__(self, tasks: Sequence[_Task]) -> list[Reading[Unit]]:
        return [self._one(task) for task in tasks]

    def _one(self, task: _Task) -> Reading[Unit]:
        reading = self.recipe.make(task.file)
        if self.cache and not _has_error(reading):
            self.cache.put(task.key, written(reading))
        return reading


def compile_sources(paths: Sequence[str], recipe: Recipe, cache: Cache | None, step: Step) -> Compiled:
    """Compile all policies that ``paths`` name, as `load` takes them; of files that are in the ``cache`` nothing is done again.

    Raises:
        PolicyError: as from `load`.
        OSError: a process that compiles has ended before its time.
    """
    problems = Problems()
    files = read_all(paths, (".json",), problems)
    together = combined(paths, _readings(files, recipe, cache, step), recipe.options, problems)
    return Compiled(together.made, together.attached, together.diagnostics, digest(files))


def _readings(files: Sequence[TextFile], recipe: Recipe, cache: Cache | None, step: Step) -> list[Reading[Unit]]:
    """Return what is made of each file, in the order of the files."""
    tasks = [_Task(*each) for each in zip(files, recipe.keys(files), strict=True)]
    readings = {number: kept for number, task in enumerate(tasks) if (kept := _kept(task, cache))}
    missing = sorted(set(range(len(tasks))) - set(readings), key=lambda number: len(files[number].data), reverse=True)
    batches = list(_batches(missing, files))
    make = _Make(recipe, cache)
    made = _spread(make, [[tasks[number] for number in batch] for batch in batches], _helpers(files, missing), step)
    readings |= zip(chain.from_iterable(batches), chain.from_iterable(made), strict=True)
    if cache and missing:
        cache.trim()
    return [readings[number] for number in range(len(tasks))]


def _batches(numbers: Sequence[int], files: Sequence[TextFile]) -> Iterator[list[int]]:
    """Cut ``numbers`` of files into parts that are worth the way to another process."""
    batch: list[int] = []
    for number in numbers:
        batch.append(number)
        if sum(len(files[each].data) for each in batch) >= _BYTES_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _helpers(files: Sequence[TextFile], numbers: Sequence[int]) -> int:
    """Return how many processes beside this one are worth their start."""
    size = sum(len(files[number].data) for number in numbers)
    return min(_processors(), _MOST_PROCESSES, 1 + size // _BYTES_A_PROCESS) - 1


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _spread(make: _Make, batches: Sequence[list[_Task]], helpers: int, step: Step) -> list[list[Reading[Unit]]]:
    if not helpers:
        return [*_one_by_one(make, batches, step)]
    from iam2rego.building.workers import spread  # here, since most builds have little to do and should start at once

    return spread(make, batches, helpers, step)


def _one_by_one(make: _Make, batches: Sequence[list[_Task]], step: Step) -> Iterator[list[Reading[Unit]]]:
    for number, batch in enumerate(batches, 1):
        yield make(batch)
        step(number, len(batches))


def _kept(task: _Task, cache: Cache | None) -> Reading[Unit] | None:
    content = cache.get(task.key) if cache else None
    return read(content, task.file.source) if content else None


def _has_error(reading: Reading[Unit]) -> bool:
    return any(each.severity is Severity.ERROR for each in (*reading.structure, *reading.findings))
