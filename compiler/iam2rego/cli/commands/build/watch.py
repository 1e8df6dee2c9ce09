"""Builds again whenever files have changed."""

import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from iam2rego.cli.shared.changes import changes
from iam2rego.cli.shared.output import report, show
from iam2rego.diagnostics import Level, PolicyError
from iam2rego.sources.parsing import SUFFIXES
from iam2rego.sources.skipping import NOTHING

Made = TypeVar("Made")


def rebuild(paths: Sequence[str], make: Callable[[], Made], deliver: Callable[[Made], str], *, as_json: bool) -> None:
    """Make and deliver now, and whenever the files that ``paths`` name have changed, until Ctrl-C; ``deliver`` returns a line to print.

    If policies have errors nothing is delivered, and what was delivered before stays.
    """
    with suppress(KeyboardInterrupt):
        for _ in changes({path: (SUFFIXES, NOTHING) for path in paths}):
            show(_delivered(make, deliver, as_json=as_json))
            sys.stdout.flush()


def _delivered(make: Callable[[], Made], deliver: Callable[[Made], str], *, as_json: bool) -> str:
    try:
        made = make()
    except PolicyError as error:
        report(error.diagnostics, as_json=as_json)
        count = sum(each.level is Level.ERROR for each in error.diagnostics)
        return json.dumps({"built": False, "errors": count}) if as_json else f"not built: {count} error{'' if count == 1 else 's'}"
    return deliver(made)
