"""A bundle replaced under load: each request is decided by the old policies or by the new ones, and by these alone once OPA has them."""

from pathlib import Path

from tests.gateway.chains import chain
from tests.gateway.gateway_bundles import Builder
from tests.gateway.replacing import replaced, revisions
from tests.gateway.routes import requests


def test_every_answer_is_right_for_the_revision_that_the_log_names(builder: Builder, tmp_path: Path) -> None:
    offered = revisions(builder, 4)
    with chain(builder, offered[0].archive, tmp_path) as running:
        seen = replaced(running, offered, list(requests(150, seed=1)), 1_000)
    assert seen.wrong == []
    assert set(seen.decided) == {each.name for each in offered}
    assert seen.stale == []
