"""Files are counted as they are read, for whoever shows progress."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from iam2rego.sources import load, look

Folder = Callable[[Mapping[str, str | bytes]], Path]

POLICY: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}'


@pytest.mark.parametrize("read", [load, look])
def test_every_file_counts(folder: Folder, read: Callable[..., object]) -> None:
    told: list[tuple[int, int]] = []
    read([str(folder({"a.json": POLICY, "b.json": POLICY}))], step=lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]
