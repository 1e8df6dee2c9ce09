"""``what-can``: everything that policies allow one principal."""

import click

from iam2rego.cli.shared.access import access, access_json, access_text
from iam2rego.cli.shared.asked_about import NO_SUCH_PRINCIPAL
from iam2rego.cli.shared.command import argument, command, group, options
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.options import Printing, Reading, sources_argument
from iam2rego.cli.shared.output import SURROUNDINGS, failures_reported, refuse, show, show_json
from iam2rego.cli.shared.proving import Confirmation
from iam2rego.cli.shared.unconfirmed import keep_unconfirmed
from iam2rego.diagnostics import printable
from iam2rego.proofs.askers import callers_named
from iam2rego.proofs.inclusion import Restriction


@options
class Options:
    """The options of `what-can`."""

    principal: str = argument("PRINCIPAL", "The ARN of a user or role, a service, an account id for all in it, or * for anonymous callers.")
    sources: tuple[str, ...] = sources_argument()
    confirmation: Confirmation = group(Confirmation)
    reading: Reading = group(Reading)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Show everything that policies allow a principal: actions, resources, conditions, and a request of each.

    The calls that no policy controls are left out. The exit status is 3 if an engine does not confirm a request, and otherwise 0.
    """
    printing = options.printing
    with failures_reported(as_json=printing.as_json):
        loaded = load_sources(options.sources, options.reading, printing)
        callers = callers_named([loaded.policies], [options.principal])
        if not callers:
            refuse(NO_SUCH_PRINCIPAL, "PRINCIPAL")
        restriction = Restriction(callers=tuple(callers))
        found = access(loaded.policies, None, options.confirmation, restriction=restriction, quiet=printing.quiet)
        if printing.as_json:
            show_json({"principal": options.principal, **access_json(found)})
        else:
            heading = "nothing (proved for every request)" if found.verdict == "proved" else ""
            lines = [f"{options.principal} can{f' do {heading}' if heading else ':'}", *access_text(found, loaded.sources)]
            show("\n".join(map(printable, lines)))
        keep_unconfirmed(found.examples, [options.sources], options.reading)
        if not found.is_confirmed:
            raise click.exceptions.Exit(SURROUNDINGS)
