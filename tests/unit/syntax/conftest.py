"""Marked policies, judged by what reading has to say of them."""

from collections.abc import Callable

import pytest

from iam2rego.ir.policy import Document, Kind
from tests.support import marked_policies
from tests.support.marked_policies import Judged, problems_of_reading


@pytest.fixture
def judge() -> Callable[..., Judged]:
    """Read a marked policy of some kind in both modes, with parameters by name."""

    def judge(marked: str, kind: Kind = Kind.IDENTITY, **parameters: str) -> Judged:
        return marked_policies.judged(marked, problems_of_reading, kind, parameters)

    return judge


@pytest.fixture
def read() -> Callable[..., Document]:
    """Read a policy of some kind that must be accepted, with parameters by name."""

    def read(text: str, kind: Kind = Kind.IDENTITY, *, lenient: bool = False, **parameters: str) -> Document:
        document = marked_policies.read(text, kind, lenient, parameters).document
        assert document is not None
        return document

    return read


@pytest.fixture
def messages() -> Callable[..., list[str]]:
    """Read a policy of some kind, and return the messages of its problems in order."""

    def messages(text: str, kind: Kind = Kind.IDENTITY) -> list[str]:
        return [each.message for each in problems_of_reading(text, kind, False, {})]

    return messages


@pytest.fixture
def hints() -> Callable[..., list[str]]:
    """Read a policy of some kind, and return the hints of its problems in order."""

    def hints(text: str, kind: Kind = Kind.IDENTITY) -> list[str]:
        return [each.hint for each in problems_of_reading(text, kind, False, {})]

    return hints
