"""``conform-gateway``: decides on both engines what a gateway asks, and reports any disagreement."""

from iam2rego.cli.commands.conform_gateway.options import Options
from iam2rego.cli.shared.command import command
from iam2rego.cli.shared.gateway import read_for_both_engines
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.output import failures_reported


@command
def run(options: Options) -> None:
    """Compare OPA with the native evaluator on what a gateway asks: documents made from its routes and the policies.

    The exit status is 1 if they disagree or an output is not what the sources make, 3 if OPA gives no decision.
    """
    options.compared.refuse_contradictions()
    with failures_reported(as_json=options.printing.as_json):
        gateway = read_for_both_engines(options.gateway)
        loaded = load_sources(options.sources, options.reading, options.printing)
        from iam2rego.cli.commands.conform_gateway.comparing import compare  # here, so that reading begins at once, and is seen to

        compare(options, loaded, gateway)
