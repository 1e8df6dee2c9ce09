"""Loads the policies that a command's arguments name."""

from collections import Counter
from collections.abc import Sequence

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.options import Prints, Reading
from iam2rego.cli.shared.output import report
from iam2rego.diagnostics import Code
from iam2rego.sources import Loaded, load


def load_sources(sources: Sequence[str], reading: Reading, printing: Prints) -> Loaded:
    """Load the sources, and print their warnings and notices."""
    bound = reading.bound()
    with progress.shown("reading", wanted=not printing.quiet) as step:
        loaded = load(sources, kind=reading.policy_type, lenient=reading.lenient, parameters=bound, step=step)
    report(loaded.diagnostics, as_json=printing.as_json)
    return loaded


def load_sides(sides: Sequence[Sequence[str]], reading: Reading, printing: Prints) -> list[Loaded]:
    """Load several sources, each by itself, and print their warnings and notices; a parameter is unused only if no side uses it."""
    bound = reading.bound()
    with progress.shown("reading", wanted=not printing.quiet) as step:
        loaded = [load(each, kind=reading.policy_type, lenient=reading.lenient, parameters=bound, step=step) for each in sides]
    found = [each for side in loaded for each in side.diagnostics]
    times = Counter(each.message for each in found if each.code is Code.UNUSED_PARAMETER)
    kept = (each for each in found if each.code is not Code.UNUSED_PARAMETER or times[each.message] == len(sides))
    report(dict.fromkeys(kept), as_json=printing.as_json)
    return loaded
