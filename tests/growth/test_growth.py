"""The work of a decision grows no faster than what a caller sends, whatever it is: nesting, patterns, lists, long texts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from iam2rego.opa.binary import Binary
from iam2rego.rego.bundle.layouts import Layout
from tests.growth.hostile_work import ASKING, HOSTILE, MOST, USER, asking, bundle, grown, policy, request, steps

CASES = [(name, list(Layout)[place % 2]) for place, name in enumerate(HOSTILE)]
"""Each in one of the layouts; `make prove` has both, and more sizes."""


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Layout], Path]:
    made = {layout: bundle(tmp_path_factory.mktemp("growth"), policy(), layout) for layout in Layout}
    return made.__getitem__


@pytest.mark.parametrize(("name", "layout"), CASES, ids=[name for name, _ in CASES])
def test_twice_the_request_is_at_most_twice_the_work(name: str, layout: Layout, compiled: Callable[[Layout], Path], opa: Binary) -> None:
    start = HOSTILE[name].start
    found = [steps(opa, compiled(layout), request(name, size)) for size in (start, 2 * start)]
    assert max(grown(found)) <= MOST, found


@pytest.mark.parametrize("layout", Layout, ids=str)
def test_twice_the_statements_that_ask_for_a_key_are_at_most_twice_the_work(layout: Layout, tmp_path: Path, opa: Binary) -> None:
    asked = json.dumps({"principal": USER, "action": "h:asking", "resource": "*", "context": {}})
    found = []
    for number in (ASKING, 2 * ASKING):
        folder = tmp_path / str(number)
        folder.mkdir()
        found.append(steps(opa, bundle(folder, asking(number), layout), asked))
    assert max(grown(found)) <= MOST, found
