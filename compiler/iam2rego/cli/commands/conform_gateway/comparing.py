"""What `conform-gateway` does once the policies are read."""

from iam2rego.cli.commands.conform_gateway.options import Options
from iam2rego.cli.shared.comparing import RENDERERS, Comparison, leave
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.output import show
from iam2rego.conformance.deployed import Questions
from iam2rego.conformance.gateway.conform import conform_built, conform_made, conform_running
from iam2rego.conformance.run import ConformReport
from iam2rego.ir.gateway import Gateway
from iam2rego.opa.client import Client
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.sources import Loaded


def compare(options: Options, loaded: Loaded, gateway: Gateway) -> None:
    """Ask both engines, print the report, and leave with its status."""
    comparison = Comparison(options.sources, options.reading, options.requests, options.compared, options.printing, options.gateway)
    with comparison.questions(loaded, gateway) as questions:
        outcome = _outcome(options, questions, gateway)
    show(RENDERERS[options.printing.format](outcome, comparison.replay()))
    leave(outcome)


def _outcome(options: Options, questions: Questions, gateway: Gateway) -> ConformReport:
    """Ask the OPA that runs, or one of our own with an earlier output or with what the compiler makes now."""
    compared = options.compared
    if compared.opa_url:
        with Client.at(compared.opa_url, compared.opa_token) as client:
            return conform_running(client, questions, gateway)
    binary = obtained(compared.opa, quiet=options.printing.quiet)
    return (
        conform_built(compared.rego, questions, gateway, binary)
        if compared.rego
        else conform_made(questions, gateway, binary, Layout.MODULES)
    )
