"""``rule``: explains the code of a message."""

from enum import StrEnum
from typing import ClassVar

from iam2rego.cli.shared.command import argument, choice, command, group, options
from iam2rego.cli.shared.output import failures_reported, refuse, show, show_json
from iam2rego.lint.finding import Finding
from iam2rego.lint.page import explanation
from iam2rego.lint.registry import all_findings
from iam2rego.syntax.report import closest


class RuleFormat(StrEnum):
    """How a code is explained: for people, or as an object."""

    TEXT = "text"
    JSON = "json"


@options
class Printing:
    """What `rule` prints."""

    heading: ClassVar = "Output"

    format: RuleFormat = choice("--format", default=RuleFormat.TEXT, explanation="How the code is explained.")


@options
class Options:
    """The options of `rule`."""

    code: str = argument("CODE", "The code of a message, such as IAM501.")
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Explain the code of a message, with an example and what to do."""
    as_json = options.printing.format is RuleFormat.JSON
    with failures_reported(as_json=as_json):
        finding = _finding(options.code)
        if as_json:
            show_json(finding.as_json())
        else:
            show(explanation(finding).rstrip())


def _finding(code: str) -> Finding:
    findings = all_findings()
    if code.upper() not in findings:
        near = closest(code, tuple(findings))
        refuse(f"there is no code {code}; {f'did you mean {near}?' if near else 'codes are such as IAM501'}", "CODE")
    return findings[code.upper()]
