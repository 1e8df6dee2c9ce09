"""Loads what the arguments of a command name."""

from collections.abc import Mapping, Sequence

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.output import report
from iam2rego.ir.policy import Kind
from iam2rego.sources import Loaded, load


def load_sources(
    sources: Sequence[str], bound: Mapping[str, str], *, kind: Kind, lenient: bool, as_json: bool, no_progress: bool
) -> Loaded:
    """Load the sources with the placeholders ``bound``, and print their warnings and notices."""
    with progress.shown("reading", wanted=not no_progress):
        loaded = load(sources, kind=kind, lenient=lenient, parameters=bound)
    report(loaded.diagnostics, as_json=as_json)
    return loaded
