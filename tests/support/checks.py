"""What `check` says of sources by themselves, before it looks for findings in their policies."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from iam2rego.checking import Checked, check_sources
from iam2rego.ir.policy import Kind
from iam2rego.sources.format import Options


def look(
    paths: Sequence[str | Path], *, kind: Kind = Kind.IDENTITY, parameters: Mapping[str, str] | None = None, partial: bool = False
) -> Checked:
    """Check sources without looking for any finding of `lint`."""
    options = Options(kind, False, parameters or {})
    return check_sources([*map(str, paths)], options, lambda _: False, partial=partial, with_policies=True)
