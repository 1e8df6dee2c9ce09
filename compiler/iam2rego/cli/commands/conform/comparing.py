"""What `conform` does once the policies are read."""

from dataclasses import replace

from iam2rego.cli.commands.conform.options import Options
from iam2rego.cli.shared.comparing import RENDERERS, Comparison, leave
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import ReportFormat
from iam2rego.cli.shared.output import show
from iam2rego.cli.shared.page import write_page
from iam2rego.conformance.conform import conform
from iam2rego.conformance.deployed import Questions, conform_gateway, conform_output
from iam2rego.conformance.run import ConformReport
from iam2rego.coverage.rules import traced
from iam2rego.opa.client import Client
from iam2rego.sources import Loaded


def compare(options: Options, loaded: Loaded) -> None:
    """Ask both engines, print the report, and leave with its status."""
    compared, printing = options.compared, options.printing
    comparison = Comparison(options.sources, options.reading, options.requests, compared, printing)
    with comparison.questions(loaded) as questions:
        outcome = _outcome(options, questions)
    if printing.html:
        from iam2rego.cli.commands.conform.page import conform_page  # here, since only the page needs templates

        page = conform_page(options, loaded, outcome, comparison.replay(), next(iter(questions.wanted.revisions)))
        write_page(printing.html, page)
    show(RENDERERS[printing.format](outcome, comparison.replay()))
    leave(outcome)


def _outcome(options: Options, questions: Questions) -> ConformReport:
    """Ask the OPA that runs, or one of our own with an earlier output or with what the compiler makes now."""
    compared, pacing, printing = options.compared, options.pacing, options.printing
    if compared.opa_url:
        with Client.at(compared.opa_url, compared.opa_token) as client:
            return conform_gateway(client, questions, rate=pacing.rate, resume=pacing.resume)
    binary = obtained(compared.opa, quiet=printing.quiet)
    if compared.rego:
        return conform_output(compared.rego, questions, binary)
    policies = questions.wanted.policies
    outcome = conform(policies, seed=questions.seed, binary=binary, extra=questions.extra, progress=questions.progress)
    if printing.format is ReportFormat.JSON or printing.html:
        return replace(outcome, coverage=traced(outcome.coverage, policies, binary))
    return outcome
