"""``rule``: says what a code means."""

from enum import StrEnum
from typing import Annotated

import typer

from iam2rego.cli.shared.output import failures_reported, show, show_json
from iam2rego.lint.page import section
from iam2rego.lint.registry import all_findings
from iam2rego.syntax.report import closest


class RuleFormat(StrEnum):
    """How a finding is explained: for people, or as an object."""

    TEXT = "text"
    JSON = "json"


def rule(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code of a message, such as IAM501.", show_default=False)],
    format_: Annotated[RuleFormat, typer.Option("--format", help="How the finding is explained.")] = RuleFormat.TEXT,
) -> None:
    """Say what a code means, with an example and what to do: the section of docs/diagnostics.md."""
    with failures_reported(as_json=format_ is RuleFormat.JSON):
        finding = all_findings().get(code.upper())
        if finding is None:
            close = closest(code, tuple(all_findings()))
            raise typer.BadParameter(f"there is no code {code}{f'; did you mean {close}?' if close else ''}", param_hint="CODE")
        if format_ is RuleFormat.JSON:
            show_json(finding.as_json())
        else:
            show(section(finding).rstrip())
