"""The version of a release: it is in one place, and tag and changelog must agree with it."""

import re
from pathlib import Path
from typing import Final

_VERSION: Final = re.compile(r'^__version__: Final = "([^"]+)"$', re.MULTILINE)
_DATED: Final = re.compile(r"^## \[([^\]]+)\] - \d{4}-\d{2}-\d{2}$", re.MULTILINE)
_SECTION: Final = re.compile(r"^## \[([^\]]+)\]", re.MULTILINE)


class RefusedError(Exception):
    """Why no release is made."""


def checked(checkout: Path, tag: str | None) -> str:
    """Return the version of a checkout.

    Raises:
        RefusedError: The changelog has no section for the version; or there is a tag, and it is another one, or the section has no date.
    """
    (version,) = _VERSION.findall((checkout / "compiler" / "iam2rego" / "__init__.py").read_text(encoding="utf-8"))
    changelog = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    if version not in _SECTION.findall(changelog):
        raise RefusedError(f"CHANGELOG.md has no section for version {version}")
    if tag is not None and tag != f"v{version}":
        raise RefusedError(f"the tag {tag} is not that of version {version}: v{version}")
    if tag is not None and version not in _DATED.findall(changelog):
        raise RefusedError(f"the section of version {version} in CHANGELOG.md has no date: `## [{version}] - 2026-01-31`")
    return str(version)
