"""What a running OPA says of its bundles, beside the revisions that the sources make."""

from collections.abc import Mapping
from typing import Final

import pytest

from iam2rego.conformance.freshness import FORMS, Wanted, of_server
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.client import Provenance

OURS: Final = "a" * 64
PLAIN: Final = "b" * 64
PACKED: Final = "c" * 64
OLD: Final = "d" * 64
WANTED: Final = Wanted(PolicySet(policies=()), "iam", dict(zip((OURS, PLAIN, PACKED), FORMS, strict=True)))
NOW: Final = f"sources, options and compiler now make {OURS} or {PLAIN} without labels or {PACKED} packed"


@pytest.mark.parametrize(
    ("before", "after", "state", "reason"),
    [
        pytest.param({"b": OURS}, {"b": OURS}, "current", f"bundle `b` has revision {OURS}", id="ours"),
        pytest.param({"b": PLAIN}, {"b": PLAIN}, "current", f"bundle `b` has revision {PLAIN}", id="without-labels"),
        pytest.param({"b": PACKED}, {"b": PACKED}, "current", f"bundle `b` has revision {PACKED}", id="packed"),
        pytest.param({"a": OLD, "b": OURS}, {"a": OLD, "b": OURS}, "current", f"bundle `b` has revision {OURS}", id="beside-another"),
        pytest.param({"b": OLD}, {"b": OLD}, "stale", f"bundle `b` has revision {OLD}, and {NOW}", id="old"),
        pytest.param(
            {"b": OLD},
            {"b": OURS},
            "stale",
            f"the server loaded another bundle during the check: bundle `b` has revision {OLD}, then bundle `b` has revision {OURS}",
            id="replaced-meanwhile",
        ),
        pytest.param(
            {"b": OURS},
            {},
            "stale",
            f"the server loaded another bundle during the check: bundle `b` has revision {OURS}, then no bundle",
            id="gone-meanwhile",
        ),
        pytest.param({}, {}, "unknown", "the server reports no bundle", id="loaded-without-a-bundle"),
        pytest.param(
            {"b": "v1"}, {"b": "v1"}, "unknown", "bundle `b` has revision v1, which is not a revision of iam2rego", id="given-by-others"
        ),
    ],
)
def test_how_a_server_stands(before: Mapping[str, str], after: Mapping[str, str], state: str, reason: str) -> None:
    freshness = of_server(Provenance("1.22.2", before), Provenance("1.22.2", after), WANTED)
    assert (freshness.state, freshness.reason) == (state, reason)
