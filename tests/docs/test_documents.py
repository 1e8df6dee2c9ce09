"""What the documents show is what the commands print and what the files hold, and their links lead somewhere."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.docs.refresh import CHECKOUT, DIAGNOSTICS, DOCUMENTS, lay_out, of_any_version, refreshed, text

_LINK: Final = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_shows_what_is(document: str, tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert of_any_version(text(document)) == of_any_version(refreshed(document, tmp_path)), "run: python -m tests.docs.refresh"


def anchors(document: Path) -> set[str]:
    """The anchors that a forge gives to the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def links(document: str) -> list[tuple[Path, str]]:
    """The links to files of the checkout, with the anchor or an empty text."""
    home = CHECKOUT / document
    return [(home.parent / target if target else home, anchor) for target, anchor in _LINK.findall(text(document)) if "://" not in target]


@pytest.mark.parametrize("document", [*DOCUMENTS, *DIAGNOSTICS])
def test_links_lead_to_files(document: str) -> None:
    assert [path for path, _ in links(document) if not path.exists()] == []


@pytest.mark.parametrize("document", [*DOCUMENTS, *DIAGNOSTICS])
def test_links_lead_to_headings(document: str) -> None:
    assert [(path, anchor) for path, anchor in links(document) if anchor and anchor not in anchors(path)] == []
