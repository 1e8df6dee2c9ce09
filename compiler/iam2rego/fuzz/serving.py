"""An OPA with a batch of policy sets, each in a package of its own, and a bare query beside them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from iam2rego.engines.bundles import compiled, stored
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.rego import Bundle, Layout, merge
from iam2rego.rego.bundle.assemble import DATA, MANIFEST

_BARE: Final = Bundle(
    {
        "bare/bare.rego": "package bare\n\ndefault allow := false\n\nallow if input.action\n",
        DATA: "{}",
        MANIFEST: json.dumps({"revision": "bare", "roots": ["bare"]}),
    }
)
BARE_QUERY: Final = "bare/allow"
"""A query that decides almost nothing: sent to the same OPA in the same way, it shows the cost of asking."""


@contextmanager
def opened(binary: Binary, units: Sequence[PolicySet], layout: Layout) -> Iterator[Client]:
    """Start OPA with what the compiler makes of ``units``, until the block ends.

    Raises:
        OpaError: OPA does not start, or does not take what was compiled.
    """
    with stored(merge([*compiled(enumerate(units), layout), _BARE])) as bundle, serve(binary, bundle) as client:
        yield client
