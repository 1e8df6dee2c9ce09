"""docs/diagnostics.md has a section for every finding, written from the package."""

from iam2rego.lint.page import page
from iam2rego.lint.registry import all_findings
from tests.docs.refresh import DIAGNOSTICS


def test_the_page_is_up_to_date() -> None:
    assert DIAGNOSTICS.read_text(encoding="utf-8") == page(all_findings().values()), "run: python -m tests.docs.refresh"
