"""Changes to policies and to outputs that are deployed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iam2rego.opa.binary import Binary
from tests.support.servers import open_to_all


def grow(_: Path, policy: Path) -> None:
    """Change the sources, but nothing that they mean."""
    policy.write_text(f"{policy.read_text()}\n")


def make_older(built: Path, _: Path) -> None:
    manifest = built / ".manifest"
    manifest.write_text(manifest.read_text().replace(json.loads(manifest.read_text())["revision"], "0" * 64))


def nothing(_: Path, __: Path) -> None:
    """Leave all as it is."""


@contextmanager
def deployed(opa: Binary, built: Path) -> Iterator[str]:
    """The address of a gateway that holds the output."""
    with open_to_all(opa, built) as client:
        yield client.address
