"""What holds for every string of one document."""

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
    """Where problems go, what placeholders are bound to, what the document may hold, and whether ``${`` opens a variable (V1).

    ``other_type`` returns the hint for a document that is of another type by its content, an empty one for all others.
    """

    report: Report
    parameters: Parameters
    form: Form
    variables: bool
    other_type: Callable[[], str]

    def inside(self, string: JsonString, start: int, end: int) -> Span:
        """Return the place of some characters of ``string``."""
        return within(self.report.source, string.span, start, end)

    def misfit(self, code: Code, span: Span, message: str, hint: str) -> None:
        """Report a malformed entry: an error where IAM or Organizations checks entries, elsewhere it just matches nothing (G17)."""
        (self.report.tolerate if self.form.checked else self.report.warn)(code, span, message, hint)
