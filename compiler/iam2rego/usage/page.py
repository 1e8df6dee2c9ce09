"""The report of `usage` as a page for a browser."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from iam2rego import pages


def usage_page(report: Mapping[str, Any], head: Sequence[str], named: Sequence[str]) -> str:
    """Return the page of a report as `usage_json` makes it, below the lines ``head``; ``named`` are the logs and the sources."""
    shown = {**report, "policies": [_with_lines(each) for each in report["policies"]]}
    statements = [each for policy in report["policies"] for each in policy["statements"]]
    unused = sum(not each["decided"] for each in statements)
    standing = pages.Standing.UNSURE if unused else pages.Standing.AGREE
    verdict = f"{unused:,} of {len(statements):,} statements never decided" if unused else "Every statement decided something"
    return pages.html("usage.html", "usage", named, standing=standing, verdict=verdict, notes=head, report=shown)


def _with_lines(policy: Mapping[str, Any]) -> dict[str, Any]:
    """Add the lines of the narrower policy, if there is one."""
    narrower = policy["narrower"]
    lines = json.dumps(narrower, indent=2, ensure_ascii=False).splitlines() if narrower else []
    return {**policy, "narrower_lines": lines}
