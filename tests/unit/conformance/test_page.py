"""What the page of a run shows, before a browser does."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from iam2rego.conformance.freshness import Freshness, State
from iam2rego.conformance.grouping import grouped
from iam2rego.conformance.invalid import AllInvalid
from iam2rego.conformance.page import page
from iam2rego.conformance.page.changes import Change, changes
from iam2rego.conformance.page.coverage_marks import Seen, Sign
from iam2rego.conformance.page.difference import Line, compared, laid_out
from iam2rego.conformance.page.policies import policy_views
from iam2rego.conformance.page.rules import rules_of
from iam2rego.coverage import Coverage, Pair
from iam2rego.coverage.observe import Place
from iam2rego.engines.compare import Answer
from iam2rego.ir.decision import Decision, Outcome
from iam2rego.jsontext import JsonValue, Number
from tests.support.made_up_runs import (
    ALLOWING,
    AUDIT,
    BY_PART,
    BY_STATEMENT,
    HOSTILE,
    MARKUP,
    REPORTS,
    REQUEST,
    alone,
    disagreement,
    report,
    subject,
)

DENIED: Final = Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",))
MODULE: Final = """# Compiled by iam2rego from "p.json"
package iam.policies.p

import data.iam.lib.read

# METADATA
# labels:
#   policy: "p"
#   sid: "A"
#   index: 0
allow contains 0 if statement_0_condition_0

# StringNotEquals "k"
statement_0_condition_0 if context.absent("k")

deny contains 10 if input.action == "a:b"

allow contains [2, kind] if true

