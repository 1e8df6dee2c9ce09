"""Counts the files of a long task as they are read, for whoever shows its progress."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from iam2rego.workers import Step

Item = TypeVar("Item")


def unseen(_done: int, _of: int) -> None:
    """Show nothing."""


def stepped(items: Sequence[Item], step: Step) -> Iterator[Item]:
    """Yield the items, and count each when the next one is wanted."""
    for done, each in enumerate(items):
        step(done, len(items))
        yield each
    step(len(items), len(items))
