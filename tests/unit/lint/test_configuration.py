"""The configuration: what it says, and the place of all that is wrong with it."""

from datetime import date

import pytest

from iam2rego.diagnostics import Level, PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.lint.configuration import Configuration, configuration
from iam2rego.lint.selection import Choice
from iam2rego.source import Source, Span

WHOLE = """
[lint]
select = ["IAM5", "access"]
extend-select = ["iam110"]
ignore = ["IAM505"]
severity = { IAM504 = "warning", access = "error" }
exclude = ["drafts"]
accounts = ["111122223333"]

[[lint.policies]]
path = "buckets/*.json"
type = "bucket"
parameters = { bucket = "reports" }

[[lint.accept]]
code = "iam801"
path = "roles/deploy.json"
sid = "PassDeployRole"
entry = "iam:PassRole"
reason = "SEC-812"
until = 2027-03-31
"""
ACCEPT = '[[lint.accept]]\ncode = "IAM801"\npath = "p"\nreason = "r"\n'


def read(text: str) -> Configuration:
    return configuration(Source("conf/iam2rego.toml", text))


def test_all_that_it_can_say() -> None:
    lint = read(WHOLE).lint
    assert lint.choice == Choice(["IAM5", "IAM8"], ["IAM110"], ["IAM505"])
    assert lint.severity == {"IAM504": Level.WARNING, "IAM8": Level.ERROR}
    assert [each.pattern for each in lint.exclude] == ["drafts"]
    assert lint.accounts == ["111122223333"]
    (policies,) = lint.policies
    assert (policies.path.pattern, policies.type, policies.parameters) == ("buckets/*.json", Kind.BUCKET, {"bucket": "reports"})
    (accept,) = lint.accept
    assert (accept.code, accept.path.pattern, accept.sid, accept.statement) == ("IAM801", "roles/deploy.json", "PassDeployRole", None)
    assert (accept.entry, accept.reason, accept.until) == ("iam:PassRole", "SEC-812", date(2027, 3, 31))


def test_it_may_say_nothing() -> None:
    assert read("").lint.choice == Choice(None, [], [])


def test_paths_are_those_from_its_folder() -> None:
    assert [read("").relative(each) for each in ("conf/a/b.json", "a.json")] == ["a/b.json", "../a.json"]


def test_entries_have_places() -> None:
    assert read(f"{ACCEPT}\n{ACCEPT}").accepts == [Span(1, 1, 1, 14), Span(6, 1, 6, 14)]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        pytest.param("lint = 3", 1, 8, "`lint` must be a table", id="type/table"),
        pytest.param("[lint]\nselect = 'IAM5'", 2, 10, "`lint.select` must be an array", id="type/array"),
        pytest.param("[lint]\nselect = ['IAM5', 3]", 2, 19, "`lint.select` must be a string", id="type/string"),
        pytest.param("[lint]\nseverity = 3", 2, 12, "`lint.severity` must be a table", id="type/levels"),
        pytest.param(f"{ACCEPT}until = '2027-03-31'", 5, 9, "`lint.accept.until` must be a date", id="type/date"),
        pytest.param(f"{ACCEPT}statement = '1'", 5, 13, "`lint.accept.statement` must be a whole number", id="type/number"),
        pytest.param(
            f"{ACCEPT}statement = -1", 5, 13, "`lint.accept.statement`: input should be greater than or equal to 0", id="negative"
        ),
        pytest.param(ACCEPT.replace('"r"', '" "'), 4, 10, "`lint.accept.reason` must be a text that is not empty", id="empty"),
        pytest.param("lin = 3", 1, 1, "unknown member `lin`", id="unknown"),
        pytest.param("[lint]\nignored = []", 2, 1, "unknown member `ignored` in `lint`", id="unknown/lint"),
        pytest.param(f"{ACCEPT}sids = ''", 5, 1, "unknown member `sids` in `lint.accept`", id="unknown/accept"),
        pytest.param("[[lint.policies]]", 1, 1, "`lint.policies` is missing the required member `path`", id="missing/path"),
        pytest.param(ACCEPT.replace("reason", "entry"), 1, 1, "`lint.accept` is missing the required member `reason`", id="missing/reason"),
        pytest.param("[lint]\nignore = ['IAM102']", 2, 11, "`IAM102` is an error, and errors cannot be ignored", id="error/ignored"),
        pytest.param(
            "[lint]\nseverity = {IAM102 = 'notice'}", 2, 13, "`IAM102` is an error, and errors cannot be ignored", id="error/lowered"
        ),
        pytest.param(ACCEPT.replace("801", "102"), 2, 8, "`IAM102` is an error, and errors cannot be ignored", id="error/accepted"),
        pytest.param(ACCEPT.replace("801", "8"), 2, 8, "`IAM8` is not one code", id="accept/some-codes"),
        pytest.param("[lint]\nextend-select = ['zz']", 2, 18, "no code begins with `zz`, and no family has this name", id="code"),
        pytest.param(
            "[lint]\nseverity = {IAM501 = 'loud'}",
            *(2, 22),
            "`lint.severity.IAM501`: input should be 'error', 'security', 'warning' or 'notice'",
            id="level",
        ),
        pytest.param("[lint]\naccounts = ['1111']", 2, 13, "`1111` is not an account id, which has twelve digits", id="account"),
        pytest.param("[lint]\nexclude = ['']", 2, 12, "a pattern of paths must be a string that is not empty", id="pattern/empty"),
        pytest.param("[lint]\nexclude = [3]", 2, 12, "a pattern of paths must be a string that is not empty", id="pattern/number"),
        pytest.param("[lint]\nexclude = ['[b-a]']", 2, 12, "`[b-a]` is not a pattern of paths: bad character range b-a", id="pattern"),
        pytest.param(
            f"{ACCEPT}sid = 's'\nstatement = 0", 1, 1, "`sid` and `statement` both name a statement: leave one of them out", id="both"
        ),
        pytest.param("[lint", 1, 6, "this is not TOML: expected ']' at the end of a table declaration (at end of document)", id="no-toml"),
    ],
)
def test_a_mistake_has_a_place(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        read(text)
    (found,) = refusal.value.diagnostics
    assert (found.code, found.source.name) == ("IAM631", "conf/iam2rego.toml")
    assert (found.message, found.span and (found.span.line, found.span.column)) == (message, (line, column))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("[lint]\nignored = []", "did you mean `ignore`?", id="member"),
        pytest.param("lin = 3", "did you mean `lint`?", id="table"),
        pytest.param("select = []", "write it below `[lint]`", id="member-without-table"),
        pytest.param("xyz = 3", "expected `lint`", id="nothing-near"),
    ],
)
def test_an_unknown_member_may_be_misspelled(text: str, hint: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        read(text)
    assert [each.hint for each in refusal.value.diagnostics] == [hint]


def test_all_mistakes_are_reported() -> None:
    with pytest.raises(PolicyError) as refusal:
        read("[lint]\na = 1\nignore = ['x', 'IAM102']\n")
    assert len(refusal.value.diagnostics) == 3
