"""What `iam2rego --version` prints."""

import os
from collections.abc import Iterator

from iam2rego import __version__
from iam2rego.catalogue.services import catalogue
from iam2rego.opa import OpaError
from iam2rego.opa.binary import find


def versions() -> Iterator[str]:
    """Yield a line each for this package, the OPA that commands would run and the catalogue of AWS's actions."""
    yield f"iam2rego {__version__}"
    yield f"OPA: {_opa()}"
    yield f"catalogue: {catalogue().source}"


def _opa() -> str:
    try:
        binary = find(os.environ.get("IAM2REGO_OPA"))
    except OpaError as failure:
        return str(failure)
    return f"{binary.version} at {binary.path}" if binary else "not found; `iam2rego opa path` builds it"
