"""The form of a request (N2, N3, C2, C5, E4)."""

from typing import Any

import pytest

from iam2rego.jsontext import JsonValue, Number
from iam2rego.native.principal import ANONYMOUS, Caller, CallerKind
from iam2rego.native.request import Context, RequestError, read_request

USER = "arn:aws:iam::111111111111:user/u"
IDENTITY = "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"
ROLE = "arn:aws:iam::111111111111:role/p/r"
SESSION = "arn:aws:sts::111111111111:assumed-role/r/s"
LONGEST = 64 * 1024


def request(**members: JsonValue) -> dict[str, JsonValue]:
    return {"principal": USER, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}, **members}


def without(name: str) -> dict[str, JsonValue]:
    return {member: value for member, value in request().items() if member != name}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(request(), id="plain"),
        pytest.param(request(resource="*"), id="resource/star"),
        pytest.param(request(resource="arn:aws:logs:us-east-1:111111111111:log-group:g:*"), id="resource/seven-fields"),
        pytest.param(request(resource="arn:::::"), id="resource/empty-fields"),
        pytest.param(request(action="a-b.c:D_e.f-9"), id="action/all-kinds-of-characters"),
        pytest.param(request(resource_account="222222222222"), id="account"),
        pytest.param(request(resource_in_management_account=True), id="management"),
        pytest.param(request(context={"k:v": ["a", Number("1"), True]}), id="context/list-of-kinds"),
        pytest.param(request(context={"k:v": "x" * LONGEST}), id="text/longest"),
        pytest.param(request(context={"x" * LONGEST: "v"}), id="text/longest-key"),
        pytest.param(request(context={"k:v": "\N{GRINNING FACE}"}), id="text/beyond-the-basic-plane"),
    ],
)
def test_accepted(document: JsonValue) -> None:
    assert read_request(document).caller.kind is CallerKind.USER


