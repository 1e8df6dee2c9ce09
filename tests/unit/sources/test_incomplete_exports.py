"""Account exports that are in pages, lack a part or name what is not there, and what is no export."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.sources import load
from tests.unit.sources.account_exports import (
    ACCOUNT,
    IAM,
    OWN,
    READ,
    attached,
    bounded,
    export,
    group,
    has,
    inline,
    loaded,
    managed,
    role,
    user,
)

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]
Entry: TypeAlias = dict[str, Any]


FIRST: Final = export(
    users=[user(GroupList=["g"], **attached(OWN))], roles=[role()], policies=[managed(READ)], IsTruncated=True, Marker="AAAA"
)
SECOND: Final = export(groups=[group(**attached(READ))], policies=[managed(OWN)], IsTruncated=False)


def test_pages_are_one_export(folder: Folder) -> None:
    found = loaded(folder, FIRST, SECOND)
    assert found.attachments.principals == (has("role/p/r"), has("user/u", OWN, READ))
    assert found.attachments.accounts == (ACCOUNT,)


@pytest.mark.parametrize(
    ("pages", "files"),
    [
        pytest.param([export(users=[user(UserPolicyList=inline("x"))], IsTruncated=True)], ["0.json"], id="last-page-missing"),
        pytest.param([export(users=[user(UserPolicyList=inline("x"))], NextToken="e30=")], ["0.json"], id="token-of-the-cli"),
        pytest.param(
            [export(users=[user(UserPolicyList=inline("x"))], IsTruncated=True), export(roles=[role()], IsTruncated=True)],
            ["0.json", "1.json"],
            id="last-of-three-missing",
        ),
        pytest.param(
            [
                export(users=[user(UserPolicyList=inline("x"))], IsTruncated=True),
                export(roles=[role()]).replace(ACCOUNT, "222222222222"),
            ],
            ["0.json"],
            id="last-page-of-another-account",
        ),
        pytest.param([export(policies=[managed(READ)])], ["0.json"], id="no-account"),
        pytest.param([FIRST], ["0.json"], id="references-to-what-the-last-page-has"),
    ],
)
def test_what_is_incomplete(pages: list[str], files: list[str], folder: Folder, refusal: Refusal) -> None:
    root = folder({f"{number}.json": page for number, page in enumerate(pages)})
    found = refusal(lambda: load([str(root)]))
    assert [(each.code, each.source.name) for each in found] == [("IAM614", f"{root}/{file}") for file in files]


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([export(users=[user(UserPolicyList=inline("x"))], IsTruncated=True), export()], id="empty-last-page"),
        pytest.param(
            [export(policies=[managed(READ)], IsTruncated=True), export(users=[user(**attached(READ))])], id="first-page-of-no-account"
        ),
        pytest.param(
            [export(roles=[role()]), export(roles=[role()]).replace(ACCOUNT, "222222222222")],
            id="two-accounts",
        ),
        pytest.param([export(policies=[managed(OWN)])], id="nobody"),
    ],
)
def test_what_is_complete(pages: list[str], folder: Folder) -> None:
    assert ACCOUNT in loaded(folder, *pages).attachments.accounts


DANGLING: Final = [
    pytest.param(export(users=[user(GroupList=["g"])]), '"g"', "the group `g` is not in the export", id="group"),
    pytest.param(export(users=[user(**attached(OWN))]), f'"{OWN}"', f"the managed policy `{OWN}` is not in the export", id="policy"),
    pytest.param(export(users=[user(**bounded(OWN))]), f'"{OWN}"', f"the permissions boundary `{OWN}` is not in the export", id="boundary"),
    pytest.param(export(groups=[group(**attached(OWN))]), f'"{OWN}"', f"the managed policy `{OWN}` is not in the export", id="of-a-group"),
    pytest.param(
        export(users=[user(GroupList=["g"])], groups=[group(Arn="arn:aws:iam::222222222222:group/g")]),
        '"g"',
        "the group `g` is not in the export",
        id="group-of-another-account",
    ),
    pytest.param(
        export(policies=[{"Arn": OWN, "PolicyVersionList": []}]),
        "[]}]",
        f"the managed policy `{OWN}` has no default version here",
        id="version",
    ),
]


@pytest.mark.parametrize(("text", "at", "message"), DANGLING)
def test_a_dangling_reference(text: str, at: str, message: str, folder: Folder, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: load([str(folder({"a.json": text}))]))
    assert (diagnostic.code, diagnostic.message) == ("IAM613", message)
    assert diagnostic.span is not None
    assert diagnostic.span.column == text.index(at) + 1


@pytest.mark.parametrize(
    ("text", "at", "code", "message"),
    [
        pytest.param(export(Users=[]), '"Users"', "IAM606", "unknown member `Users` in an account's authorization details", id="member"),
        pytest.param(export(IsTruncated="no"), '"no"', "IAM607", "`IsTruncated` must be true or false, not a string", id="is-truncated"),
        pytest.param('{"Policies": {}}', "{}", "IAM607", "`Policies` must be an array, not an object", id="list"),
        pytest.param('{"UserDetailList": [1]}', "1]", "IAM607", "a user must be an object, not a number", id="entry"),
        pytest.param('{"UserDetailList": [{}]}', "{}", "IAM608", "a user is missing the required member `Arn`", id="no-arn"),
        pytest.param(export(users=[{"Arn": OWN}]), f'"{OWN}"', "IAM607", f"`{OWN}` is not the ARN of a user", id="arn-of-something-else"),
        pytest.param(
            export(roles=[{"Arn": f"{IAM}:role/r"}]),
            '{"Arn"',
            "IAM608",
            "a role is missing the required member `AssumeRolePolicyDocument`",
            id="trust",
        ),
        pytest.param(
            export(users=[user(UserPolicyList=[{"PolicyName": "x"}])]),
            '{"PolicyName"',
            "IAM608",
            "an inline policy is missing the required member `PolicyDocument`",
            id="inline",
        ),
        pytest.param(
            export(users=[user(UserPolicyList=inline("x", document="%7B%FF"))]),
            '"%7B%FF"',
            "IAM001",
            "the URL-encoded document is not UTF-8",
            id="encoding",
        ),
    ],
)
def test_what_is_no_export(text: str, at: str, code: str, message: str, folder: Folder, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: load([str(folder({"a.json": text}))]))
    assert diagnostic.span is not None
    assert (diagnostic.span.column, diagnostic.code, diagnostic.message) == (text.index(at) + 1, code, message)
