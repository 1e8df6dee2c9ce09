"""docs/commands.md has the help of every command."""

from tests.docs.commands_page import commands_page
from tests.docs.refresh import DOCS


def test_the_page_is_up_to_date() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == commands_page(), "run: python -m tests.docs.refresh"
