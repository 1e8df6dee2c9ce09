"""What the commands print: results to stdout, everything else to stderr; and what ends a command that fails."""

import errno
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

import click

from iam2rego.cli.shared.colour import painter
from iam2rego.diagnostics import Code, Diagnostic, PolicyError, grouped, printable, render
from iam2rego.engines.errors import EngineError
from iam2rego.opa import OpaError
from iam2rego.rego.bundle.errors import OutputError
from iam2rego.source import Source

FINDINGS: Final = 1
UNUSABLE: Final = 2
SURROUNDINGS: Final = 3
_INTERRUPTED: Final = 130  # 128 + SIGINT, as shells report it
_PIPE_CLOSED: Final = 141  # 128 + SIGPIPE
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def show(text: str) -> None:
    """Print a result."""
    print(text)  # noqa: T201 - this is where results are printed


def show_json(value: object) -> None:
    """Print a result as one line of ASCII JSON."""
    show(json.dumps(value))


def show_bytes(data: bytes) -> None:
    """Print a result that is a file."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def tell(text: str) -> None:
    """Print something about the work itself."""
    print(text, file=sys.stderr)  # noqa: T201 - this is where everything else is printed


def tell_sums(sums: Sequence[str], *, wanted: bool) -> None:
    """Say how many policies each source holds, if there are several sources."""
    for each in sums if wanted and len(sums) > 1 else ():
        tell(printable(each))


def refuse(message: str, option: str | None = None) -> NoReturn:
    """End a command whose options make no sense, by a message about one of them or about how they go together."""
    text = printable(message)
    raise (click.BadParameter(text, param_hint=option) if option else click.UsageError(text)) from None


def report(diagnostics: Iterable[Diagnostic], *, as_json: bool) -> None:
    """Print diagnostics in the order given: for people, or as one JSON object a line."""
    paint = painter(sys.stderr)
    for each in grouped(diagnostics):
        tell(_as_json(each) if as_json else render(each, paint))


def _as_json(diagnostic: Diagnostic) -> str:
    from iam2rego.cli.shared.issues import with_issue  # here, since text needs no issue codes, and lint takes a moment

    return json.dumps(with_issue(diagnostic).as_json())


@contextmanager
def failures_reported(*, as_json: bool = False) -> Iterator[None]:
    """Turn the failure of a command into messages and an exit status, never into a traceback."""
    try:
        with _flushed():
            yield
    except PolicyError as error:
        report(error.diagnostics, as_json=as_json)
        raise click.exceptions.Exit(UNUSABLE) from None
    except (OpaError, EngineError) as failure:
        complain(str(failure))
        raise click.exceptions.Exit(SURROUNDINGS) from None
    except KeyboardInterrupt:
        raise click.exceptions.Exit(_INTERRUPTED) from None
    except BrokenPipeError:
        _drop_output()
        raise click.exceptions.Exit(_PIPE_CLOSED) from None
    except OSError as failure:  # inputs and outputs report theirs with a place; this is a full disk or the like
        complain(f"cannot write: {os.strerror(failure.errno).lower()}" if failure.errno in _FULL else str(failure))
        _drop_output()
        raise click.exceptions.Exit(SURROUNDINGS) from None


@contextmanager
def located(place: Path, hint: str = "") -> Iterator[None]:
    """Say of a failure to write in the block where it was."""
    try:
        yield
    except OutputError as failure:
        raise PolicyError([Diagnostic(Code.BAD_OUTPUT, str(failure), Source(str(place), ""), hint=hint)]) from None
    except OSError as failure:
        message = f"cannot be used: {(failure.strerror or str(failure)).lower()}"
        raise PolicyError([Diagnostic(Code.BAD_OUTPUT, message, Source(str(place), ""))]) from None


@contextmanager
def _flushed() -> Iterator[None]:
    """Write out what is printed when the block ends in order, with whatever status: on leaving it would be too late to report a failure."""
    try:
        yield
    except click.exceptions.Exit:
        sys.stdout.flush()
        raise
    sys.stdout.flush()


def complain(message: str) -> None:
    """Say what failed, line by line; the text may come from elsewhere."""
    tell("\n".join(printable(line.expandtabs()) for line in f"iam2rego: error: {message}".splitlines()))


def _drop_output() -> None:
    """Let nothing more reach a reader that has gone or a disk that is full, or the interpreter would complain on leaving."""
    with suppress(io.UnsupportedOperation):  # a stream of this process, which always takes all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
