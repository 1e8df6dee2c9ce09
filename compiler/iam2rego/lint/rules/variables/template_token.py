"""IAM407: a template expression that should have been replaced before IAM sees it."""

import re
from collections.abc import Iterator
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Finding, Occurrence
from iam2rego.lint.subject import Subject
from iam2rego.syntax.places import within
from iam2rego.syntax.report import quote

FINDING: Final = Finding(
    code="IAM407",
    name="template-token",
    level=Level.WARNING,
    summary="A string contains `{{...}}`, `{%...%}`, `<%...%>`, `%{...}`, `#{...}` or `$(...)`, which should have been replaced.",
    why="To IAM it is ordinary text, so the entry or value matches only that text.",
    remedy="Check the rendered policy instead of the template.",
    bad='{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::{{bucket}}/*"}}',
    good='{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "arn:aws:s3:::reports/*"}}',
)

_AUTHORS: Final = (
    (r"\{\{\s*resolve:[^{}]*\}\}", "CloudFormation writes dynamic references"),
    (r"\{\{[^{}]*\}\}", "Jinja, Handlebars and GitHub Actions write variables"),
    (r"\{%[^{%}]*%\}", "Jinja writes statements"),
    (r"<%[^<%>]*%>", "ERB and EJS write code"),
    (r"%\{[^%{}]*\}", "Terraform writes directives"),
    (r"#\{[^#{}]*\}", "Ruby and Octopus Deploy write variables"),
    (r"\$\([^$()]*\)", "shells, Make and Azure Pipelines write variables"),
)
"""Patterns that no ARN and hardly any value contains, with their authors. Each stops at the next opening token, for linear search."""

_OPENING: Final = re.compile(r"\{|<%|\$\(")
_TOKEN: Final = re.compile("|".join(f"({form})" for form, _ in _AUTHORS))


def check(subject: Subject) -> Iterator[Occurrence]:
    """Look for the first token in each string; most strings have no opening token."""
    for statement in subject.statements:
        for span, text in statement.strings.items():
            found = _TOKEN.search(text) if _OPENING.search(text) else None
            if found and found.lastindex:
                _, author = _AUTHORS[found.lastindex - 1]
                message = f"{quote(found[0])} is ordinary text to IAM, which never replaces it"
                hint = f"{author} like this: check the rendered policy"
                yield Occurrence(within(subject.source, span, *found.span()), message, hint)
