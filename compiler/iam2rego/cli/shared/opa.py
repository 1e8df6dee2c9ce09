"""Gets the OPA that a command runs."""

from iam2rego.cli.shared.output import tell
from iam2rego.opa.binary import Binary, obtain


def obtained(opa: str | None, *, quiet: bool, pinned: bool = False) -> Binary:
    """Return a usable OPA, and say what takes long on the way there."""
    return obtain(opa, _silent if quiet else tell, pinned=pinned)


def _silent(_line: str) -> None:
    """Say nothing."""
