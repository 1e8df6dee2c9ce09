"""Pages of runs that are made up, and together have all that a page may show."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

from playwright.sync_api import Page

from iam2rego.cli.commands.check.page import check_page
from iam2rego.cli.commands.check.printing import Report
from iam2rego.conformance.page import page
from iam2rego.conformance.run import Disagreement
from iam2rego.diagnostics import Diagnostic, Level
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.policy import Effect
from iam2rego.jsontext import dumps
from iam2rego.source import Source, Span
from iam2rego.sources import load
from iam2rego.usage import Logged, Usage
from iam2rego.usage.logged import Evidence
from iam2rego.usage.page import usage_page
from iam2rego.usage.report import usage_head, usage_json
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


def _checked(folder: Path) -> str:
    (folder / "reports.json").write_text(REPORTS, "utf-8")
    (folder / "hostile.json").write_text(HOSTILE, "utf-8")
    reports, hostile = (Source(f"policies/{name}.json", text) for name, text in (("reports", REPORTS), ("hostile", HOSTILE)))
    return check_page(
        Report(
            [reports.name, hostile.name],
            [
                Diagnostic("IAM101", f"unknown member `{MARKUP}`", hostile, Span(1, 2, 1, 9), hint="remove `it`", given=Level.ERROR),
                Diagnostic("IAM840", "`*` on `*` allows everything", reports, Span(24, 5, 24, 77), given=Level.SECURITY),
                Diagnostic(
                    "IAM507", "these are never both true", reports, Span(18, 5, 23, 6), hint="correct one of them", given=Level.WARNING
                ),
                Diagnostic("IAM113", "the policy is long", reports, given=Level.NOTICE),
            ],
            Level.WARNING,
        ),
        ["policies"],
    )


def _used(folder: Path) -> str:
    (folder / "reports.json").write_text(REPORTS, "utf-8")
    (folder / "audit.json").write_text(AUDIT, "utf-8")
    loaded = load([str(folder)])
    usage = Usage(loaded.policies)
    for action in ("ecs:ListTasks", "ecs:ListTasks", "ecs:DescribeTasks"):
        event = {"principal": "*", "action": action, "resource": "*", "context": {}}
        usage.add(
            Logged(
                outcome=Outcome.ALLOWED,
                allowed=True,
                statements=(Evidence(("audit", 0), "", Effect.ALLOW),),
                request=event,
                refused=False,
                revisions=(),
                time="2026-11-27T12:00:00Z",
            )
        )
    return usage_page(usage_json(usage, loaded.sources, {}), [*usage_head(usage, {})], ["logs", "policies"])


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
    "checked": _writer(_checked),
    "used": _writer(_used),
}
"""What writes each page into a folder and returns its file, by name."""
