"""An OPA with a batch of policy sets, each in a package of its own, and a bare query beside them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.opa.server import serve
from iam2rego.rego import Bundle, compile_policies, merge
from iam2rego.rego.bundle import DATA, MANIFEST
from iam2rego.rego.output import write

_REVISION: Final = "random"
_BARE: Final = Bundle(
    {
        "bare/bare.rego": "package bare\n\ndefault allow := false\n\nallow if input.action\n",
        DATA: "{}",
        MANIFEST: json.dumps({"revision": _REVISION, "roots": ["bare"]}),
    }
)
BARE_QUERY: Final = "bare/allow"
"""Hardly anything is less than this: asked in the same way of the same OPA, it shows what the way costs."""


@contextmanager
def opened(binary: Binary, units: Sequence[PolicySet]) -> Iterator[Client]:
    """Start OPA with what the compiler makes of ``units``, until the block ends.

    Raises:
        OpaError: OPA does not start, or does not take what was compiled.
    """
    compiled = [compile_policies(policies, revision=_REVISION, package=package(unit)) for unit, policies in enumerate(units)]
    with TemporaryDirectory(prefix="iam2rego-") as folder:
        bundle = Path(folder, "bundle")
        write(merge([*compiled, _BARE]), bundle)
        with serve(binary, bundle) as client:
            yield client


def package(unit: int) -> str:
    """Return the package of a unit."""
    return f"unit{unit}"
