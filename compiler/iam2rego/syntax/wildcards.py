"""Limits the number of stars in a pattern.

A glob may have any number. Patterns with variables, or with several stars in one of an ARN's first five fields, are matched part by part
in Rego. Rego functions cannot recurse, so there is a rule for each number of parts.
"""

from collections.abc import Sequence
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.syntax.parts import Reference, Wildcard
from iam2rego.syntax.patterns import Parts
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.tree import JsonString

MOST_STARS: Final = 12

_FIELDS: Final = 6


def check_stars(fields: Sequence[Parts], string: JsonString, scope: Scope) -> None:
    """Report an error for too many stars in a text, or in the fields of an ARN."""
    completed = _FIELDS - len(fields) if len(fields) > 1 else 0  # each missing field of a short ARN becomes a star (R5)
    if string.value.count("*") + completed <= MOST_STARS:
        return  # the value of a placeholder holds none (T2)
    whole = [part for field in fields for part in field]
    stars = _stars(whole) + completed
    if any(isinstance(part, Reference) for part in whole) and stars > MOST_STARS:
        _report(f"a value with variables may have at most {MOST_STARS} `*`; this one has {stars}", string, scope)
    elif len(fields) > 1 and (most := max(map(_stars, fields[:5]))) > MOST_STARS:
        _report(f"each field of an ARN before the last may have at most {MOST_STARS} `*`; this one has {most}", string, scope)


def _stars(parts: Sequence[object]) -> int:
    """Count stars; several in a row count as one."""
    stars = [isinstance(part, Wildcard) and part.spelling == "*" for part in parts]
    return sum(star and not before for before, star in zip([False, *stars], stars, strict=False))


def _report(message: str, string: JsonString, scope: Scope) -> None:
    scope.report.error(Code.TOO_MANY_STARS, string.span, message, "write several values with fewer `*` each")
