"""``params``: prints the names in templates that need values."""

import json
from collections.abc import Iterator, Sequence

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import command, group, options
from iam2rego.cli.shared.options import Printing, Reading, sources_argument
from iam2rego.cli.shared.output import failures_reported, show, show_json
from iam2rego.sources.format import Wanted
from iam2rego.sources.wanted import wanted_names


@options
class Options:
    """The options of `params`."""

    sources: tuple[str, ...] = sources_argument()
    reading: Reading = group(Reading)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Print a file for --params: every name in templates that needs a value, with its first place, and defaults as comments.

    Names that --param, --params or --stack give a value are left out. With --format json it prints a table of names, each with its place
    and its default, which is null for a name that needs a value.
    """
    printing = options.printing
    with failures_reported(as_json=printing.as_json):
        with progress.shown("reading", wanted=not printing.quiet):
            names = wanted_names(options.sources, options.reading.bound())
        if printing.as_json:
            show_json({each.name: {"place": each.place, "default": each.default} for each in names})
        for line in _lines(names) if not printing.as_json else ():
            show(line)


def _lines(names: Sequence[Wanted]) -> Iterator[str]:
    for each in names:
        line = f"{json.dumps(each.name)} = {json.dumps(each.default or '')}"
        yield f"{line}  # {each.place}" if each.default is None else f"# {line}  # {each.place}"
