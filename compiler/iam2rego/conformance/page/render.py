"""Renders the views of a run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from iam2rego import pages
from iam2rego.conformance.grouping import grouped
from iam2rego.conformance.page.coverage_marks import Sign
from iam2rego.conformance.page.disagreements import concerned, disagreement_views, involved
from iam2rego.conformance.page.figures import figures
from iam2rego.conformance.page.policies import PolicyView, Subject, anchors, policy_views
from iam2rego.conformance.run import ConformReport, Disagreement

_ROOM: Final = 3_000_000
"""How many characters of policies and modules a page may exceed by one policy: even a phone opens such a page quickly."""

_MOST_GROUPS: Final = 50
"""How many groups of disagreements a page shows; more groups than this usually have few causes."""


def page(report: ConformReport, subject: Subject, replay: Callable[[Disagreement], str]) -> str:
    """Return the page; if there are too many policies, it leaves out the texts of those without findings and says so."""
    groups, is_agreed = grouped(report.disagreements), not report.disagreements and not report.all_invalid
    views = list(policy_views(subject, report.coverage, concerned(report.disagreements), involved(report.disagreements)))
    return pages.html(
        "conform.html",
        "conform",
        subject.named,
        standing=pages.Standing.AGREE if is_agreed else pages.Standing.DISAGREE,
        is_agreed=is_agreed,
        figures=figures(report),
        report=report,
        origin=subject.origin,
        revision=subject.revision,
        groups=list(disagreement_views(groups[:_MOST_GROUPS], replay, anchors(subject.policies))),
        groups_left_out=len(groups[_MOST_GROUPS:]),
        policies=views,
        bodies=_bodies(views),
        Sign=Sign,
    )


def _bodies(views: Sequence[PolicyView]) -> Mapping[str, Markup]:
    """Return the texts of policies by name, as many as the page has room for, those with findings first."""
    bodies: dict[str, Markup] = {}
    room = _ROOM
    for view in sorted(views, key=lambda each: not (each.disagreements or each.findings)):
        if room <= 0:
            break
        bodies[view.name] = pages.fragment("policy.html", policy=view)
        room -= len(bodies[view.name])
    return bodies
