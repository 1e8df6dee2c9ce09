"""Tokens of templates: text that another program should have replaced before IAM sees it."""

import re
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.syntax.report import quote
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.tree import JsonString

_AUTHORS: Final = (
    (r"\{\{\s*resolve:[^{}]*\}\}", "CloudFormation writes dynamic references"),
    (r"\{\{[^{}]*\}\}", "Jinja, Handlebars and GitHub Actions write variables"),
    (r"\{%[^{%}]*%\}", "Jinja writes statements"),
    (r"<%[^<%>]*%>", "ERB and EJS write code"),
    (r"%\{[^%{}]*\}", "Terraform writes directives"),
    (r"#\{[^#{}]*\}", "Ruby and Octopus Deploy write variables"),
    (r"\$\([^$()]*\)", "shells, Make and Azure Pipelines write variables"),
)
"""What no ARN and hardly a value holds, and who writes it. Each form stops at the next token that opens, so a search is linear."""

_OPENINGS: Final = ("{", "<%", "$(")
_TOKEN: Final = re.compile("|".join(f"({form})" for form, _ in _AUTHORS))


def warn_of_templates(string: JsonString, scope: Scope) -> None:
    """Warn of the first token in ``string``; most have nothing that opens one."""
    if not any(opening in string.value for opening in _OPENINGS):
        return
    found = _TOKEN.search(string.value)
    if found and found.lastindex:
        _, author = _AUTHORS[found.lastindex - 1]
        message = f"{quote(found[0])} is ordinary text to IAM, and stays in the policy as it is"
        hint = f"{author} like this: check the policy that is rendered, with the value filled in"
        scope.report.warn(Code.TEMPLATE_TOKEN, scope.inside(string, *found.span()), message, hint)
