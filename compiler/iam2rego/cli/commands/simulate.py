"""``simulate``: IAM's SimulateCustomPolicy."""

import json
from functools import partial
from typing import Annotated, TypeAlias

import typer

from iam2rego.cli.commands.opa import obtained
from iam2rego.cli.shared.engines import opened
from iam2rego.cli.shared.options import EngineName, Format, FormatOption, Lenient, NoProgress, Opa, Param, Params
from iam2rego.cli.shared.output import failures_reported, report, show
from iam2rego.simulate import read_simulation, respond, table, units, verdicts
from iam2rego.sources.parameters import parameters

_FILE: TypeAlias = Annotated[
    str, typer.Argument(metavar="FILE", help="The request, as `aws iam simulate-custom-policy --cli-input-json` takes it; - for stdin.")
]
_ENGINE: TypeAlias = Annotated[EngineName, typer.Option("--engine", help="Who decides.")]


def simulate(
    file: _FILE,
    engine: _ENGINE = EngineName.NATIVE,
    param: Param = None,
    params: Params = None,
    lenient: Lenient = False,
    format_: FormatOption = Format.TEXT,
    opa: Opa = None,
    no_progress: NoProgress = False,
) -> None:
    """Answer a request of IAM's SimulateCustomPolicy; the status is 0 whatever is decided, and 2 if IAM would refuse it."""
    as_json = format_ is Format.JSON
    with failures_reported(as_json=as_json):
        simulation = read_simulation(file, lenient=lenient, parameters=parameters(param or (), params))
        report(simulation.diagnostics, as_json=as_json)
        with opened(engine, units(simulation), partial(obtained, opa, no_progress=no_progress)) as decides:
            decided = verdicts(simulation, decides)
        show(json.dumps(respond(simulation, decided), indent=4) if as_json else "\n".join(table(simulation, decided)))
