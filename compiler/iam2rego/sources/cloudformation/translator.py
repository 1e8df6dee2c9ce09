"""The version of AWS's translator of SAM, which caches of compiled templates depend on."""

from importlib.util import find_spec
from pathlib import Path


def translator_version() -> str:
    """Return the text that holds the version of the translator; empty if it is not installed."""
    spec = find_spec("samtranslator")
    return Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
