"""Who makes a request, and in which account its resource is (E4)."""

from typing import Any

import pytest

from iam2rego.jsontext import JsonValue, Number
from iam2rego.native.principal import ANONYMOUS, Caller, CallerKind
from iam2rego.native.request import RequestError, read_request
from tests.unit.native.requests import USER, request

IDENTITY = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"
ROLE = "arn:aws:iam::111111111111:role/p/r"
SESSION = "arn:aws:sts::111111111111:assumed-role/r/s"


def caller(kind: CallerKind, arn: str, **members: Any) -> Caller:
    """Return a caller of account 1...1 in the partition `aws`."""
    return Caller(kind, "aws", "111111111111", arn, **members)


UNNAMED = Caller(CallerKind.SESSION, "aws", "111111111111", role_arn=ROLE, role_is_named=True)
WITHOUT_PATH = "arn:aws:iam::111111111111:role/r"
FEDERATED_USER = "arn:aws:sts::111111111111:federated-user/f"


@pytest.mark.parametrize(
    ("principal", "want"),
    [
        pytest.param("*", ANONYMOUS, id="anonymous"),
        pytest.param(USER, caller(CallerKind.USER, USER), id="user"),
        pytest.param(f"{USER}/role/x", caller(CallerKind.USER, f"{USER}/role/x"), id="user/path"),
        pytest.param(f"{USER}:x", caller(CallerKind.USER, f"{USER}:x"), id="user/colon"),
        pytest.param(
            "arn:aws-cn:iam::222222222222:root",
            Caller(CallerKind.ROOT, "aws-cn", "222222222222", "arn:aws-cn:iam::222222222222:root"),
            id="root",
        ),
        pytest.param(ROLE, UNNAMED, id="P5/role"),
        pytest.param({"arn": WITHOUT_PATH, "role_arn": ROLE}, UNNAMED, id="P5/role-with-another-path"),
        pytest.param(SESSION, caller(CallerKind.SESSION, SESSION, role_arn=WITHOUT_PATH), id="P5/session"),
        pytest.param(
            {"arn": SESSION, "role_arn": ROLE},
            caller(CallerKind.SESSION, SESSION, role_arn=ROLE, role_is_named=True),
            id="P5/session-with-a-path",
        ),
        pytest.param(FEDERATED_USER, caller(CallerKind.FEDERATED_USER, FEDERATED_USER), id="P5/federated-user"),
        pytest.param(
            {"arn": FEDERATED_USER, "user_arn": USER},
            caller(CallerKind.FEDERATED_USER, FEDERATED_USER, user_arn=USER),
            id="P5/federated-user-of-a-user",
        ),
        pytest.param({"arn": USER}, caller(CallerKind.USER, USER), id="object"),
        pytest.param(
            {"arn": USER, "role_arn": ROLE, "user_arn": USER}, caller(CallerKind.USER, USER), id="object/members-that-mean-nothing"
        ),
        pytest.param(
            {
                "arn": SESSION,
                "role_arn": ROLE,
                "user_arn": USER,
                "unique_id": "AROA1",
                "canonical_user": "79a6",
                "service_linked_role": True,
                "management_account": False,
            },
            caller(
                CallerKind.SESSION,
                SESSION,
                role_arn=ROLE,
                role_is_named=True,
                unique_id="AROA1",
                canonical_user="79a6",
                service_linked_role=True,
            ),
            id="object/all-members",
        ),
        pytest.param(
            {"arn": USER, "management_account": True},
            caller(CallerKind.USER, USER, management_account=True),
            id="object/management-account",
        ),
        pytest.param({"Service": "ecs.amazonaws.com"}, Caller(CallerKind.SERVICE, services=frozenset({"ecs.amazonaws.com"})), id="service"),
        pytest.param(
            {"Service": "c", "service_names": ["a", "b"]}, Caller(CallerKind.SERVICE, services=frozenset("abc")), id="P7/service-names"
        ),
        pytest.param(IDENTITY, Caller(CallerKind.SERVICE, arn=IDENTITY), id="E10/origin-access-identity"),
        pytest.param({"arn": IDENTITY}, Caller(CallerKind.SERVICE, arn=IDENTITY), id="E10/origin-access-identity-in-an-object"),
        pytest.param({"Federated": "accounts.google.com"}, Caller(CallerKind.FEDERATED, provider="accounts.google.com"), id="federated"),
    ],
)
def test_caller(principal: JsonValue, want: Caller) -> None:
    assert read_request(request(principal=principal)).caller == want


