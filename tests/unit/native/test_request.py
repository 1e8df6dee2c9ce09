"""The form of a request (N2, N3, C2, C5)."""

import pytest

from iam2rego.jsontext import JsonValue, Number
from iam2rego.native.principal import CallerKind
from iam2rego.native.request import Context, RequestError, read_request
from tests.unit.native.requests import USER, request

LONGEST = 64 * 1024


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
