"""Does the same with each of many items, in as many processes as are worth their start."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Generic, TypeAlias, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

Step: TypeAlias = Callable[[int, int], None]
"""Gets the number of parts of a task that are done, and of all."""

_BYTES_A_PROCESS: Final = 300_000
"""Bytes to work on for each further process: they take as long as a process takes to start."""

_MOST_PROCESSES: Final = 8
_BYTES_A_BATCH: Final = 32_768


@dataclass(frozen=True, slots=True)
class _Batch(Generic[Item, Made]):
    """Makes something of each item of a batch, in any process."""

    make: Callable[[Item], Made]

    def __call__(self, items: Sequence[Item]) -> list[Made]:
        return [self.make(each) for each in items]


def each(make: Callable[[Item], Made], items: Sequence[Item], sizes: Sequence[int], step: Step) -> list[Made]:
    """Return what ``make`` makes of each item, in order. ``sizes`` are the bytes that there are to work on for each.

    Where other processes help, ``make``, the items and the results are pickled.

    Raises:
        OSError: another process does not start, or has ended early.
    """
    order = sorted(range(len(items)), key=lambda number: sizes[number], reverse=True)
    batches = list(_batches(order, sizes))
    helpers = _helpers(len(batches), sum(sizes))
    made = _spread(_Batch(make), [[items[number] for number in batch] for batch in batches], helpers, step)
    results = dict(zip(order, chain.from_iterable(made), strict=True))
    return [results[number] for number in range(len(items))]


def _batches(numbers: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Split the numbers of items into batches that are worth sending to another process."""
    batch: list[int] = []
    for number in numbers:
        batch.append(number)
        if sum(sizes[each] for each in batch) >= _BYTES_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _helpers(batches: int, size: int) -> int:
    """Return how many further processes are worth starting."""
    return max(0, min(_processors(), _MOST_PROCESSES, batches, 1 + size // _BYTES_A_PROCESS) - 1)


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _spread(make: _Batch[Item, Made], batches: Sequence[list[Item]], helpers: int, step: Step) -> list[list[Made]]:
    if not helpers:
        return [*_one_by_one(make, batches, step)]
    from iam2rego.workers.processes import spread  # here, since most work is little and should start at once

    return spread(make, batches, helpers, step)


def _one_by_one(make: _Batch[Item, Made], batches: Sequence[list[Item]], step: Step) -> Iterator[list[Made]]:
    for number, batch in enumerate(batches, 1):
        yield make(batch)
        step(number, len(batches))
