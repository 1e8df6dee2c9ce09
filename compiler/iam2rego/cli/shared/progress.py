"""Shows the progress of a long task on stderr: after a moment, and only on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_PATIENCE: Final = 0.3
"""Seconds before anything is shown: the program itself may take a second to start."""


def is_watched() -> bool:
    """Say whether stderr is a terminal."""
    return sys.stderr.isatty()


@contextmanager
def shown(what: str, *, wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that the task calls with the number of steps done and the number of all steps."""
    if not (wanted and is_watched()):
        yield _ignore
        return
    bar = _Bar(what)
    timer = Timer(_PATIENCE, bar.begin)
    timer.start()
    try:
        yield bar.step
    finally:
        timer.cancel()
        timer.join()
        bar.end()


class _Bar:
    """A bar that appears when it is begun, with what was done until then."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._done, self._of = 0, 0
        self._shown: tuple[Progress, TaskID] | None = None
        self._lock = Lock()

    def begin(self) -> None:
        """Show the bar."""
        from rich.console import Console  # here, since most tasks end before and should not wait for it
        from rich.progress import Progress

        with self._lock:
            bar = Progress(console=Console(stderr=True), transient=True, redirect_stdout=False)
            self._shown = bar, bar.add_task(self._what, completed=self._done, total=self._of or None)
            bar.start()

    def step(self, done: int, of: int) -> None:
        """Note how much is done."""
        with self._lock:
            self._done, self._of = done, of
            if self._shown:
                bar, task = self._shown
                bar.update(task, completed=done, total=of)

    def end(self) -> None:
        """Wipe the bar away."""
        if self._shown:
            self._shown[0].stop()


def _ignore(done: int, of: int) -> None:
    """Show nothing."""
