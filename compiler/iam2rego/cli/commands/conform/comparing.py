"""``conform``: decides generated requests on both engines, and reports any disagreement."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import click

from iam2rego.cli.shared.command import command, group, option, options
from iam2rego.cli.shared.comparing import RENDERERS, Compared, Comparison, Requests, leave
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import Assuming, ReportFormat, ReportPrinting, sources_argument
from iam2rego.cli.shared.output import failures_reported, refuse, show
from iam2rego.cli.shared.page import html_option, write_page
from iam2rego.conformance.conform import conform
from iam2rego.conformance.deployed import Questions, conform_gateway, conform_output
from iam2rego.conformance.page import Subject, page
from iam2rego.conformance.run import ConformReport
from iam2rego.coverage.rules import traced
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.client import Client
from iam2rego.rego.bundle.assemble import compile_policies, module_paths
from iam2rego.sources import Loaded


def _positive(_context: click.Context, _parameter: click.Parameter, value: float | None) -> float | None:
    if value is not None and not 0 < value < math.inf:
        raise click.BadParameter(f"`{value}` is not a number of requests above 0")
    return value


@options
class Pacing:
    """How a running OPA is asked."""

    heading: ClassVar = "With --opa-url"

    rate: float | None = option("--rate", metavar="N", type=float, callback=_positive, help="Ask at most N requests a second.")
    resume: Path | None = option(
        "--resume",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Note in FILE how far the run is, and go on from there if it ended early.",
    )


@options
class Printing(ReportPrinting):
    """What `conform` prints and writes."""

    html: Path | None = html_option()


@options
class Options:
    """The options of `conform`."""

    sources: tuple[str, ...] = sources_argument()
    requests: Requests = group(Requests)
    compared: Compared = group(Compared)
    pacing: Pacing = group(Pacing)
    reading: Assuming = group(Assuming)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Compare OPA with the native evaluator on requests made from the policies.

    The exit status is 1 if they disagree or an output is not what the sources make, 3 if OPA gives no decision.
    """
    compared, pacing, printing = options.compared, options.pacing, options.printing
    compared.refuse_contradictions()
    if (pacing.rate or pacing.resume) and not compared.opa_url:
        refuse("it works with --opa-url only", "--rate" if pacing.rate else "--resume")
    comparison = Comparison(options.sources, options.reading, options.requests, compared, printing)
    with failures_reported(as_json=printing.as_json):
        loaded = comparison.loaded()
        with comparison.questions(loaded) as questions:
            outcome = _outcome(options, questions)
        if printing.html:
            subject = _subject(options.sources, loaded, compared, next(iter(questions.wanted.revisions)))
            write_page(printing.html, page(outcome, subject, comparison.replay()))
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


def _subject(sources: Sequence[str], loaded: Loaded, compared: Compared, revision: str) -> Subject:
    """Return what the page is about; the Rego on it is the output that was checked, or what the compiler makes now."""
    paths = module_paths((policy.name for policy in loaded.policies.policies), compared.package)
    rego = compared.rego
    modules = _built(rego, paths) if rego else _compiled(loaded.policies, paths, compared.package)
    origin = f"in {rego}" if rego else "that the compiler makes of it now"
    return Subject(loaded.policies, loaded.sources, modules, origin, sources, revision)


def _compiled(policies: PolicySet, paths: Mapping[str, str], package: str) -> Mapping[str, str]:
    files = compile_policies(policies, revision="", package=package).files
    return {policy: files[path] for policy, path in paths.items()}


def _built(folder: Path, paths: Mapping[str, str]) -> Mapping[str, str]:
    """Return the modules that are there; OPA has read them, so they are text."""
    return {policy: (folder / path).read_text("utf-8") for policy, path in paths.items() if (folder / path).is_file()}
