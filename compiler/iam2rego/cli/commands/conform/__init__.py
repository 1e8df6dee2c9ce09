"""``conform``: decides generated requests on both engines, and reports any disagreement."""

from iam2rego.cli.commands.conform.options import Options
from iam2rego.cli.shared.command import command
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.output import failures_reported


@command
def run(options: Options) -> None:
    """Compare OPA with the native evaluator on requests made from the policies.

    The exit status is 1 if they disagree or an output is not what the sources make, 3 if OPA gives no decision.
    """
    options.refuse_contradictions()
    with failures_reported(as_json=options.printing.as_json):
        loaded = load_sources(options.sources, options.reading, options.printing)
        from iam2rego.cli.commands.conform.comparing import compare  # here, so that reading begins at once, and is seen to

        compare(options, loaded)
