"""The context in which all strings of one document are read."""

from collections.abc import Callable
from dataclasses import dataclass

from iam2rego.diagnostics import Code
from iam2rego.source import Span
from iam2rego.syntax.forms import Form
from iam2rego.syntax.placeholders import Parameters
from iam2rego.syntax.places import within
from iam2rego.syntax.report import Report
from iam2rego.syntax.tree import JsonString


@dataclass(frozen=True, slots=True)
class Scope:
    """The report, the parameters, the form of the document, and whether ``${`` opens a variable (V1).

    ``other_type`` returns a hint if the document's content looks like another type of policy, else an empty string.
    """

    report: Report
    parameters: Parameters
    form: Form
    variables: bool
    other_type: Callable[[], str]

    def inside(self, string: JsonString, start: int, end: int) -> Span:
        """Return the place of the characters from ``start`` to ``end`` of ``string``."""
        return within(self.report.source, string.span, start, end)

    def misfit(self, code: Code, span: Span, message: str, hint: str) -> None:
        """Report a malformed entry: an error where IAM or Organizations checks entries; elsewhere it matches nothing (G17)."""
        (self.report.tolerate if self.form.checked else self.report.warn)(code, span, message, hint)
