"""Finds routes that match the same requests: the most specific one wins; if there is none, the file is rejected."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.ir.gateway import Route
from iam2rego.ir.pattern import Text
from iam2rego.source import Source

_Taken: TypeAlias = tuple[str, tuple[str | None, ...]]
"""The requests that a route matches: the method and the segments; None matches any segment."""


def overlapping(routes: Sequence[Route], source: Source) -> Iterator[Diagnostic]:
    """Yield the problems of routes that overlap."""
    taken = {_taken(route) for route in routes}
    for earlier, later in combinations(routes, 2):
        both = _both(_taken(earlier), _taken(later))
        if _taken(earlier) == _taken(later):
            message = f"no request reaches this route, because {_name(earlier)} matches them all"
            yield Diagnostic(Code.UNREACHABLE_ROUTE, message, source, later.span, "remove one of the two")
        elif both and both not in taken:
            message = f"some requests match both this route and {_name(earlier)}"
            yield Diagnostic(Code.OVERLAPPING_ROUTES, message, source, later.span, f"add a route for both: `{_path(both)}`")


def _taken(route: Route) -> _Taken:
    return route.method, tuple(segment.text if isinstance(segment, Text) else None for segment in route.path)


def _both(one: _Taken, other: _Taken) -> _Taken | None:
    """Return the requests that both match, None if there are none."""
    (method, mine), (its_method, its) = one, other
    if (
        method != its_method
        or len(mine) != len(its)
        or any(None not in pair and pair[0] != pair[1] for pair in zip(mine, its, strict=True))
    ):
        return None
    return method, tuple(first if second is None else second for first, second in zip(mine, its, strict=True))


def _path(taken: _Taken) -> str:
    return "/" + "/".join("{...}" if segment is None else segment for segment in taken[1])


def _name(route: Route) -> str:
    return f"the one at line {route.span.line}" if route.span else "another"