reads_context contains 10
"""


def test_rules_belong_to_the_statements_that_they_come_from() -> None:
    rules = rules_of(MODULE)
    assert rules.others == (
        (1, '# Compiled by iam2rego from "p.json"'),
        (2, "package iam.policies.p"),
        (3, ""),
        (4, "import data.iam.lib.read"),
    )
    assert rules.statements == {
        0: (
            (11, "allow contains 0 if statement_0_condition_0"),
            (12, ""),
            (13, '# StringNotEquals "k"'),
            (14, 'statement_0_condition_0 if context.absent("k")'),
        ),
        10: ((16, 'deny contains 10 if input.action == "a:b"'), (17, ""), (20, "reads_context contains 10")),
        2: ((18, "allow contains [2, kind] if true"),),
    }


@pytest.mark.parametrize(
    ("value", "want"),
    [
        pytest.param({}, ["{}"], id="empty"),
        pytest.param({"a": Number("1.0"), "b": ["x"]}, ["{", '  "a": 1.0,', '  "b": [', '    "x"', "  ]", "}"], id="a-member-a-line"),
        pytest.param([{"a": [[]]}, "b"], ["[", "  {", '    "a": [[]]', "  },", '  "b"', "]"], id="what-is-deep-shares-a-line"),
        pytest.param("</pre>", ['"</pre>"'], id="text"),
    ],
)
def test_json_is_laid_out_in_lines(value: JsonValue, want: list[str]) -> None:
    assert laid_out(value) == want


def differing(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines if line.differs]


@pytest.mark.parametrize(
    ("opa", "native_lines", "opa_lines"),
    [
        pytest.param(DENIED, [], [], id="equal"),
        pytest.param(
            DENIED.model_copy(update={"denied_by": ("identity", "session")}), [], ['    "session"'], id="a-comma-makes-no-difference"
        ),
        pytest.param(
            DENIED.model_copy(update={"decision": Outcome.ALLOWED}),
            ['  "decision": "implicitDeny",'],
            ['  "decision": "allowed",'],
            id="decision",
        ),
        pytest.param("error: no answer", [], ["error: no answer"], id="failure"),
    ],
)
def test_lines_that_differ_are_marked(opa: Answer, native_lines: list[str], opa_lines: list[str]) -> None:
    native, other = compared(DENIED, opa)
    assert (differing(native), differing(other)) == (native_lines, opa_lines)


def test_two_requests_are_told_apart_by_their_members() -> None:
    pair = Pair({"action": "a:b", "context": {"k": "1", "l": []}}, {"action": "a:c", "context": {"l": [], "m": True}})
    assert list(changes(pair)) == [
        Change("action", '"a:b"', '"a:c"'),
        Change("context.k", '"1"', "absent"),
        Change("context.m", "absent", "true"),
    ]


@pytest.mark.parametrize(
    ("coverage", "index", "sign", "words"),
    [
        pytest.param(BY_STATEMENT, 0, Sign.COVERED, "seen to apply and not to apply", id="statement/both"),
        pytest.param(BY_STATEMENT, 2, Sign.NEVER, "never seen to apply", id="statement/never"),
        pytest.param(BY_STATEMENT, 3, Sign.ALWAYS, "never seen not to apply", id="statement/always"),
        pytest.param(BY_PART, 0, Sign.PARTLY, "4 of 5 parts shown, 1 infeasible", id="parts/some"),
        pytest.param(BY_PART, 1, Sign.COVERED, "2 of 2 parts shown", id="parts/all"),
        pytest.param(BY_PART, 2, Sign.INFEASIBLE, "no request can show it", id="parts/none-can-be"),
    ],
)
def test_what_is_known_of_a_statement_has_a_sign_and_words(coverage: Coverage, index: int, sign: Sign, words: str) -> None:
    seen, place = Seen.of(coverage), Place("reports", index)
    assert (seen.sign(place), seen.words(place)) == (sign, words)


def test_the_text_of_a_statement_stands_beside_its_rules(tmp_path: Path) -> None:
    (policy,) = policy_views(subject(tmp_path, audit=AUDIT), BY_STATEMENT, {"audit": 3})
    (statement,) = policy.statements
    assert statement.source == ((1, '{"Effect": "Allow", "Action": ["ecs:List*", "ecs:Describe*"], "Resource": "*"}'),)
    assert [text for _, text in statement.rules] == [
        'allow contains 0 if strings.any_prefix_match(input.action, {"ecs:list", "ecs:describe"})'
    ]
    assert (policy.disagreements, policy.findings) == (3, 0)


def test_disagreements_of_one_kind_are_one_group(tmp_path: Path) -> None:
    asked = subject(tmp_path, reports=REPORTS, audit=AUDIT)
    reports = alone(asked, "reports")
    one, alike = (
        disagreement(reports, each, DENIED) for each in (ALLOWING, {**ALLOWING, "resource": "arn:aws:s3:::reports/richard-roe/b"})
    )
    other, together = disagreement(reports, REQUEST, DENIED), disagreement(asked.policies, ALLOWING, DENIED)
    groups = grouped([one, other, alike, together])
    assert [(group.first, group.others) for group in groups] == [(one, (alike,)), (other, ()), (together, ())]


def shown(page: str) -> str:
    """The text of a page, without its style and script."""
    return re.sub(r"(?s)<(style|script)>.*?</\1>|<[^>]*>", "", page)


def test_a_page_without_disagreements_says_that_the_engines_agree(tmp_path: Path) -> None:
    asked = subject(tmp_path, audit=AUDIT)
    text = shown(page(report(asked, Coverage(1, 1, 1)), asked, str))
    assert "The engines agree on all 1,205 requests." in text
    assert "Disagreements" not in text


def test_a_page_says_whether_the_decisions_or_only_their_reasons_differ(tmp_path: Path) -> None:
    asked = subject(tmp_path, reports=REPORTS)
    found = [disagreement(asked.policies, ALLOWING, DENIED.model_copy(update={"decision": each})) for each in Outcome]
    heads = re.findall("<h3 .*?>(.*)</h3>", page(report(asked, BY_STATEMENT, *found), asked, str))
    assert [shown(each) for each in heads if "decide" in each] == [
        "reports: both decide allowed, for different reasons",
        "reports: native decides allowed, OPA explicitDeny",
        "reports: native decides allowed, OPA implicitDeny",
    ]


def test_a_page_says_how_an_earlier_output_stands(tmp_path: Path) -> None:
    asked = subject(tmp_path, audit=AUDIT)
    stale = replace(report(asked, Coverage(1, 1, 1)), freshness=Freshness(State.STALE, "it has another revision"))
    assert "What was checked is stale: it has another revision." in shown(page(stale, asked, str))


def test_a_page_says_where_every_request_is_invalid(tmp_path: Path) -> None:
    shown = subject(tmp_path, audit=AUDIT)
    found = replace(report(shown, BY_STATEMENT), all_invalid=(AllInvalid("audit", 7, "`action` is <empty>"),))
    text = page(found, shown, lambda _: "again")
    assert "The engines agree, but not everything was compared." in text
    assert "audit: all 7 requests are invalid, so nothing was compared; the first: `action` is &lt;empty&gt;" in text
    assert "✓" not in text[: text.index("</header>")]


def test_texts_that_try_to_be_markup_stay_texts(tmp_path: Path) -> None:
    asked = subject(tmp_path, hostile=HOSTILE)
    found = disagreement(asked.policies, MARKUP, f"error: {MARKUP}")
    html = page(report(asked, Coverage(1, 1, 1), found), asked, lambda _: MARKUP)
    assert "<img" not in html
    assert "<!--" not in html
    assert "\u202e" not in html
    assert html.count("<script") == html.count("</script>") == 1


def test_a_page_asks_for_nothing_from_elsewhere(tmp_path: Path) -> None:
    asked = subject(tmp_path, reports=REPORTS, audit=AUDIT)
    html = page(report(asked, BY_PART), asked, str)
    assert re.findall(r'\b(?:src|href)="[^#][^"]*', html) == re.findall(r"url\(|@import", html) == []
    assert "default-src &#39;none&#39;" in html


def test_the_same_run_gives_the_same_page(tmp_path: Path) -> None:
    asked = subject(tmp_path, reports=REPORTS, audit=AUDIT)
    assert page(report(asked, BY_PART), asked, str) == page(report(asked, BY_PART), asked, str)


def test_where_there_are_too_many_policies_those_with_findings_keep_their_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = subject(tmp_path, reports=REPORTS, audit=AUDIT)
    monkeypatch.setattr("iam2rego.conformance.page.render._ROOM", 1)
    text = shown(page(report(asked, BY_STATEMENT), asked, str))
    assert "The page has room for the text of 1 of 2 policies" in text
    assert "arn:aws:s3:::reports/" in text
    assert "ecs:describe" not in text
