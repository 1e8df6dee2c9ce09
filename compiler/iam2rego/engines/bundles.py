"""Bundles for an OPA of our own: units side by side, each in its own package, and a folder to load a bundle from."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.assemble import Bundle, compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.output import write

_REVISION: Final = "conformance"


def package(unit: int) -> str:
    """Return the package of a unit, by its number."""
    return f"unit{unit}"


def compiled(units: Iterable[tuple[int, PolicySet]], layout: Layout) -> list[Bundle]:
    """Return the compiled bundles of numbered units."""
    return [compile_policies(policies, revision=_REVISION, package=package(unit), layout=layout) for unit, policies in units]


@contextmanager
def stored(bundle: Bundle) -> Iterator[Path]:
    """Yield a folder that holds ``bundle``, until the block ends."""
    with TemporaryDirectory(prefix="iam2rego-") as folder:
        place = Path(folder, "bundle")
        write(bundle, place)
        yield place
