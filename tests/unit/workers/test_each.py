"""Items are worked on in order of size, and results stand in the order of the items."""

from collections.abc import Callable, Sequence
from operator import neg
from typing import TypeVar

import pytest

from iam2rego import workers

Task = TypeVar("Task")
Made = TypeVar("Made")


def silent(*_: int) -> None:
    """Show nothing."""


@pytest.mark.parametrize("processors", [1, 3])
def test_results_stand_in_the_order_of_items(monkeypatch: pytest.MonkeyPatch, processors: int) -> None:
    monkeypatch.setattr(workers, "_processors", lambda: processors)
    sizes = [number * 7_919 % 100_000 for number in range(100)]
    assert workers.each(neg, range(100), sizes, silent) == [-each for each in range(100)]


def test_no_item_at_all() -> None:
    assert workers.each(neg, [], [], silent) == []


def test_progress_is_told_batch_by_batch() -> None:
    told: list[tuple[int, int]] = []
    workers.each(neg, range(3), [40_000, 40_000, 1], lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("processors", "worth_a_process", "helpers"),
    [
        pytest.param(1, 1, 0, id="one-processor"),
        pytest.param(2, 1, 1, id="two"),
        pytest.param(2, 10_000, 0, id="little-to-do"),
        pytest.param(4, 100, 2, id="not-enough-for-all"),
        pytest.param(100, 1, 7, id="very-many"),
    ],
)
def test_as_many_processes_as_are_worth_their_start(
    monkeypatch: pytest.MonkeyPatch, processors: int, worth_a_process: int, helpers: int
) -> None:
    started: list[int] = []

    def spread(make: Callable[[Task], Made], batches: Sequence[Task], helpers: int, _: object) -> list[Made]:
        started.append(helpers)
        return [make(each) for each in batches]

    monkeypatch.setattr(workers, "_processors", lambda: processors)
    monkeypatch.setattr(workers, "_BYTES_A_PROCESS", worth_a_process)
    monkeypatch.setattr(workers, "_BYTES_A_BATCH", 25)
    monkeypatch.setattr(workers, "_spread", spread)
    workers.each(neg, range(10), [25] * 10, silent)
    workers.each(neg, range(1), [250], silent)
    assert started == [helpers, 0]
