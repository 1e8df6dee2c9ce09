"""Files to read, and standard input."""

import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iam2rego.diagnostics import Diagnostic, PolicyError


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Write files, by their paths below a new folder, and return that."""

    def folder(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "source"
        root.mkdir()
        for name, content in files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return folder


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Make some bytes the standard input."""

    def stdin(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    return stdin


@pytest.fixture
def refusal() -> Callable[[Callable[[], object]], list[Diagnostic]]:
    """Do what must be refused, and return why."""

    def refusal(act: Callable[[], object]) -> list[Diagnostic]:
        with pytest.raises(PolicyError) as refused:
            act()
        return list(refused.value.diagnostics)

    return refusal
