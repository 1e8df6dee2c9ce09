"""Writes the pictures of the page that the documents show; look at them before they are committed."""

import io
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from tests.browser import chromium
from tests.browser.samples import WRITERS

CHECKOUT: Final = Path(__file__).parents[2]
_COLOURS: Final = 64


def main() -> None:
    """Take a picture of a disagreement, one of statements beside their Rego, and one on a telephone."""
    file = WRITERS["disagreeing"](Path(tempfile.mkdtemp()))
    with chromium.launched() as browser:
        wide = _opened(browser, file, width=1100, height=780)
        wide.evaluate("document.querySelectorAll('.sides ~ *').forEach((each) => { each.hidden = true; })")
        _save(wide.locator(".disagreement").first, "disagreement.png")
        wide.reload()
        _show_policy(wide)
        _save(wide, "policy-beside-rego.png")
        narrow = _opened(browser, file, width=360, height=720)
        _show_policy(narrow)
        _save(narrow, "on-a-telephone.png")


def _opened(browser: Browser, file: Path, *, width: int, height: int) -> Page:
    scheme = "light" if width > height else "dark"
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
    page.goto(file.as_uri())
    return page


def _show_policy(page: Page) -> None:
    page.get_by_role("heading", name="reports", exact=True).click()
    page.evaluate("document.querySelector('.policy[open]').scrollIntoView()")


def _save(shown: Page | Locator, name: str) -> None:
    picture = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(CHECKOUT / "docs" / "pictures" / name, optimize=True)


if __name__ == "__main__":
    main()
