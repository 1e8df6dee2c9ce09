"""Marked policies, judged by what lint finds in them."""

from collections.abc import Callable

import pytest

from iam2rego.ir.policy import Kind
from tests.support import marked_policies
from tests.support.marked_policies import Judged, text_findings


@pytest.fixture
def judge() -> Callable[..., Judged]:
    """Look at a marked policy of some kind in both modes, with parameters by name."""

    def judge(marked: str, kind: Kind = Kind.IDENTITY, **parameters: str) -> Judged:
        return marked_policies.judged(marked, text_findings, kind, parameters)

    return judge


@pytest.fixture
def messages() -> Callable[[str], list[str]]:
    """Look at a policy, and return the messages of its findings in order."""

    def messages(text: str) -> list[str]:
        return [each.message for each in text_findings(text, Kind.IDENTITY, False, {})]

    return messages


@pytest.fixture
def hints() -> Callable[[str], list[str]]:
    """Look at a policy, and return the hints of its findings in order."""

    def hints(text: str) -> list[str]:
        return [each.hint for each in text_findings(text, Kind.IDENTITY, False, {})]

    return hints
