"""Serves a batch of policy sets from one OPA, each in its own package, with a bare query."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from iam2rego.engines.bundles import compiled, stored
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.rego.bundle.assemble import DATA, MANIFEST, Bundle, merge
from iam2rego.rego.bundle.layouts import Layout

_BARE: Final = Bundle(
    {
        "bare/bare.rego": "package bare\n\ndefault allow := false\n\nallow if input.action\n",
        DATA: "{}",
        MANIFEST: json.dumps({"revision": "bare", "roots": ["bare"]}),
    }
)
BARE_QUERY: Final = "bare/allow"
"""A query that does almost nothing, to measure the cost of a query itself."""


@contextmanager
def opened(binary: Binary, units: Sequence[PolicySet], layout: Layout) -> Iterator[Client]:
    """Run OPA with the compiled ``units`` until the block ends.

    Raises:
        OpaError: OPA does not start or rejects a bundle.
    """
    with stored(merge([*compiled(enumerate(units), layout), _BARE])) as bundle, serve(binary, bundle) as client:
        yield client
