"""Spreads work over child processes, which end when this process ends, even if it is killed."""

import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from subprocess import PIPE, Popen
from typing import Final, TypeAlias, TypeVar

from iam2rego.gc_pause import gc_paused

Task = TypeVar("Task")
Result = TypeVar("Result")

_Process: TypeAlias = "Popen[bytes]"

# Not by `multiprocessing`, whose processes would run the script again that started this one.
_SERVE: Final = "from iam2rego.workers.processes import serve; serve()"


def spread(make: Callable[[Task], Result], tasks: Sequence[Task], helpers: int, step: Callable[[int, int], None]) -> list[Result]:
    """Return the result of each task, done by this process and ``helpers`` others. ``step`` gets the number done, and of all.

    Raises:
        OSError: another process does not start, or has ended early.
    """
    pending = deque(enumerate(tasks))
    results: dict[int, Result] = {}

    def work(make: Callable[[Task], Result]) -> None:
        while (taken := _next(pending)) is not None:
            number, task = taken
            results[number] = make(task)
            step(len(results), len(tasks))

    with ThreadPoolExecutor(helpers) as threads, ExitStack() as started:
        asking = [threads.submit(work, started.enter_context(_helper(make))) for _ in range(helpers)]
        work(make)
        for each in asking:
            each.result()
    return [results[number] for number in range(len(tasks))]


def _next(pending: deque[Task]) -> Task | None:
    try:
        return pending.popleft()
    except IndexError:
        return None


@contextmanager
def _helper(make: Callable[[Task], Result]) -> Iterator[Callable[[Task], Result]]:
    """Start a process, and yield a function that lets it do a task. Ctrl-C does not reach the process; it is ended here.

    With `-P` Python does not look for modules in the working directory, which may be an untrusted repository.
    """
    with Popen([sys.executable, "-P", "-c", _SERVE], stdin=PIPE, stdout=PIPE, process_group=0) as process:
        assert process.stdin is not None
        try:
            yield lambda task: _asked(process, (make, task))
        finally:
            process.kill()
            with suppress(BrokenPipeError):
                process.stdin.close()


def _asked(process: _Process, task: tuple[Callable[[Task], Result], Task]) -> Result:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        pickle.dump(task, process.stdin)
        process.stdin.flush()
        result: Result = pickle.load(process.stdout)
    except (EOFError, BrokenPipeError, pickle.UnpicklingError):
        raise ChildProcessError("a worker process has ended early") from None
    return result


def serve() -> None:
    """Do the tasks that arrive on stdin, until it is closed."""
    with gc_paused(), suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):
        while True:
            make, task = pickle.load(sys.stdin.buffer)
            pickle.dump(make(task), sys.stdout.buffer)
            sys.stdout.buffer.flush()
