"""Which findings are looked for: prefixes, families, and what decides between several."""

import pytest

from iam2rego.lint.registry import all_findings
from iam2rego.lint.selection import Choice, Selection, findings_prefix, prefix


@pytest.mark.parametrize(
    ("choices", "default", "wanted"),
    [
        pytest.param([], True, True, id="nothing-said"),
        pytest.param([], False, False, id="nothing-said/opt-in"),
        pytest.param([Choice()], True, True, id="nothing-chosen"),
        pytest.param([Choice(["IAM5"])], False, True, id="select"),
        pytest.param([Choice(["IAM"])], False, True, id="select/all"),
        pytest.param([Choice(["IAM8"])], True, False, id="select/another"),
        pytest.param([Choice([])], True, False, id="select/none"),
        pytest.param([Choice(extend=["IAM501"])], False, True, id="extend"),
        pytest.param([Choice(extend=["IAM8"])], True, True, id="extend/another"),
        pytest.param([Choice(["IAM8"], extend=["IAM501"])], True, True, id="extend/select-another"),
        pytest.param([Choice(ignore=["IAM5"])], True, False, id="ignore"),
        pytest.param([Choice(ignore=["IAM502"])], True, True, id="ignore/another"),
        pytest.param([Choice(["IAM5"], ignore=["IAM501"])], True, False, id="longer-wins/ignore"),
        pytest.param([Choice(["IAM501"], ignore=["IAM5"])], True, True, id="longer-wins/select"),
        pytest.param([Choice(["IAM501"], ignore=["IAM501"])], True, False, id="tie"),
        pytest.param([Choice(ignore=["IAM501"]), Choice(["IAM5"])], True, True, id="later-wins/select"),
        pytest.param([Choice(["IAM501"]), Choice(["IAM8"])], True, False, id="later-wins/select-another"),
        pytest.param([Choice(["IAM501"]), Choice(ignore=["IAM5"])], True, False, id="later-wins/ignore"),
        pytest.param([Choice(["IAM501"]), Choice(ignore=["IAM8"])], True, True, id="later-says-nothing"),
    ],
)
def test_a_code_is_covered(choices: list[Choice], default: bool, wanted: bool) -> None:
    assert Selection(choices).covers("IAM501", default=default) is wanted


def test_a_finding_is_covered_as_its_code_is() -> None:
    assert Selection((Choice(ignore=["IAM501"]),))(all_findings()["IAM502"])
    assert not Selection((Choice(ignore=["IAM501"]),))(all_findings()["IAM501"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("IAM501", "IAM501"), ("iam5", "IAM5"), ("IAM", "IAM"), ("access", "IAM8"), ("text", "IAM0"), ("structure", "IAM1")],
)
def test_a_prefix_is_a_code_or_its_beginning_or_a_family(text: str, wanted: str) -> None:
    assert prefix(text) == wanted


@pytest.mark.parametrize("text", ["IAM99", "5", "", "IAM5x", "IAM5011", "acess", "ACCESS"])
def test_what_nothing_begins_with_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"no code begins with `{text}`, and no family has this name"):
        prefix(text)


def test_a_refusal_names_what_is_close() -> None:
    with pytest.raises(ValueError, match="did you mean `access`"):
        prefix("acess")


@pytest.mark.parametrize("text", ["IAM501", "IAM1", "structure", "IAM", "IAM108"])
def test_what_has_more_than_errors_can_be_ignored(text: str) -> None:
    assert findings_prefix(text) == prefix(text)


@pytest.mark.parametrize("text", ["IAM102", "IAM0", "text"])
def test_what_has_only_errors_cannot_be_ignored(text: str) -> None:
    with pytest.raises(ValueError, match=f"`{text}` is an error, and errors cannot be ignored"):
        findings_prefix(text)
