"""Finds the lines of modules that OPA evaluates for a query (`opa eval --coverage`)."""

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from iam2rego.opa.binary import Binary
from iam2rego.opa.errors import OpaError, reason

_LONGEST: Final = 3_600
"""Seconds; tracing makes decisions about ten times slower."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a module, counted from 1: those that were fully evaluated, and those that were not."""

    covered: tuple[int, ...]
    not_covered: tuple[int, ...]


class _Position(BaseModel):
    row: int


class _Range(BaseModel):
    start: _Position
    end: _Position


class _File(BaseModel):
    covered: list[_Range] = []
    not_covered: list[_Range] = []


class _Report(BaseModel):
    files: dict[str, _File]


class _Answer(BaseModel):
    coverage: _Report


def evaluated_lines(binary: Binary, bundle: Path, data: Path, query: str) -> Mapping[str, Lines]:
    """Evaluate ``query`` on a bundle and a file of data, and return the lines of each module that has rules, by its path in the bundle.

    Raises:
        OpaError: OPA rejects the bundle or the query.
    """
    command: list[str | Path] = [binary.path, "eval", "--coverage", "--format", "json", "--bundle", bundle, "--data", data, query]
    try:
        answer = _Answer.model_validate_json(subprocess.run(command, capture_output=True, timeout=_LONGEST, env={}, check=True).stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as failure:
        raise OpaError(f"`opa eval --coverage` gave no answer: {reason(failure)}") from failure
    return {str(Path(path).relative_to(bundle)): _lines(file) for path, file in answer.coverage.files.items()}


def _lines(file: _File) -> Lines:
    missed = _rows(file.not_covered)
    return Lines(tuple(sorted(_rows(file.covered) - missed)), tuple(sorted(missed)))


def _rows(ranges: Iterable[_Range]) -> set[int]:
    return {row for each in ranges for row in range(each.start.row, each.end.row + 1)}
