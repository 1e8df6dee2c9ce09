"""``list``: prints which policies sources hold, where each is, and what becomes of it."""

from collections.abc import Iterator

import click

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import command, group, options
from iam2rego.cli.shared.options import Printing, Reading, sources_argument
from iam2rego.cli.shared.output import UNUSABLE, failures_reported, report, show
from iam2rego.diagnostics import Level, printable
from iam2rego.jsontext import JsonValue, Number, dumps
from iam2rego.sources.format import Options as ReadAs
from iam2rego.sources.listing import Entry, list_policies

_SHOWN = 3
"""How many of the names of those who have a policy are shown in text."""


@options
class Options:
    """The options of `list`."""

    sources: tuple[str, ...] = sources_argument()
    reading: Reading = group(Reading)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """List the policies that sources hold: where each is found, who has it, and what becomes of it.

    A policy is read, needs names that nothing tells, is not created, is known after apply, or is attached to nobody. What is wrong in a
    policy, `check` says. The exit status is 2 if a source cannot be used.
    """
    reading, printing = options.reading, options.printing
    with failures_reported(as_json=printing.as_json):
        with progress.shown("reading", wanted=not printing.quiet) as step:
            read_as = ReadAs(reading.policy_type, reading.lenient, reading.bound())
            entries, diagnostics = list_policies(options.sources, read_as, step)
        if printing.as_json:
            show(dumps({"policies": [_json(each) for each in entries]}))
        for each in entries if not printing.as_json else ():
            show(printable("; ".join(_words(each))))
        report([each for each in diagnostics if each.level in (Level.ERROR, Level.WARNING)], as_json=printing.as_json)
        if any(each.level is Level.ERROR for each in diagnostics):
            raise click.exceptions.Exit(UNUSABLE)


def _json(entry: Entry) -> JsonValue:
    return {
        "name": entry.name,
        "kind": entry.kind,
        "file": entry.file,
        "line": None if entry.line is None else Number(str(entry.line)),
        "resource": entry.resource,
        "path": entry.path,
        "outcome": entry.outcome.value,
        "needs": [*entry.needs],
        "attached_to": [*entry.attached_to],
        "document": entry.document,
    }


def _words(entry: Entry) -> Iterator[str]:
    """Yield the parts of a line, as in ``t.yaml:12: t/Reader/trust: trust policy, read; attached to ...``."""
    place = entry.file if entry.line is None else f"{entry.file}:{entry.line}"
    yield f"{place}: {entry.name}: {entry.kind.replace('_', ' ')} policy, {entry.outcome.value.replace('_', ' ')}"
    if entry.needs:
        yield f"needs {_several(entry.needs)}"
    if entry.attached_to:
        yield "attached to everybody" if entry.attached_to == ("*",) else f"attached to {_several(entry.attached_to)}"


def _several(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"