@pytest.mark.parametrize(
    ("members", "want"),
    [
        pytest.param({}, False, id="E12/never-inferred"),
        pytest.param({"resource_in_management_account": True}, True, id="E12/true"),
        pytest.param({"resource_in_management_account": False}, False, id="E12/false"),
    ],
)
def test_resource_in_management_account(members: dict[str, JsonValue], want: bool) -> None:
    assert read_request(request(**members)).resource_in_management_account is want


@pytest.mark.parametrize(
    ("principal", "named"),
    [
        pytest.param(None, "`principal`", id="null"),
        pytest.param([USER], "`principal`", id="list"),
        pytest.param("", "`arn`", id="empty"),
        pytest.param("u", "`arn`", id="no-arn"),
        pytest.param("arn:aws:iam::111111111111:group/g", "`arn`", id="group"),
        pytest.param("arn:aws:iam::1111:user/u", "`arn`", id="account-of-four-digits"),
        pytest.param("arn::iam::111111111111:user/u", "`arn`", id="no-partition"),
        pytest.param("arn:aws:iam:us-east-1:111111111111:user/u", "`arn`", id="region"),
        pytest.param("arn:aws:sts::111111111111:user/u", "`arn`", id="user-of-sts"),
        pytest.param("arn:aws:iam::111111111111:assumed-role/r/s", "`arn`", id="session-of-iam"),
        pytest.param("arn:aws:iam::111111111111:user/", "`arn`", id="user-without-name"),
        pytest.param("arn:aws:sts::111111111111:assumed-role/r", "`arn`", id="session-without-name"),
        pytest.param("arn:aws:sts::111111111111:assumed-role/p/r/s", "`arn`", id="session-with-a-path"),
        pytest.param({}, "`arn`", id="object/empty"),
        pytest.param({"role_arn": ROLE}, "`arn`", id="object/no-arn"),
        pytest.param({"arn": "*"}, "`arn`", id="object/star"),
        pytest.param({"arn": USER, "path": "/"}, "`path`", id="object/unknown-member"),
        pytest.param({"arn": IDENTITY, "unique_id": "x"}, "`unique_id`", id="E10/origin-access-identity-with-more"),
        pytest.param("arn:aws:iam::cloudfront:role/r", "`arn`", id="E10/role-of-cloudfront"),
        pytest.param("arn:aws:iam::cloudfront:user/", "`arn`", id="E10/identity-without-name"),
        pytest.param({"arn": SESSION, "role_arn": USER}, "`role_arn`", id="object/role-arn-of-a-user"),
        pytest.param({"arn": SESSION, "role_arn": None}, "`role_arn`", id="object/role-arn-null"),
        pytest.param({"arn": SESSION, "user_arn": ROLE}, "`user_arn`", id="object/user-arn-of-a-role"),
        pytest.param({"arn": USER, "unique_id": Number("1")}, "`unique_id`", id="object/unique-id-number"),
        pytest.param({"arn": USER, "canonical_user": ["x"]}, "`canonical_user`", id="object/canonical-user-list"),
        pytest.param({"arn": USER, "management_account": "true"}, "`management_account`", id="object/boolean-as-text"),
        pytest.param({"Service": ["ecs.amazonaws.com"]}, "`Service`", id="service/list"),
        pytest.param({"Service": "x", "service_names": "x"}, "`service_names`", id="service/names-not-a-list"),
        pytest.param({"Service": "x", "service_names": [None]}, "`service_names`", id="service/names-not-strings"),
        pytest.param({"Service": "x", "arn": USER}, "`Service`", id="service/arn"),
        pytest.param({"Federated": None}, "`Federated`", id="federated/null"),
        pytest.param({"Federated": "x", "service_names": []}, "`service_names`", id="federated/names"),
    ],
)
def test_caller_refused(principal: JsonValue, named: str) -> None:
    with pytest.raises(RequestError) as refusal:
        read_request(request(principal=principal))
    assert named in str(refusal.value)


@pytest.mark.parametrize(
    ("document", "want"),
    [
        pytest.param(request(resource_account="333333333333"), "333333333333", id="given"),
        pytest.param(request(resource="arn:aws:sqs:r:222222222222:q"), "222222222222", id="of-the-resource"),
        pytest.param(request(resource="arn:aws:iam::aws:policy/X"), "111111111111", id="field-is-no-account"),
        pytest.param(request(), "111111111111", id="of-the-caller"),
        pytest.param(request(resource="*"), "111111111111", id="star"),
        pytest.param(request(principal="*"), None, id="nobody"),
    ],
)
def test_resource_account(document: JsonValue, want: str | None) -> None:
    assert read_request(document).resource_account == want
