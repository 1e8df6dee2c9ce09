"""Shows on stderr that a long task goes on, and how far it is: after two seconds, and only where a person looks."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Final

_PATIENCE: Final = 2.0  # seconds that pass in silence


@contextmanager
def shown(what: str, *, wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield what a task may call with the number of steps done and of all."""
    if not (wanted and sys.stderr.isatty()):
        yield _ignore
        return
    from rich.console import Console  # here, since a command that shows nothing should not wait for it
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True, redirect_stdout=False)
    task = bar.add_task(what, total=None)
    timer = Timer(_PATIENCE, bar.start)
    timer.start()
    try:
        yield lambda done, of: bar.update(task, completed=done, total=of)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()


def _ignore(done: int, of: int) -> None:
    """Show nothing."""
