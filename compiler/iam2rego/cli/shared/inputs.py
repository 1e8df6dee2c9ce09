"""Loads the policies that a command's arguments name."""

from collections.abc import Sequence

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.options import Printing, Reading, ReportPrinting
from iam2rego.cli.shared.output import report
from iam2rego.sources import Loaded, load


def load_sources(sources: Sequence[str], reading: Reading, printing: Printing | ReportPrinting) -> Loaded:
    """Load the sources, and print their warnings and notices."""
    bound = reading.bound()
    with progress.shown("reading", wanted=not printing.quiet):
        loaded = load(sources, kind=reading.policy_type, lenient=reading.lenient, parameters=bound)
    report(loaded.diagnostics, as_json=printing.as_json)
    return loaded
