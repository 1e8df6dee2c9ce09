"""The action part (A2 to A8)."""

import pytest

from iam2rego.ir.pattern import ActionEntry, ActionPattern, AnyOne, AnyRun, Pattern, Text, Unmatchable
from iam2rego.ir.policy import Actions
from iam2rego.native.actions import action_matches


def entry(*segments: str) -> ActionPattern:
    wildcards: dict[str, Pattern] = {"*": (AnyRun(),), "?": (AnyOne(),)}
    pattern = tuple(each for segment in segments for each in wildcards.get(segment, (Text(text=segment),)))
    return ActionPattern(text="".join(segments), segments=pattern)


@pytest.mark.parametrize(
    ("named", "action", "want"),
    [
        pytest.param(entry("*"), "s3:GetObject", True, id="A2/star"),
        pytest.param(entry("s3:GetObject"), "s3:GetObject", True, id="A3/equal"),
        pytest.param(entry("s3:GetObject"), "s3:GetObjectAcl", False, id="A3/longer"),
        pytest.param(entry("s3:Get", "*"), "s3:GetObject", True, id="A3/run"),
        pytest.param(entry("s3:Get", "?", "bject"), "s3:GetObject", True, id="A3/one"),
        pytest.param(entry("s3:GetObject", "?"), "s3:GetObject", False, id="A3/one-is-not-none"),
        pytest.param(entry("s3:Get.bject"), "s3:GetObject", False, id="A3/full-stop-is-itself"),
        pytest.param(entry("S3:getOBJECT"), "s3:GetObject", True, id="A4/other-case"),
        pytest.param(entry("s", "*", ":getobject"), "S3:GetObject", True, id="A5/wildcard-in-the-service"),
        pytest.param(entry("s3:GetObject "), "s3:GetObject", False, id="A6/space"),
        pytest.param(entry("s3:"), "s3:GetObject", False, id="A6/no-name"),
        pytest.param(Unmatchable(text="GetObject"), "s3:GetObject", False, id="L9/unmatchable"),
    ],
)
def test_entry(named: ActionEntry, action: str, want: bool) -> None:
    assert action_matches(Actions(entries=(named,)), action) is want
    assert action_matches(Actions(negated=True, entries=(named,)), action) is not want


@pytest.mark.parametrize(
    ("actions", "want"),
    [
        pytest.param(Actions(entries=(entry("ec2:*"), entry("s3:GetObject"))), True, id="A8/action-second-of-two"),
        pytest.param(Actions(negated=True, entries=(entry("ec2:*"), entry("s3:GetObject"))), False, id="A8/not-action-second-of-two"),
        pytest.param(Actions(entries=()), False, id="G10/no-action-entry"),
        pytest.param(Actions(negated=True, entries=()), True, id="G10/no-not-action-entry"),
    ],
)
def test_list(actions: Actions, want: bool) -> None:
    assert action_matches(actions, "s3:GetObject") is want
