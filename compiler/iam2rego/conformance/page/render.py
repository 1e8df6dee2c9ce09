"""Writes the views as HTML, with the templates in `templates/`."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from iam2rego import __version__
from iam2rego.conformance.grouping import grouped
from iam2rego.conformance.page.coverage_marks import Sign
from iam2rego.conformance.page.disagreements import concerned, disagreement_views
from iam2rego.conformance.page.figures import figures
from iam2rego.conformance.page.policies import PolicyView, Subject, anchors, policy_views
from iam2rego.conformance.run import ConformReport, Disagreement
from iam2rego.diagnostics import printable

_ROOM: Final = 3_000_000
"""How many characters of policies and modules a page may exceed by one policy: even a phone opens such a page quickly."""

_MOST_GROUPS: Final = 50
"""How many groups of disagreements a page shows; more groups than this usually have few causes."""

_TAB_WIDTH: Final = 2


def page(report: ConformReport, subject: Subject, replay: Callable[[Disagreement], str]) -> str:
    """Return the page; if there are too many policies, it leaves out the texts of those without findings and says so."""
    groups = grouped(report.disagreements)
    views = list(policy_views(subject, report.coverage, concerned(report.disagreements)))
    return _TEMPLATES.get_template("page.html").render(
        figures=figures(report),
        report=report,
        version=__version__,
        origin=subject.origin,
        groups=list(disagreement_views(groups[:_MOST_GROUPS], replay, anchors(subject.policies))),
        groups_left_out=len(groups[_MOST_GROUPS:]),
        policies=views,
        bodies=_bodies(views),
        Sign=Sign,
        style=_STYLE,
        script=_SCRIPT,
        content_security=f"default-src 'none'; style-src {_hash(_STYLE)}; script-src {_hash(_SCRIPT)}; base-uri 'none'; form-action 'none'",
    )


def _bodies(views: Sequence[PolicyView]) -> Mapping[str, Markup]:
    """Return the texts of policies by name, as many as the page has room for, those with findings first."""
    bodies: dict[str, Markup] = {}
    template, room = _TEMPLATES.get_template("policy.html"), _ROOM
    for view in sorted(views, key=lambda each: not (each.disagreements or each.findings)):
        if room <= 0:
            break
        bodies[view.name] = Markup(template.render(policy=view))
        room -= len(bodies[view.name])
    return bodies


def _shown(value: object) -> object:
    """Replace characters that reorder or hide text, such as bidirectional marks, so that the page shows what a policy really says."""
    return printable(value.expandtabs(_TAB_WIDTH)) if isinstance(value, str) and not isinstance(value, Markup) else value


def _text(name: str) -> Markup:
    return Markup(resources.files(__package__).joinpath("templates", name).read_text("utf-8"))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


_TEMPLATES: Final = Environment(
    loader=PackageLoader(__package__),
    autoescape=True,
    finalize=_shown,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_STYLE: Final = _text("page.css")
_SCRIPT: Final = _text("page.js")
