"""Copies share nothing with the policies that they are of: no table of the output may be smaller for their sake."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.bench.copies import Json, copied
from tests.bench.corpora import managed


def texts(documents: Iterable[Json], member: str) -> set[str]:
    """The texts of a member of all statements, and of its negation."""
    statements = (statement for document in documents for statement in listed(document["Statement"]))
    return {text for statement in statements for name in (member, f"Not{member}") for text in listed(statement.get(name, []))}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("member", ["Action", "Resource"])
def test_a_copy_names_others(member: str) -> None:
    originals = managed().values()
    copies = [copied(document, 2) for document in originals]
    assert texts(originals, member) & texts(copies, member) == {"*"}
    assert len(texts(originals, member)) == len(texts(copies, member))
