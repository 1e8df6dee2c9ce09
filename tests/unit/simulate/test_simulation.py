"""What a request of SimulateCustomPolicy asks for, and what IAM would refuse in it (D6, D9)."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from iam2rego.diagnostics import Diagnostic, PolicyError
from iam2rego.simulate import Simulation, read_simulation

IDENTITY: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'
RESOURCE: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}}'
LEAST: Final[dict[str, Any]] = {"PolicyInputList": [IDENTITY], "ActionNames": ["s3:GetObject"]}
USER: Final = "arn:aws:iam::111122223333:user/u"
BUCKET: Final = "arn:aws:s3:::b"


def read(tmp_path: Path, text: str) -> Simulation:
    file = tmp_path / "request.json"
    file.write_text(text, encoding="utf-8")
    return read_simulation(str(file))


def refusals(tmp_path: Path, text: str) -> list[Diagnostic]:
    with pytest.raises(PolicyError) as refused:
        read(tmp_path, text)
    return list(refused.value.diagnostics)


def asking(**members: Any) -> str:
    return json.dumps({**LEAST, **members})


def entry(type_: str, *values: str, name: str = "k:key") -> dict[str, Any]:
    return {"ContextKeyName": name, "ContextKeyType": type_, "ContextKeyValues": list(values)}


def test_policies_are_named_as_the_api_does(tmp_path: Path) -> None:
    simulation = read(
        tmp_path,
        asking(
            PolicyInputList=[IDENTITY, IDENTITY],
            PermissionsBoundaryPolicyInputList=[IDENTITY],
            OrderedOrganizationPolicyInputList=[{"ServiceControlPolicyInputList": [IDENTITY, IDENTITY]}, {}],
            ResourcePolicy=RESOURCE,
            CallerArn=USER,
        ),
    )
    level = "OrderedOrganizationPolicyInputList.1.ServiceControlPolicyInputList"
    assert simulation.policies.attachments.identity == ("PolicyInputList.1", "PolicyInputList.2")
    assert simulation.policies.attachments.permissions_boundary == ("PermissionsBoundaryPolicyInputList.1",)
    assert simulation.policies.attachments.service_control == ((f"{level}.1", f"{level}.2"), ())
    assert simulation.policies.attachments.resource == "ResourcePolicy"
    assert len(simulation.policies.policies) == 6


@pytest.mark.parametrize(
    ("entries", "want"),
    [
        pytest.param([entry("string", "a")], {"k:key": "a"}, id="string"),
        pytest.param([entry("stringList", "a")], {"k:key": ["a"]}, id="C6/a-list-of-one-is-a-list"),
        pytest.param([entry("stringList")], {"k:key": []}, id="C5/empty-list"),
        pytest.param([entry("numeric", "10.0")], {"k:key": "10.0"}, id="numeric/spelling-kept"),
        pytest.param([entry("numericList", "1", "-2e3")], {"k:key": ["1", "-2e3"]}, id="numeric-list"),
        pytest.param([entry("boolean", "TRUE")], {"k:key": "TRUE"}, id="boolean"),
        pytest.param([entry("booleanList", "true", "false")], {"k:key": ["true", "false"]}, id="boolean-list"),
        pytest.param([entry("ip", "203.0.113.7")], {"k:key": "203.0.113.7"}, id="ip"),
        pytest.param([entry("ipList", "2001:db8::/32")], {"k:key": ["2001:db8::/32"]}, id="ip-list"),
        pytest.param([entry("binary", "QQ==")], {"k:key": "QQ=="}, id="binary"),
        pytest.param([entry("binaryList", "QQ==")], {"k:key": ["QQ=="]}, id="binary-list"),
        pytest.param([entry("date", "2020-01-01T00:00:00Z")], {"k:key": "2020-01-01T00:00:00Z"}, id="date"),
        pytest.param([entry("dateList", "1577836800")], {"k:key": ["1577836800"]}, id="date-list"),
        pytest.param([entry("string", "a", name="k:one"), entry("string", "b", name="k:two")], {"k:one": "a", "k:two": "b"}, id="two-keys"),
        pytest.param([], {}, id="none"),
    ],
)
def test_context_entries_are_values_by_their_type(entries: list[Any], want: dict[str, Any], tmp_path: Path) -> None:
    assert read(tmp_path, asking(ContextEntries=entries)).context == want


@pytest.mark.parametrize(
    ("members", "resource", "caller", "owner"),
    [
        pytest.param({"CallerArn": USER}, BUCKET, USER, ("aws", "111122223333"), id="E4/the-owner-is-the-callers-account"),
        pytest.param(
            {"CallerArn": USER, "ResourceOwner": "arn:aws:iam::444455556666:root"}, BUCKET, USER, ("aws", "444455556666"), id="D6/owner"
        ),
        pytest.param(
            {"CallerArn": USER, "ResourceOwner": "arn:aws:iam::444455556666:root"},
            "arn:aws:sqs:us-east-1:777788889999:q",
            USER,
            ("aws", "777788889999"),
            id="D6/the-arn-of-the-resource-names-its-owner",
        ),
        pytest.param({}, "*", "arn:aws:iam::000000000000:user/*", ("aws", "000000000000"), id="nobody-is-named"),
        pytest.param(
            {},
            "arn:aws-cn:sqs:cn-north-1:777788889999:q",
            "arn:aws-cn:iam::777788889999:user/*",
            ("aws-cn", "777788889999"),
            id="no-caller/some-user-of-the-owner",
        ),
        pytest.param(
            {"ResourceOwner": "arn:aws:iam::444455556666:root"},
            BUCKET,
            "arn:aws:iam::444455556666:user/*",
            ("aws", "444455556666"),
            id="no-caller/some-user-of-the-owner-that-is-named",
        ),
        pytest.param(
            {"CallerArn": "arn:aws:iam::111122223333:group/g"},
            BUCKET,
            "arn:aws:iam::111122223333:user/*",
            ("aws", "111122223333"),
            id="group/some-user-in-it",
        ),
        pytest.param(
            {"CallerArn": "arn:aws:iam::111122223333:role/p/r"},
            BUCKET,
            "arn:aws:iam::111122223333:role/p/r",
            ("aws", "111122223333"),
            id="P5/role",
        ),
    ],
)
def test_who_asks_and_whose_the_resource_is(
    members: dict[str, Any], resource: str, caller: str, owner: tuple[str, str], tmp_path: Path
) -> None:
    simulation = read(tmp_path, asking(ResourceArns=[resource], **members))
    assert (simulation.caller_for(resource), simulation.owner_of(resource)) == (caller, owner)


@pytest.mark.parametrize(
    ("members", "want"),
    [
        pytest.param({}, ("*",), id="absent"),
        pytest.param({"ResourceArns": []}, ("*",), id="empty"),
        pytest.param({"ResourceArns": [BUCKET, "*"]}, (BUCKET, "*"), id="given"),
    ],
)
def test_resources_are_any_unless_named(members: dict[str, Any], want: tuple[str, ...], tmp_path: Path) -> None:
    assert read(tmp_path, asking(**members)).resources == want


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
