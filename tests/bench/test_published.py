"""The documents and the chart show the figures of the run that is committed."""

from pathlib import Path

import pytest

from tests.bench.publish import DOCUMENTS, PICTURE, document, picture


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.parent.name)
def test_the_documents_show_the_figures_of_the_run(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == document(path), "run: python -m tests.bench.publish docs/performance.json"


def test_the_picture_shows_them_too() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(), "run: python -m tests.bench.publish docs/performance.json"
