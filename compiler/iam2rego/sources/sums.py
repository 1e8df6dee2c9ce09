"""What each source yields: a file that is named, or all files of a folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from iam2rego.diagnostics import Code
from iam2rego.ir.attachments import Attachments
from iam2rego.sources.account_details import AccountDetails
from iam2rego.sources.reading import Reading


def sums(paths: Sequence[str], readings: Sequence[Reading[Any]]) -> tuple[str, ...]:
    """Return a line for each source, as in ``template.yaml: 9 policies``."""
    return tuple(f"{path}: {_policies(sum(len(each.documents) for each in _of(path, readings)))}" for path in paths)


def says_something(path: str, readings: Sequence[Reading[Any]]) -> bool:
    """Return whether a source has a policy, or says who has one, or has counted those that it does not give."""
    return any(
        reading.documents or _attaches(reading.attachments) or any(each.code == Code.TEMPLATE_READ for each in reading.structure)
        for reading in _of(path, readings)
    )


def _of(path: str, readings: Sequence[Reading[Any]]) -> list[Reading[Any]]:
    """Return the readings of the files that a path names."""
    below = str(Path(path, "x"))[:-1]
    return [each for each in readings if each.source.name == path or each.source.name.startswith(below)]


def _policies(count: int) -> str:
    return f"{count:,} {'policy' if count == 1 else 'policies'}"


def _attaches(attachments: object) -> bool:
    """Return whether something is said about who has policies: an account without entries says nothing."""
    match attachments:
        case AccountDetails(entities=entities, edges=edges, held=held, members=members):
            return bool(entities or edges or held or members)
        case Attachments():
            return attachments != Attachments()
        case _:
            return False
