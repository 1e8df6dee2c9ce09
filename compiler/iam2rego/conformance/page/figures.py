"""The figures of a run, as the page shows them."""

from dataclasses import dataclass

from iam2rego.conformance.run import ConformReport


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, its name, and the total if it is a share."""

    label: str
    count: int
    of: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether the share is complete."""
        return self.of is None or self.count == self.of


def figures(report: ConformReport) -> tuple[Figure, ...]:
    """Return the counts of requests, and how much of the policies they showed, in the words of the report as text."""
    seen = report.coverage
    parts = (Figure("parts seen to decide", seen.flipped, seen.parts - seen.infeasible),) if seen.parts else ()
    infeasible = (Figure("parts that cannot decide", seen.infeasible),) if seen.infeasible else ()
    return (
        Figure("policies", report.policies),
        Figure("statements", report.statements),
        Figure("requests", report.requests),
        Figure("statements seen to apply", seen.applied, seen.statements),
        Figure("statements seen not to apply", seen.not_applied, seen.statements),
        *parts,
        *infeasible,
    )
