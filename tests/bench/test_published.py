"""The committed figures are those of a run: the document and the picture show what the file of the run holds."""

from tests.bench.publish import DOCUMENT, PICTURE, document, picture


def test_the_document_shows_the_figures_of_the_run() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run: python tests/bench/publish.py docs/performance.json"


def test_the_picture_shows_them_too() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(), "run: python tests/bench/publish.py docs/performance.json"
