"""Tells files of Terraform from others: plans and states as `terraform show -json` prints them, and states as Terraform keeps them."""

import re
from collections.abc import Mapping
from typing import Final

from iam2rego.diagnostics import PolicyError
from iam2rego.source import Source
from iam2rego.sources.terraform.text import Text

MARKS: Final = ('"format_version"', '"lineage"')
"""One of these is in every file of Terraform."""

PARTS: Final = ("planned_values", "resource_changes", "values")
"""The members one of which is in every file that `terraform show` prints."""

_AT_ONCE: Final = re.compile(r'[ \t\r\n]*\{[ \t\r\n]*"format_version"')
_KEPT: Final = ("version", "serial", "lineage")
"""The members of a state as Terraform keeps it."""


def is_terraform(text: str) -> bool:
    """Return whether a text is a plan or a state; a malformed one is, if it begins like one."""
    if _AT_ONCE.match(text):
        return True
    if not text.lstrip(" \t\r\n").startswith("{") or not any(each in text for each in MARKS):
        return False
    try:
        names = members_of(Text(Source("", text))).keys()
    except PolicyError:
        return False
    return ("format_version" in names and not names.isdisjoint(PARTS)) or names >= {*_KEPT}


def members_of(text: Text) -> Mapping[str, int]:
    """Return the offsets of the members of the object that a text is.

    Raises:
        PolicyError: it is not an object of JSON.
    """
    found: dict[str, int] = {}

    def read(name: str, at: int) -> int:
        found[name] = at
        return text.skip(at)

    text.end(text.object(text.start, "a state", read))
    return found
