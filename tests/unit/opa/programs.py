"""Programs that pretend to be OPA and Go."""

from pathlib import Path

from iam2rego.opa.build import _HASHES, PINNED


def program(path: Path, script: str) -> Path:
    """Put a shell script at ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def fake_opa(path: Path, version: str) -> Path:
    return program(path, f"echo 'Version: {version}'\necho 'Rego Version: v1'")


def fake_go(path: Path, version: str, install: str, download: str = "") -> Path:
    """A Go that tells its version, and runs ``download`` and ``install`` in place of these; without words it has the sources of OPA.

    They are four packages.
    """
    sources = path.parent / "opa@v1"
    sources.mkdir(parents=True, exist_ok=True)
    told = " ".join(f"*v{each}) sum={known};;" for each, known in _HASHES.items())
    downloads = f"""case "$4" in {told} esac; printf '{{"Dir": "{sources}", "Sum": "%s"}}' "$sum\""""
    cases = (f"env) echo {version}", f"mod) {download or downloads}", "list) echo a; echo b; echo c; echo d", f"install) {install}")
    return program(path, "\n".join(['case "$1" in', *(f"{each};;" for each in cases), "esac"]))


BUILDS = f"""printf '#!/bin/sh\\necho "Version: {PINNED}"\\n' > "$GOBIN/opa"; chmod +x "$GOBIN/opa\""""


def no_distribution(name: str) -> object:
    from importlib.metadata import PackageNotFoundError

    raise PackageNotFoundError(name)


def cached(machine: Path) -> Path:
    return machine / "cache" / "iam2rego" / f"opa-{PINNED}"
