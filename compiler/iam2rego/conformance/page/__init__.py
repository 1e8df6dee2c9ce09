"""One HTML page about a run: self-contained, and the same bytes for the same run.

`policies` and `disagreements` choose the content; `pages` has the templates, and escapes all text from elsewhere.
"""

from iam2rego.conformance.page.policies import Subject
from iam2rego.conformance.page.render import page

__all__ = ["Subject", "page"]
