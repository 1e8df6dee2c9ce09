"""What IAM would refuse in a request of SimulateCustomPolicy, and where (D6, D9)."""

from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.diagnostics import Diagnostic, PolicyError
from tests.unit.simulate.simulations import IDENTITY, RESOURCE, USER, asking, entry, read


def refusals(tmp_path: Path, text: str) -> list[Diagnostic]:
    with pytest.raises(PolicyError) as refused:
        read(tmp_path, text)
    return list(refused.value.diagnostics)


EC2: Final = [f"arn:aws:ec2:us-east-1:111122223333:{kind}/x" for kind in ("instance", "image", "security-group", "network-interface")]


@pytest.mark.parametrize(
    ("members", "message"),
    [
        pytest.param({"ActionNames": ["s3:Get*"]}, "`s3:Get*` is not an action", id="A1/wildcard"),
        pytest.param({"ActionNames": ["GetObject"]}, "`GetObject` is not an action", id="N3/action"),
        pytest.param({"ResourceArns": ["bucket"]}, "`bucket` is neither `*` nor an ARN of six fields", id="N3/resource"),
        pytest.param(
            {"PermissionsBoundaryPolicyInputList": [IDENTITY, IDENTITY]},
            "`PermissionsBoundaryPolicyInputList` has 2 items; the maximum is 1",
            id="D6/two-boundaries",
        ),
        pytest.param(
            {"OrderedOrganizationPolicyInputList": [{}] * 8},
            "`OrderedOrganizationPolicyInputList` has 8 items; the maximum is 7",
            id="D6/eight-levels",
        ),
        pytest.param(
            {"CallerArn": "arn:aws:sts::111122223333:assumed-role/r/s"},
            "`CallerArn` must be the ARN of a user, a group or a role, not `arn:aws:sts::111122223333:assumed-role/r/s`",
            id="D9/session",
        ),
        pytest.param(
            {"CallerArn": "arn:aws:iam::111122223333:root"},
            "`CallerArn` must be the ARN of a user, a group or a role, not `arn:aws:iam::111122223333:root`",
            id="D9/root",
        ),
        pytest.param(
            {"CallerArn": "cloudtrail.amazonaws.com"},
            "`CallerArn` must be the ARN of a user, a group or a role, not `cloudtrail.amazonaws.com`",
            id="D9/service",
        ),
        pytest.param(
            {"CallerArn": "arn:aws:iam::111122223333:role/r", "ResourcePolicy": RESOURCE},
            "a role as `CallerArn` cannot be simulated with a `ResourcePolicy`",
            id="D9/role-with-resource-policy",
        ),
        pytest.param(
            {"CallerArn": USER, "ResourcePolicy": RESOURCE, "ResourceArns": ["arn:aws:iam::111122223333:role/r"]},
            "a role in `ResourceArns` cannot be simulated with a `ResourcePolicy`",
            id="D9/trust-policy",
        ),
        pytest.param(
            {"ResourceOwner": "111122223333"}, "`ResourceOwner` must be the ARN of an account, not `111122223333`", id="D6/resource-owner"
        ),
        pytest.param({"ContextEntries": [entry("boolean", "yes")]}, "`yes` is not of the type `boolean`", id="C19/no-boolean"),
        pytest.param({"ContextEntries": [entry("numericList", "1", "x")]}, "`x` is not of the type `numeric`", id="C16/no-number"),
        pytest.param({"ContextEntries": [entry("ip", "10.0.0.300")]}, "`10.0.0.300` is not of the type `ip`", id="C21/no-address"),
        pytest.param({"ContextEntries": [entry("binary", "Q")]}, "`Q` is not of the type `binary`", id="C20/no-base64"),
        pytest.param({"ContextEntries": [entry("date", "tomorrow")]}, "`tomorrow` is not of the type `date`", id="C18/no-date"),
        pytest.param(
            {"ContextEntries": [entry("string", "a", "b")]},
            "`ContextEntries.1` of the type `string` must have one value, not 2",
            id="C6/two-values",
        ),
        pytest.param(
            {"ContextEntries": [entry("string")]}, "`ContextEntries.1` of the type `string` must have one value, not 0", id="C6/no-value"
        ),
        pytest.param(
            {"ContextEntries": [entry("string", "a"), entry("string", "b", name="K:Key")]},
            "the context key `K:Key` already has an entry",
            id="C2/two-entries-for-a-key",
        ),
        pytest.param(
            {"ResourceHandlingOption": "EC2-VPC-EBS-Subnet", "ResourceArns": EC2},
            "`EC2-VPC-EBS-Subnet` needs `ResourceArns` with resources of Amazon EC2 of the types `subnet`, `volume`",
            id="D6/resources-missing-for-the-option",
        ),
        pytest.param({"ResourceHandlingOption": "EC2-VPC"}, "`ResourceHandlingOption` is `EC2-VPC`", id="D6/unknown-option"),
        pytest.param({"Marker": "1"}, "no response to this request ends with the `Marker` `1`", id="D6/marker-behind-the-last"),
        pytest.param({"Marker": "x"}, "no response to this request ends with the `Marker` `x`", id="D6/marker-of-others"),
    ],
)
def test_what_the_api_cannot_do_is_invalid_input(members: dict[str, Any], message: str, tmp_path: Path) -> None:
    assert [(each.code, each.message) for each in refusals(tmp_path, asking(**members))] == [("IAM617", message)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(
            '{"PolicyInputList": []}', ("IAM608", 1, 1, "the request is missing the required member `ActionNames`"), id="missing-member"
        ),
        pytest.param(
            '{"PolicyInputList": [],\n "ActionNames": [], "Actions": []}',
            ("IAM606", 2, 21, "unknown member `Actions` in the request"),
            id="unknown-member",
        ),
        pytest.param(
            '{"PolicyInputList": [{}], "ActionNames": []}',
            ("IAM607", 1, 22, "`PolicyInputList.1` must be a string, not an object"),
            id="policy-is-no-string",
        ),
        pytest.param(
            '{"PolicyInputList": [], "ActionNames": ["a:b", "c"]}',
            ("IAM617", 1, 48, "`ActionNames.2` is too short: it must have at least 3 characters"),
            id="too-short",
        ),
        pytest.param(
            '{"PolicyInputList": [], "PolicyInputList": [], "ActionNames": []}',
            ("IAM009", 1, 25, "duplicate member `PolicyInputList`"),
            id="G14/repeated-member",
        ),
        pytest.param("[]", ("IAM607", 1, 1, "the request must be an object, not an array"), id="no-object"),
        pytest.param(
            '{"PolicyInputList": [], "ActionNames": [], "ContextEntries": [{"ContextKeyName": "a:bcd"}]}',
            ("IAM608", 1, 63, "`ContextEntries.1` is missing the required members `ContextKeyValues`, `ContextKeyType`"),
            id="D6/entry-without-value-and-type",
        ),
    ],
)
def test_refusals_have_their_place(text: str, want: tuple[str, int, int, str], tmp_path: Path) -> None:
    found = [(each.code, each.span and each.span.line, each.span and each.span.column, each.message) for each in refusals(tmp_path, text)]
    assert found == [want]


def test_a_resource_policy_needs_a_caller(tmp_path: Path) -> None:
    (found,) = refusals(tmp_path, asking(ResourcePolicy=RESOURCE))
    assert (found.code, found.message) == ("IAM608", "a request with `ResourcePolicy` is missing the required member `CallerArn`")


def test_what_is_wrong_in_a_policy_has_its_place_there(tmp_path: Path) -> None:
    policy = '{"Version": "2012-10-17",\n "Statement": {"Effect": "Maybe", "Action": "s3:*", "Resource": "*"}}'
    (found,) = refusals(tmp_path, asking(PolicyInputList=[IDENTITY, policy]))
    assert (found.source.name, found.span and found.span.line, found.code) == (f"{tmp_path}/request.json#PolicyInputList.2", 2, "IAM107")


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    found = refusals(tmp_path, asking(ActionNames=["s3:*", "iam:*"], ResourceOwner="x", CallerArn="x", ResourceArns=["x"]))
    assert len(found) == 5
