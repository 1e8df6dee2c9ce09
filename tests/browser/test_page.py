"""The page of a run, in a browser: what a reader sees, on whatever and however they look at it."""

from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.samples import Open
from tests.support.made_up_runs import MARKUP

SAMPLES: Final = ("disagreeing", "agreeing", "hostile", "checked", "used")
OPEN_ALL: Final = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


def whole(page: Page) -> Page:
    """Open all that can be opened."""
    page.evaluate(OPEN_ALL)
    return page


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_page_has_no_errors_and_asks_for_nothing(browser: Browser, files: dict[str, Path], sample: str) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url))
    page.goto(files[sample].as_uri())
    whole(page).wait_for_load_state("networkidle")
    assert told == [files[sample].as_uri()]


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_page_is_no_wider_than_the_window(opened: Open, sample: str, width: int) -> None:
    page = whole(opened(sample, viewport={"width": width, "height": 800}))
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_everybody_can_read_and_use_the_page(opened: Open, sample: str, scheme: str) -> None:
    found = Axe().run(whole(opened(sample, color_scheme=scheme, viewport={"width": 360, "height": 800})))
    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize(
    ("index", "words"),
    [
        pytest.param(0, "✗ part of 2 disagreements", id="disagreeing"),
        pytest.param(1, "✓ 2 of 2 parts shown", id="covered"),
        pytest.param(2, "– no request can show it", id="infeasible"),
        pytest.param(3, "✗ part of 3 disagreements", id="disagreeing/by-several"),
    ],
)
def test_what_is_known_of_a_statement_is_said_in_words(opened: Open, index: int, words: str) -> None:
    statement = whole(opened("disagreeing", forced_colors="active")).locator(".statement").nth(index + 1)
    expect(statement.locator("h4 .mark")).to_have_text(words)


GREEN: Final = """[...document.querySelectorAll('.statement.disagrees, .statement.disagrees *')].map((each) => getComputedStyle(each))
    .filter((style) => style.getPropertyValue('--of') === style.getPropertyValue('--good')).length"""


def test_a_statement_that_is_part_of_a_disagreement_is_nowhere_green(opened: Open) -> None:
    page = whole(opened("disagreeing"))
    assert (page.locator(".statement.disagrees").count(), page.evaluate(GREEN)) == (2, 0)


def test_parts_have_their_requests_or_the_reason_why_there_are_none(opened: Open) -> None:
    parts = whole(opened("disagreeing")).locator(".statement").nth(1).locator(".parts > ul > li")
    expect(parts.nth(0)).to_contain_text("✓ shown")
    expect(parts.nth(0).locator("li").first).to_have_text('context.aws:SourceIp: "203.0.114.0" instead of "203.0.113.9"')
    expect(parts.nth(1)).to_contain_text("– shadowed: Deny statement 1 `OnlyEncrypted` (10,000 requests searched)")
    expect(parts.nth(4)).to_contain_text("○ not shown")


def test_lines_that_opa_did_not_evaluate_have_a_sign(opened: Open) -> None:
    policy = whole(opened("disagreeing")).locator(".policy").last
    expect(policy.locator("> .about")).to_contain_text("OPA evaluated all of its Rego but the 2 lines with ○")
    expect(policy.locator(".line", has_text="○")).to_have_text(["○allow contains 2 if {", '○  input.action == "s3:putobject"'])


def test_a_disagreement_shows_both_documents_and_what_differs(opened: Open) -> None:
    page = opened("disagreeing")
    first, second = page.locator(".disagreement").all()
    expect(page.locator("h1 + .verdict")).to_have_text("✗ The engines disagree on 3 of 1,205 requests.")
    expect(first.locator("h3")).to_have_text("reports: native decides allowed, OPA implicitDeny")
    expect(first.locator("mark").first).to_have_text('≠ "decision": "allowed",')
    expect(first.locator(".side").nth(1).locator("mark").first).to_have_text('≠ "decision": "implicitDeny",')
    expect(first.locator(".reasons").nth(0)).to_contain_text("Allow statement 0 ReadReports of reports (reports.json:4:5) applies")
    expect(first.locator(".reasons").nth(1)).to_contain_text("no identity-based policy allows it")
    expect(first.locator("summary")).to_have_text("1 more of the same kind")
    expect(second.locator("mark")).to_have_text("≠error: no answer within 10 seconds")


def test_a_disagreement_leads_to_the_statement(opened: Open) -> None:
    page = opened("disagreeing")
    page.get_by_role("link", name="statement 0 of reports").click()
    expect(page.get_by_role("heading", name="Allow statement 0 ReadReports")).to_be_in_viewport()


def test_the_command_is_copied(opened: Open) -> None:
    page = opened("disagreeing")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the command").first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("printf '%s\\n' '{")
    assert copied.endswith("--request -")


def test_policies_are_found_by_name(opened: Open) -> None:
    page = opened("agreeing")
    page.get_by_label("Name contains").fill("REPORT")
    expect(page.locator(".policy:visible h3")).to_have_text(["reports"])
    expect(page.locator("output")).to_have_text("1 of 22 shown")
    page.get_by_label("Name contains").fill("no such")
    expect(page.get_by_text("No policy has such a name.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_policies_with_findings_are_found(opened: Open, scripts: bool) -> None:
    page = opened("agreeing", java_script_enabled=scripts)
    page.get_by_label("with findings").check()
    expect(page.locator(".policy:visible h3")).to_have_text(["reports"])
    page.get_by_label("with disagreements").check()
    expect(page.locator(".policy:visible")).to_have_count(0)


def test_without_scripts_nothing_is_lacking_but_what_needs_them(opened: Open) -> None:
    page = opened("agreeing", java_script_enabled=False)
    expect(page.get_by_label("Name contains")).to_be_hidden()
    page.get_by_role("heading", name="reports").click()
    expect(page.get_by_text("Allow statement 0 ReadReports")).to_be_visible()


def test_the_page_is_used_by_keyboard(opened: Open) -> None:
    page = opened("agreeing")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.locator(".policy > summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".policy").first.locator(".statement")).to_be_visible()


def test_what_is_closed_is_printed_all_the_same(opened: Open) -> None:
    page = opened("agreeing")
    page.emulate_media(media="print")
    expect(page.locator(".statement").last).to_be_visible()
    expect(page.locator(".filter")).to_be_hidden()


def test_hostile_texts_are_shown_as_texts(opened: Open) -> None:
    page = whole(opened("hostile"))
    assert page.evaluate("[window.hostile, document.images.length, document.scripts.length]") == [None, 0, 1]
    shown = MARKUP.replace("\u202e", "\N{REPLACEMENT CHARACTER}")
    expect(page.locator(".statement h4 code").first).to_have_text(shown)
    expect(page.locator(".replay")).to_have_text(shown)
