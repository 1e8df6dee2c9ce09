"""Pages of runs that are made up, and together have all that a page may show."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from playwright.sync_api import Page

from iam2rego.conformance.page import page
from iam2rego.conformance.run import Disagreement
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.jsontext import dumps
from tests.support.made_up_runs import (
    ALLOWING,
    AUDIT,
    BY_PART,
    BY_STATEMENT,
    HOSTILE,
    MARKUP,
    REPORTS,
    REQUEST,
    alone,
    disagreement,
    report,
    subject,
)

Open: TypeAlias = Callable[..., Page]
"""Opens a sample by its name; keyword arguments are those of `Browser.new_page`."""

_DENIED: Final = Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))
_FAILURE: Final = "error: no answer within 10 seconds"


def _replay(disagreement: Disagreement) -> str:
    return f"printf '%s\\n' '{dumps(disagreement.request)}' | iam2rego eval policies --engine opa --format json --request -"


def _disagreeing(folder: Path) -> str:
    asked = subject(folder, reports=REPORTS, audit=AUDIT)
    reports = alone(asked, "reports")
    found = [
        *(disagreement(reports, {**ALLOWING, "action": action}, _DENIED) for action in ("s3:GetObject", "S3:GETOBJECT")),
        disagreement(asked.policies, REQUEST, _FAILURE),
    ]
    return page(report(asked, BY_PART, *found), asked, _replay)


def _agreeing(folder: Path) -> str:
    asked = subject(folder, reports=REPORTS, audit=AUDIT, **{f"policy-{number}": AUDIT for number in range(20)})
    return page(report(asked, BY_STATEMENT), asked, _replay)


def _hostile(folder: Path) -> str:
    asked = subject(folder, hostile=HOSTILE, **{"word" * 40: AUDIT})
    found = disagreement(asked.policies, {**ALLOWING, "action": MARKUP, "resource": f"arn:aws:s3:::{MARKUP}"}, f"error: {MARKUP}")
    return page(report(asked, BY_STATEMENT, found), asked, lambda _: MARKUP)


def _writer(make: Callable[[Path], str]) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / "policies").mkdir()
        file = folder / "report.html"
        file.write_text(make(folder / "policies"), "utf-8")
        return file

    return write


WRITERS: Final[Mapping[str, Callable[[Path], Path]]] = {
    "disagreeing": _writer(_disagreeing),
    "agreeing": _writer(_agreeing),
    "hostile": _writer(_hostile),
}
"""What writes each page into a folder and returns its file, by name."""
