"""``simulate``: IAM's SimulateCustomPolicy."""

import json
from functools import partial

from iam2rego.cli.shared.command import argument, choice, command, group, options
from iam2rego.cli.shared.engines import opened
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import EngineName, Placeholders, Printing, opa_option
from iam2rego.cli.shared.output import failures_reported, report, show
from iam2rego.simulate import read_simulation, respond, table, units, verdicts


@options
class Options:
    """The options of `simulate`."""

    file: str = argument("FILE", "The request, as `aws iam simulate-custom-policy --cli-input-json` takes it; - for stdin.")
    engine: EngineName = choice("--engine", default=EngineName.NATIVE, explanation="The engine that decides.")
    opa: str | None = opa_option()
    placeholders: Placeholders = group(Placeholders)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Answer a request of IAM's SimulateCustomPolicy.

    The exit status is 0 whatever is decided, and 2 if IAM would refuse the request.
    """
    as_json = options.printing.as_json
    with failures_reported(as_json=as_json):
        simulation = read_simulation(options.file, lenient=options.placeholders.lenient, parameters=options.placeholders.bound())
        report(simulation.diagnostics, as_json=as_json)
        with opened(options.engine, units(simulation), partial(obtained, options.opa, quiet=options.printing.quiet)) as decides:
            decided = verdicts(simulation, decides)
        show(json.dumps(respond(simulation, decided), indent=4) if as_json else "\n".join(table(simulation, decided)))
