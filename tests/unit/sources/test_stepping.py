"""Files are counted as they are read, for whoever shows progress."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from iam2rego.sources import load

Folder = Callable[[Mapping[str, str | bytes]], Path]

POLICY: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}'


def test_every_file_counts(folder: Folder) -> None:
    told: list[tuple[int, int]] = []
    load([str(folder({"a.json": POLICY, "b.json": POLICY}))], step=lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]
