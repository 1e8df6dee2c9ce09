"""Malformed templates: each is an error with a place, or has an outcome that is told; none crashes, and none costs more than its size."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest

from iam2rego.checking import Checked
from tests.support.checks import look
from tests.unit.sources.cloudformation.hostile import ODD, WHOLE, cut_templates, odd_templates
from tests.unit.sources.cloudformation.hostile_texts import JSON, YAML
from tests.unit.sources.cloudformation.made import ACCOUNT, resource, write

ODD_ONES: Final = [pytest.param("t.json", text, id=f"odd/{name}") for name, text in odd_templates()]
CASES: Final = [
    *ODD_ONES,
    *(pytest.param("t.json" if name.startswith("json") else "t.yaml", text, id=f"cut/{name}") for name, text in cut_templates()),
    *(pytest.param("t.yaml", text, id=f"yaml/{name}") for name, text in YAML.items()),
    *(pytest.param("t.json", text, id=f"json/{name}") for name, text in JSON.items()),
]
WITHOUT_PLACE: Final = {"IAM603", "IAM615"}
CALLS: Final = 300_000
CALLS_A_CHARACTER: Final = 60


@contextmanager
def work_bounded(calls: int) -> Iterator[None]:
    """Fail when the block has called more functions than that."""
    left = calls

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal left
        left -= event == "call"
        if left < 0:
            sys.setprofile(None)
            pytest.fail(f"more than {calls:,} calls")

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


@pytest.fixture(scope="module", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load grammars and tables, whose cost is not that of a template."""
    folder = tmp_path_factory.mktemp("warm")
    for name in ("t.json", "t.yaml"):
        assert not [each for each in looked(write(folder, WHOLE, name)).findings if each.level == "error"]


def looked(path: str) -> Checked:
    return look([path], parameters=ACCOUNT)


def told(found: Checked) -> bool:
    """Return whether a policy was read, or something is said."""
    return bool(found.policies or found.findings)


@pytest.mark.parametrize(("name", "text"), ODD_ONES)
def test_no_policy_goes_without_a_word(name: str, text: str, tmp_path: Path) -> None:
    right, found = looked(write(tmp_path, WHOLE, "right.json")), looked(write(tmp_path, text, name))
    usual = {each.message for each in right.findings}
    said = [each for each in found.findings if each.message not in usual and (each.level == "error" or each.code == "IAM624")]
    assert len(found.policies) >= len(right.policies) or said


@pytest.mark.parametrize(("name", "text"), CASES)
def test_a_malformed_template(name: str, text: str, tmp_path: Path) -> None:
    path = write(tmp_path, text, name)
    with work_bounded(CALLS + CALLS_A_CHARACTER * len(text)):
        found = looked(path)
    assert told(found)
    errors = [each for each in found.findings if each.level == "error"]
    assert [each.message for each in errors if each.span is None and each.code not in WITHOUT_PLACE] == []
    assert all(each.source.text.split("\n")[each.span.line - 1 :] for each in errors if each.span)


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("place", ["Policies", "Events", "Role", "Environment"])
def test_a_malformed_template_of_sam(place: str, value: object, tmp_path: Path) -> None:
    function = resource("AWS::Serverless::Function", Runtime="python3.13", Handler="h", InlineCode="x", **{place: value})
    template = {"Transform": "AWS::Serverless-2016-10-31", "Conditions": {}, "Resources": {"F": function}}
    assert told(looked(write(tmp_path, template)))


def test_there_are_many() -> None:
    assert len(CASES) >= 300
