"""Runs a command again whenever a file that it has read changes, until Ctrl-C."""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

import click

from iam2rego.cli.shared.changes import changes
from iam2rego.cli.shared.output import refuse, tell
from iam2rego.sources.files import STDIN
from iam2rego.sources.noted import noting

OPTION: Final = "--watch"
_INTERRUPTED: Final = 130
_QUIET: Final = frozenset({"-q", "--quiet", "--no-progress"})


def watching(words: Sequence[str], run: Callable[[list[str]], int]) -> click.Command:
    """Return a command that runs ``words`` again and again; ``run`` runs them once, and returns the exit status."""
    kept = [each for each in words if each != OPTION]

    def repeated() -> None:
        if STDIN in kept:
            refuse("stdin is read once, so it is not watched", OPTION)
        with suppress(KeyboardInterrupt):
            while _once(kept, run) != _INTERRUPTED:
                pass

    return click.Command(words[0], callback=repeated)


def _once(words: list[str], run: Callable[[list[str]], int]) -> int:
    """Run the command, and wait until it should run again."""
    with noting() as noted:
        status = run(words)
    sys.stdout.flush()
    if status == _INTERRUPTED:
        return status
    if not noted:  # a mistake on the command line, which no file mends
        raise click.exceptions.Exit(status)
    waiting = changes(noted)
    next(waiting)  # from here on, no change is missed
    if not _QUIET.intersection(words):
        tell("watching for changes, until Ctrl-C")
    next(waiting)
    return status
