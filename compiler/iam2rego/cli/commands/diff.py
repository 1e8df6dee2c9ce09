"""``diff``: what a change of policies newly allows, and what it no longer allows, for all requests."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import ClassVar

import click

from iam2rego.cli.shared.access import Access, access, access_json, access_text
from iam2rego.cli.shared.access_markdown import access_markdown
from iam2rego.cli.shared.command import argument, choice, command, group, options
from iam2rego.cli.shared.inputs import load_sides
from iam2rego.cli.shared.options import Reading, quiet_option
from iam2rego.cli.shared.output import FINDINGS, SURROUNDINGS, failures_reported, refuse, show, show_json
from iam2rego.cli.shared.proving import Confirmation
from iam2rego.cli.shared.unconfirmed import keep_unconfirmed
from iam2rego.diagnostics import printable
from iam2rego.source import Source
from iam2rego.sources.files import STDIN


class FailOn(StrEnum):
    """What makes the exit status 1."""

    NOTHING = "nothing"
    NEW_ACCESS = "new-access"
    ANY = "any"


class DiffFormat(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


@options
class DiffPrinting:
    """What `diff` prints."""

    heading: ClassVar = "Output"

    format: DiffFormat = choice("--format", default=DiffFormat.TEXT, explanation="How differences are printed.")
    quiet: bool = quiet_option()

    @property
    def as_json(self) -> bool:
        """Whether diagnostics are printed as JSON."""
        return self.format is DiffFormat.JSON


@options
class Options:
    """The options of `diff`."""

    old: str = argument("OLD", "The policies before the change: a file or folder, or git:REV:PATH for what a git revision has.")
    new: str = argument("NEW", "The policies after it.")
    fail_on: FailOn = choice(
        "--fail-on",
        default=FailOn.NOTHING,
        explanation="Exit with 1 if there is new access, or any difference; and if that cannot be decided.",
    )
    confirmation: Confirmation = group(Confirmation)
    reading: Reading = group(Reading)
    printing: DiffPrinting = group(DiffPrinting)


@command
def run(options: Options) -> None:
    """Show what a change of policies newly allows and no longer allows, for all requests.

    Each difference comes with a request that both engines confirm. The exit status is 0, or 1 by --fail-on, and 3 if an engine does not
    confirm a request.
    """
    if options.old == options.new == STDIN:
        refuse("stdin holds the old or the new policies, not both", "NEW")
    printing = options.printing
    with failures_reported(as_json=printing.as_json):
        old, new = load_sides([[options.old], [options.new]], options.reading, printing)
        more = access(new.policies, old.policies, options.confirmation, quiet=printing.quiet)
        less = access(old.policies, new.policies, options.confirmation, quiet=printing.quiet)
        if printing.as_json:
            show_json({"newly_allowed": access_json(more), "no_longer_allowed": access_json(less)})
        else:
            section = access_markdown if printing.format is DiffFormat.MARKDOWN else _text
            lines = [*section("newly allowed", more, new.sources), *section("no longer allowed", less, old.sources)]
            show("\n".join(map(printable, lines)).rstrip())
        keep_unconfirmed([*more.examples, *less.examples], [[options.new], [options.old]], options.reading)
        raise click.exceptions.Exit(_status(options.fail_on, more, less))


def _text(heading: str, found: Access, sources: Mapping[str, Source]) -> Iterator[str]:
    if found.verdict == "proved":
        yield f"{heading}: nothing (proved for every request)"
        return
    yield f"{heading}:"
    yield from access_text(found, sources)


def _status(fail_on: FailOn, more: Access, less: Access) -> int:
    if not (more.is_confirmed and less.is_confirmed):
        return SURROUNDINGS
    counted = {FailOn.NOTHING: (), FailOn.NEW_ACCESS: (more,), FailOn.ANY: (more, less)}[fail_on]
    return FINDINGS if any(each.verdict != "proved" for each in counted) else 0
