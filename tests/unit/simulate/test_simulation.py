"""What a request of SimulateCustomPolicy asks for."""

from pathlib import Path
from typing import Any, Final

import pytest

from tests.unit.simulate.simulations import IDENTITY, RESOURCE, USER, asking, entry, read

BUCKET: Final = "arn:aws:s3:::b"


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
