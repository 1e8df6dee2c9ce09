"""A browser, and pages opened in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.samples import WRITERS, Open


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium, which is obtained if need be: no test is skipped for want of one."""
    with chromium.launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The samples, each in a file."""
    return {name: write(tmp_path_factory.mktemp(name)) for name, write in WRITERS.items()}


@pytest.fixture
def opened(browser: Browser, files: dict[str, Path]) -> Iterator[Open]:
    """What opens a sample."""
    pages: list[Page] = []

    def open_(name: str, **options: object) -> Page:
        page = browser.new_page(**options)
        pages.append(page)
        page.goto(files[name].as_uri())
        return page

    yield open_
    for page in pages:
        page.close()
