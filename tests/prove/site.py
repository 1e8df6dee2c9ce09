"""Claims about what people read and what is published: the site, the release, the manifests."""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as NothingAppears

from tests.browser import chromium
from tests.prove.setting import CHECKOUT, Setting, Verdict, run

_LOADED: Final = re.compile(
    r"<(?:script|img|iframe)[^>]*\ssrc=\"?(https?:[^\"\s>]+)|<link[^>]*rel=\"?stylesheet[^>]*href=\"?(https?:[^\"\s>]+)"
)
_LOCAL: Final = ("file:", "blob:", "data:", "about:")
_WIDTHS: Final = (360, 800, 1440)
_SCHEMES: Final[Sequence[Literal["light", "dark"]]] = ("light", "dark")
_OPENED: Final = ("index.html", "tutorial.html", "commands.html", "semantics.html", "diagnostics/IAM801.html")
_SEARCHED: Final = "permissions boundary"


def the_site_is_whole_and_needs_no_network(_setting: Setting) -> Verdict:
    """The site is built without a broken link, loads nothing from elsewhere, fits every width, and finds words, opened from the disk."""
    said = run(["make", "site"])
    if said.status != 0:
        return Verdict(False, "it is not built", said.text)
    pages = sorted((CHECKOUT / "site").rglob("*.html"))
    faults = [f"{page.name} loads {found}" for page in pages for found in _LOADED.findall(page.read_text(encoding="utf-8"))]
    with chromium.launched() as browser:
        faults += _looked_at(browser)
    return Verdict(not faults, f"{len(pages)} pages, {len(_OPENED)} of them in a browser, {len(faults)} faults", "\n".join(faults))


def _looked_at(browser: Browser) -> Iterator[str]:
    """Yield what is wrong with pages in a browser without a network."""
    for scheme, width in product(_SCHEMES, _WIDTHS):
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
        yield from (f"{scheme}, {width} pixels: {fault}" for fault in _visited(page))
        page.close()


def _visited(page: Page) -> list[str]:
    """Return the faults of all pages that are opened, and of the search."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(_LOCAL) else faults.append(f"asks for {request.url}"))
    for name in _OPENED:
        page.goto((CHECKOUT / "site" / name).as_uri())
        faults += _of(page)
    return faults if _finds(page) else [*faults, f"`{_SEARCHED}` is not found"]


def _of(page: Page) -> Iterator[str]:
    """Yield the faults of one page: wider than the window, or not accessible."""
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        yield f"{page.url} is wider than the window"
    found = Axe().run(page).response["violations"]
    yield from (f"{page.url}: {each['id']}: {each['nodes'][0]['html'][:200]}" for each in found)


def _finds(page: Page) -> bool:
    """Return whether the search of a page finds what is surely there."""
    page.keyboard.press("/")
    page.keyboard.type(_SEARCHED)
    with suppress(NothingAppears):
        page.wait_for_selector(".md-search-result__link", state="attached")
    return page.locator(".md-search-result__link").count() > 0


def a_release_is_the_same_twice_and_lists_what_it_has(_setting: Setting) -> Verdict:
    """`make dist` builds wheel and sdist twice with the same bytes, and writes a bill of materials that names every dependency."""
    with TemporaryDirectory() as folder:
        said = run([sys.executable, "-m", "tests.release", "--into", folder])
        listed = [path.name for path in sorted(Path(folder).iterdir())]
    kinds = [name.rpartition(".")[2] for name in listed]
    return Verdict(said.status == 0 and sorted(kinds) == ["SHA256SUMS", "gz", "json", "whl"], f"it has {', '.join(listed)}", said.text)


def manifests_are_as_kubernetes_says(_setting: Setting) -> Verdict:
    """The manifests of examples/kubernetes hold what Kubernetes' schemas say, and nothing else."""
    manifests = CHECKOUT / "examples" / "kubernetes" / "gateway.yaml"
    said = run([Path(sys.executable).with_name("kubernetes-validate"), "--strict", manifests])
    passed = said.text.count(" passed for resource ")
    return Verdict(said.status == 0 and passed == manifests.read_text(encoding="utf-8").count("\nkind: "), f"{passed} resources", said.text)
