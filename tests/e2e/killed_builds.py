"""Two folders of policies to build, and what a build leaves of its output."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

SEED: Final = 3
MODULES: Final = 40


def policies(folder: Path, action: str) -> Path:
    """A folder with enough policies that a build needs a while to write what they become."""
    folder.mkdir(parents=True)
    statements = [{"Effect": "Allow", "Action": f"s3:{action}{number}", "Resource": "*"} for number in range(5)]
    for number in range(MODULES):
        (folder / f"p{number}.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": statements}))
    return folder


def files(folder: Path) -> Mapping[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def survivor(place: Path) -> Mapping[str, str]:
    """What a killed build left: the output, or the old one beside it."""
    return files(place if place.exists() else place.with_name(f".{place.name}.iam2rego-old"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def line(stream: IO[str] | None) -> str:
    assert stream
    return stream.readline().strip()
