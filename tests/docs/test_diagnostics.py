"""docs/diagnostics.md and docs/diagnostics/ explain every finding, written from the package."""

from iam2rego.lint.page import pages
from iam2rego.lint.registry import all_findings
from tests.docs.refresh import DOCS


def test_the_pages_are_up_to_date() -> None:
    written = {path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8") for path in DOCS.glob("diagnostics/*.md")}
    written["diagnostics.md"] = (DOCS / "diagnostics.md").read_text(encoding="utf-8")
    assert written == pages(all_findings().values()), "run: python -m tests.docs.refresh"