@pytest.mark.parametrize(
    ("document", "named"),
    [
        pytest.param(None, "object", id="null"),
        pytest.param([request()], "object", id="list"),
        pytest.param("s3:GetObject", "object", id="string"),
        pytest.param(request(source="x"), "`source`", id="member/unknown"),
        pytest.param(request(Action="s3:GetObject"), "`Action`", id="member/other-case"),
        pytest.param(without("principal"), "`principal`", id="member/no-principal"),
        pytest.param(without("action"), "`action`", id="member/no-action"),
        pytest.param(without("resource"), "`resource`", id="member/no-resource"),
        pytest.param(without("context"), "`context`", id="member/no-context"),
        pytest.param(request(action="GetObject"), "`action`", id="action/no-service"),
        pytest.param(request(action="s3:"), "`action`", id="action/no-name"),
        pytest.param(request(action="s3:Get:Object"), "`action`", id="action/two-colons"),
        pytest.param(request(action="s3:Get*"), "`action`", id="action/wildcard"),
        pytest.param(request(action="s3:GetObject\n"), "`action`", id="action/newline"),
        pytest.param(request(action=["s3:GetObject"]), "`action`", id="action/list"),
        pytest.param(request(action=None), "`action`", id="action/null"),
        pytest.param(request(resource="arn:aws:s3::b"), "`resource`", id="resource/five-fields"),
        pytest.param(request(resource="ARN:aws:s3:::b"), "`resource`", id="resource/other-case"),
        pytest.param(request(resource="**"), "`resource`", id="resource/two-stars"),
        pytest.param(request(resource=""), "`resource`", id="resource/empty"),
        pytest.param(request(resource=Number("1")), "`resource`", id="resource/number"),
        pytest.param(request(resource_account="1111"), "`resource_account`", id="account/four-digits"),
        pytest.param(request(resource_account="11111111111\N{ARABIC-INDIC DIGIT ONE}"), "`resource_account`", id="account/other-digits"),
        pytest.param(request(resource_account=Number("111111111111")), "`resource_account`", id="account/number"),
        pytest.param(request(resource_account=None), "`resource_account`", id="account/null"),
        pytest.param(request(resource_in_management_account="true"), "`resource_in_management_account`", id="management/string"),
        pytest.param(request(context=[]), "`context`", id="context/list"),
        pytest.param(request(context=None), "`context`", id="context/null"),
        pytest.param(request(context={"k:v": None}), "`k:v`", id="context/null-value"),
        pytest.param(request(context={"k:v": {}}), "`k:v`", id="context/object-value"),
        pytest.param(request(context={"k:v": [["a"]]}), "`k:v`", id="context/nested-list"),
        pytest.param(request(context={"k:v": [None]}), "`k:v`", id="context/null-in-a-list"),
        pytest.param(request(context={"": "a"}), "empty key", id="context/empty-key"),
        pytest.param(request(context={"k:v": "a", "K:V": "a"}), "`K:V`", id="context/keys-that-fold-together"),
        pytest.param(request(context={"K:V": "a", "k:v": "a"}), "`k:v`", id="context/keys-that-fold-together-in-the-other-order"),
        pytest.param(request(context={"k:v": [], "K:V": []}), "`K:V`", id="context/keys-that-fold-together-without-values"),
        pytest.param(request(context={"k:v": Number("1e40")}), "`k:v`", id="number/too-many-digits"),
        pytest.param(request(context={"k:v": [Number("1e-41")]}), "`k:v`", id="number/too-many-fraction-digits"),
        pytest.param(request(context={"k:v": Number("1e999999999")}), "`k:v`", id="number/huge-exponent"),
        pytest.param(request(context={"k:v": "\ud800"}), "surrogate", id="text/lone-surrogate"),
        pytest.param(request(context={"\udfff": "v"}), "surrogate", id="text/lone-surrogate-in-a-key"),
        pytest.param(request(context={"k:v": ["\ufffd"]}), "U+FFFD", id="text/replacement-character"),
        pytest.param(request(principal={"arn": USER, "unique_id": "\ufffd"}), "U+FFFD", id="text/replacement-character-in-the-principal"),
        pytest.param(request(context={"k:v": "x" * (LONGEST + 1)}), "bytes", id="text/too-long"),
        pytest.param(request(context={"k:v": "é" * (LONGEST // 2 + 1)}), "bytes", id="text/too-long-in-utf-8"),
    ],
)
def test_refused(document: JsonValue, named: str) -> None:
    with pytest.raises(RequestError) as refusal:
        read_request(document)
    assert named in str(refusal.value)


def test_every_offence_is_named() -> None:
    with pytest.raises(RequestError) as refusal:
        read_request({"principal": "x", "action": "x", "resource": "x", "resource_account": "x", "context": {"": None}, "x": "x"})
    assert len(refusal.value.errors) == 7


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


def test_a_problem_of_a_list_is_named_once() -> None:
    with pytest.raises(RequestError) as refused:
        read_request(request(context={"k:v": ["a", None, Number("1e40"), {}, Number("1e41")], "k:w": [None]}))
    assert refused.value.errors == (
        "`context` gives `k:v` a number with more than 40 digits on a side of its point",
        "`context` gives `k:v` something other than a string, a number, a boolean or a list of these",
        "`context` gives `k:w` something other than a string, a number, a boolean or a list of these",
    )


@pytest.mark.parametrize(
    ("context", "want"),
    [
        pytest.param({"AWS:TagKeys": "A"}, {"aws:tagkeys": "A"}, id="key-is-folded"),
        pytest.param({"k:v": Number("1e2")}, {"k:v": "100"}, id="number"),
        pytest.param({"k:v": True}, {"k:v": "true"}, id="boolean"),
        pytest.param({"k:v": ""}, {"k:v": ""}, id="empty-string-is-present"),
        pytest.param({"k:v": []}, {}, id="empty-list-is-missing"),
        pytest.param({"k:v": ["a", False, Number("-0")]}, {"k:v": ("a", "false", "0")}, id="list"),
        pytest.param({"k:v": ["a"]}, {"k:v": ("a",)}, id="list-of-one-stays-a-list"),
    ],
)
def test_context(context: JsonValue, want: Context) -> None:
    assert read_request(request(context=context)).context == want
