"""``conform-gateway``: decides on both engines what a gateway asks, and reports any disagreement."""

from iam2rego.cli.shared.command import argument, command, group, options
from iam2rego.cli.shared.comparing import RENDERERS, Compared, Comparison, Requests, leave
from iam2rego.cli.shared.gateway import read_for_both_engines
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import Reading, ReportPrinting, sources_argument
from iam2rego.cli.shared.output import failures_reported, show
from iam2rego.conformance.deployed import Questions
from iam2rego.conformance.gateway.conform import conform_built, conform_made, conform_running
from iam2rego.conformance.run import ConformReport
from iam2rego.ir.gateway import Gateway
from iam2rego.opa.client import Client
from iam2rego.rego.bundle.layouts import Layout


@options
class Options:
    """The options of `conform-gateway`."""

    gateway: str = argument("GATEWAY", "A TOML file that says how a question of HTTP becomes a request of IAM (docs/gateway.md).")
    sources: tuple[str, ...] = sources_argument()
    requests: Requests = group(Requests)
    compared: Compared = group(Compared)
    reading: Reading = group(Reading)
    printing: ReportPrinting = group(ReportPrinting)


@command
def run(options: Options) -> None:
    """Compare OPA with the native evaluator on what a gateway asks: documents made from its routes and the policies.

    The exit status is 1 if they disagree or an output is not what the sources make, 3 if OPA gives no decision.
    """
    options.compared.refuse_contradictions()
    comparison = Comparison(options.sources, options.reading, options.requests, options.compared, options.printing, options.gateway)
    with failures_reported(as_json=options.printing.as_json):
        gateway = read_for_both_engines(options.gateway)
        with comparison.questions(comparison.loaded(), gateway) as questions:
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
