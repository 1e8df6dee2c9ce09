"""One HTML page of what a run found: self-contained, and the same bytes for the same run.

`policies` and `disagreements` say what is shown, `render` how: everything that comes from elsewhere is escaped there.
"""

from iam2rego.conformance.page.policies import Subject
from iam2rego.conformance.page.render import page

__all__ = ["Subject", "page"]
