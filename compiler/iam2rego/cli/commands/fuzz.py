"""``fuzz``: decides random requests by random policies on both engines, and shrinks the first disagreement."""

import shlex
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import command, flag, group, option, options
from iam2rego.cli.shared.opa import obtained
from iam2rego.cli.shared.options import ReportFormat, ReportPrinting, layout_option, opa_option
from iam2rego.cli.shared.output import FINDINGS, SURROUNDINGS, failures_reported, refuse, show, tell
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.output import placed

if TYPE_CHECKING:
    from iam2rego.fuzz.report import Found


@options
class Options:
    """The options of `fuzz`."""

    count: int = option("--count", default=1000, metavar="N", type=click.IntRange(min=1), help="The number of requests.")
    seed: int = option("--seed", default=0, metavar="N", type=int, help="Another seed makes other policies and requests.")
    save: Path | None = option(
        "--save",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        help="Save a disagreement in this folder, as a scenario for `test`.",
    )
    lenient: bool = flag("--lenient", explanation="Make policies, too, that only --lenient accepts.")
    layout: Layout = layout_option()
    opa: str | None = opa_option()
    printing: ReportPrinting = group(ReportPrinting)


@command
def run(options: Options) -> None:
    """Compare OPA with the native evaluator on random policies and requests, and stop at the first disagreement.

    The exit status is 1 for a disagreement, 3 if OPA gives no decision, else 0.
    """
    try:
        from iam2rego.fuzz import report
        from iam2rego.fuzz.run import conform_drawn  # needs Hypothesis, which is an extra
    except ModuleNotFoundError as missing:
        if missing.name != "hypothesis":
            raise
        refuse("random policies are made by Hypothesis: pip install 'iam2rego[random]'")
    renderers = {ReportFormat.TEXT: report.drawn_text, ReportFormat.JSON: report.drawn_json, ReportFormat.JUNIT: report.drawn_junit}
    with failures_reported(as_json=options.printing.as_json):
        binary = obtained(options.opa, quiet=options.printing.quiet)
        with progress.shown("deciding", wanted=not options.printing.quiet) as step:
            outcome = conform_drawn(
                options.count, seed=options.seed, lenient=options.lenient, binary=binary, progress=step, layout=options.layout
            )
        saved = _saved(outcome.found, options.save) if outcome.found and options.save else None
        show(renderers[options.printing.format](outcome, lambda found: _replay(found, saved, options.layout)))
        raise click.exceptions.Exit(_status(outcome.found))


def _status(found: "Found | None") -> int:
    if found is None:
        return 0
    return SURROUNDINGS if isinstance(found.disagreement.opa, str) else FINDINGS


def _saved(found: "Found", folder: Path) -> Path:
    """Write the scenario into ``folder``, under a name that follows from its text."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"random-{sha256(found.scenario.encode()).hexdigest()[:8]}.json"
    with placed(f"{found.scenario}\n".encode(), file):
        tell(f"saved as {file}")
    return file


def _replay(found: "Found", saved: Path | None, layout: Layout) -> str:
    """Return a shell command by which both engines decide the scenario again."""
    test = shlex.join(["iam2rego", "test", str(saved or "-"), *(() if layout is Layout.MODULES else ("--layout", layout))])
    return test if saved else f"printf '%s\\n' {shlex.quote(found.scenario)} | {test}"
