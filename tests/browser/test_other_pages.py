"""The pages of `check` and `usage`, which have the look of the page of a run."""

import pytest
from playwright.sync_api import expect

from tests.browser.samples import Open
from tests.support.made_up_runs import MARKUP


def test_findings_are_listed_by_code_and_shown_at_their_lines(opened: Open) -> None:
    page = opened("checked")
    expect(page.locator("h1")).to_have_text("iam2rego check policies")
    expect(page.locator("h1 + .verdict")).to_have_text("✗ 1 error, 1 security finding, 1 warning, 1 notice")
    expect(page.locator("tbody th")).to_have_text(["IAM101", "IAM840", "IAM507", "IAM113"])
    reports = page.locator(".policy").last
    reports.locator("summary").click()
    security = reports.locator(".finding.security")
    expect(security.locator("h4")).to_have_text("‼ security IAM840 Line 24: * on * allows everything")
    expect(security.locator("mark")).to_contain_text('"Sid": "Anything"')
    expect(reports.locator(".finding.warning .help")).to_have_text("Help: correct one of them")


def test_findings_are_chosen_by_level_and_file(opened: Open) -> None:
    page = opened("checked", java_script_enabled=False)
    page.get_by_label("errors").check()
    expect(page.locator(".policy:visible h3")).to_have_text(["policies/hostile.json"])
    again = opened("checked")
    again.get_by_label("Name contains").fill("reports")
    expect(again.locator(".policy:visible h3")).to_have_text(["policies/reports.json"])


def test_hostile_messages_are_shown_as_texts(opened: Open) -> None:
    page = opened("checked")
    page.locator(".policy summary").first.click()
    assert page.evaluate("[window.hostile, document.images.length, document.scripts.length]") == [None, 0, 1]
    expect(page.locator(".finding.error h4 code")).to_have_text(MARKUP.replace("\u202e", "\N{REPLACEMENT CHARACTER}"))


def test_statements_have_their_decisions_in_a_table(opened: Open) -> None:
    page = opened("used")
    expect(page.locator("h1")).to_have_text("iam2rego usage logs policies")
    expect(page.locator("h1 + .verdict")).to_have_text("○ 4 of 5 statements never decided")
    audit = page.locator(".policy").first
    audit.locator("summary").first.click()
    expect(audit.locator("thead th")).to_have_text(["Statement", "Decisions", "Actions", "Resources", "Never used"])
    expect(audit.locator("tbody tr").first.locator("td").nth(1)).to_have_text("ecs:ListTasks 2ecs:DescribeTasks 1")
    page.get_by_label("with statements never used").check()
    expect(page.locator(".policy:visible h3")).to_have_text(["reports"])


def test_words_of_json_and_rego_have_colours(opened: Open) -> None:
    page = opened("disagreeing")
    page.get_by_role("heading", name="reports", exact=True).click()
    policy, rego = page.locator(".statement").nth(1).locator("pre.numbered").all()
    expect(policy.locator(".k").first).to_have_text('"Sid"')
    expect(rego.locator(".w").first).to_have_text("contains")
    colours = "[...document.querySelectorAll('.k, .s, .w')].map((each) => getComputedStyle(each).color)"
    assert len(set(page.evaluate(colours))) == 3


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("sample", ["checked", "used"])
def test_a_table_breaks_no_word(opened: Open, sample: str, width: int) -> None:
    page = opened(sample, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    codes = "[...document.querySelectorAll('tbody code')].filter((each) => each.checkVisibility())"
    lines = page.evaluate(f"{codes}.map((each) => each.getClientRects().length)")
    assert set(lines) == {1}
