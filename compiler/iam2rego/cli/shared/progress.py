"""Shows the progress of a long task on stderr: after a second, and only on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Final

_PATIENCE: Final = 1.0  # seconds before anything is shown; the program itself may take half a second to start


def is_watched() -> bool:
    """Say whether stderr is a terminal."""
    return sys.stderr.isatty()


@contextmanager
def shown(what: str, *, wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that the task calls with the number of steps done and the number of all steps."""
    if not (wanted and is_watched()):
        yield _ignore
        return
    from rich.console import Console  # here, since most commands show nothing and should not wait for it
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
