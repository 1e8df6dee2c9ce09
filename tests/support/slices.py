"""A table of which `make test` takes a slice and `make prove` takes all."""

from collections.abc import Iterable
from typing import Any

import pytest

from iam2rego.rego.bundle.layouts import Layout


def every(step: int, rows: Iterable[Any]) -> list[Any]:
    """Return all rows; those between every ``step`` of them are marked as long, so that only `make prove` runs them."""
    params = (row if isinstance(row, type(pytest.param())) else pytest.param(row) for row in rows)
    return [each if number % step == 0 else long(each) for number, each in enumerate(params)]


def long(param: Any) -> Any:
    """Return a row that only `make prove` runs."""
    return pytest.param(*param.values, marks=[*param.marks, pytest.mark.long], id=param.id)


LAYOUTS = [Layout.MODULES, pytest.param(Layout.PACKED, marks=pytest.mark.long)]
"""Both layouts, where `make prove` runs the packed one."""
