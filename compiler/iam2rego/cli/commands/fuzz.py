"""``conform --random``: decides random requests of random policies on both engines, and shrinks the first disagreement."""

import shlex
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from iam2rego.cli.commands.opa import obtained
from iam2rego.cli.shared import progress
from iam2rego.cli.shared.options import ReportFormat
from iam2rego.cli.shared.output import FINDINGS, SURROUNDINGS, failures_reported, show, tell
from iam2rego.rego import Layout
from iam2rego.rego.bundle.output import placed

if TYPE_CHECKING:
    from iam2rego.fuzz.report import Found


def conform_random(
    count: int,
    *,
    seed: int,
    save: Path | None,
    lenient: bool,
    layout: Layout,
    format_: ReportFormat,
    opa: str | None,
    no_progress: bool,
) -> NoReturn:
    """Check ``count`` random requests and end: status 1 for a disagreement, 3 where OPA gave no decision, else 0."""
    try:
        from iam2rego.fuzz import report, run  # needs Hypothesis, which is an extra
    except ModuleNotFoundError as missing:
        if missing.name != "hypothesis":
            raise
        raise typer.BadParameter("random policies are drawn by Hypothesis: pip install 'iam2rego[random]'", param_hint="--random") from None
    renderers = {ReportFormat.TEXT: report.drawn_text, ReportFormat.JSON: report.drawn_json, ReportFormat.JUNIT: report.drawn_junit}
    with failures_reported(as_json=format_ is ReportFormat.JSON):
        binary = obtained(opa, no_progress=no_progress)
        with progress.shown("deciding", wanted=not no_progress) as step:
            outcome = run.conform_drawn(count, seed=seed, lenient=lenient, binary=binary, progress=step, layout=layout)
        saved = _saved(outcome.found, save) if outcome.found and save else None
        show(renderers[format_](outcome, lambda found: _replay(found, saved, layout)))
        raise typer.Exit(_status(outcome.found))


def _status(found: "Found | None") -> int:
    if found is None:
        return 0
    return SURROUNDINGS if isinstance(found.disagreement.opa, str) else FINDINGS


def _saved(found: "Found", folder: Path) -> Path:
    """Write the scenario into ``folder``, under a name that the same scenario always has."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"random-{sha256(found.scenario.encode()).hexdigest()[:8]}.json"
    with placed(f"{found.scenario}\n".encode(), file):
        tell(f"saved as {file}")
    return file


def _replay(found: "Found", saved: Path | None, layout: Layout) -> str:
    """Return a shell command by which both engines decide the scenario again."""
    test = shlex.join(["iam2rego", "test", str(saved or "-"), *(() if layout is Layout.MODULES else ("--layout", layout))])
    return test if saved else f"printf '%s\\n' {shlex.quote(found.scenario)} | {test}"
