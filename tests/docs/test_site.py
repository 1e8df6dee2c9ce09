"""The site has every document; `make prove` builds it."""

from collections.abc import Iterator
from typing import Final

import yaml

from tests.docs.refresh import CHECKOUT, DOCS


class _Reader(yaml.SafeLoader):
    """Reads mkdocs.yml without making the Python objects that it names."""


_Reader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
CONFIGURATION: Final = yaml.load((CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8"), _Reader)


def listed(nav: object) -> Iterator[str]:
    """The pages of the navigation."""
    if isinstance(nav, str):
        yield nav
    for each in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from listed(each)


PAGES: Final = list(listed(CONFIGURATION["nav"]))


def test_every_document_is_listed_once() -> None:
    """The pages of single codes are not in the navigation: the tables of codes lead to them."""
    documents = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if not path.stem.startswith("IAM")]
    assert sorted(documents) == sorted(page for page in PAGES if page != "index.md" and not page.startswith("repository/"))


def test_other_pages_are_documents_of_the_repository() -> None:
    others = [page.removeprefix("repository/") for page in PAGES if page.startswith("repository/")]
    assert [page for page in others if not (CHECKOUT / page).is_file()] == []


def test_nothing_comes_from_elsewhere() -> None:
    assert CONFIGURATION["theme"]["font"] is False
    assert [script for script in CONFIGURATION["extra"]["polyfills"] if not (DOCS / script).is_file()] == []
