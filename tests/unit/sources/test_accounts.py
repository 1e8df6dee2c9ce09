"""Account exports (docs/policy-sets.md): who has which policies, pages, encoded documents, and references that lead nowhere."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

import botocore.session
import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.attachments import PrincipalPolicies, ResourcePolicy
from iam2rego.ir.policy import PolicySet, PolicyType
from iam2rego.sources import load, look
from iam2rego.sources.formats.account_export import LISTS

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]
Entry: TypeAlias = dict[str, Any]

ACCOUNT: Final = "111111111111"
IAM: Final = f"arn:aws:iam::{ACCOUNT}"
READ: Final = "arn:aws:iam::aws:policy/ReadOnlyAccess"
OWN: Final = f"{IAM}:policy/p/own"
DOCUMENT: Final = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}
TRUST: Final = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:*"}}
OTHER: Final = {"Statement": "an old version is not read"}


def managed(arn: str, document: object = DOCUMENT) -> Entry:
    old, new = ({"VersionId": name, "CreateDate": "2020-01-01T00:00:00Z"} for name in ("v1", "v2"))
    versions = [{**old, "Document": OTHER, "IsDefaultVersion": False}, {**new, "Document": document, "IsDefaultVersion": True}]
    return {"PolicyName": arn.rpartition("/")[2], "Arn": arn, "DefaultVersionId": "v2", "PolicyVersionList": versions}


def inline(*names: str, document: object = DOCUMENT) -> list[Entry]:
    return [{"PolicyName": name, "PolicyDocument": document} for name in names]


def attached(*arns: str) -> Entry:
    return {"AttachedManagedPolicies": [{"PolicyName": arn.rpartition("/")[2], "PolicyArn": arn} for arn in arns]}


def bounded(arn: str) -> Entry:
    return {"PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}}


def user(name: str = "u", **members: Any) -> Entry:
    return {"Path": "/", "UserName": name, "UserId": "AIDA1", "Arn": f"{IAM}:user/{name}", "CreateDate": "2020-01-01T00:00:00Z", **members}


def group(name: str = "g", **members: Any) -> Entry:
    return {"Path": "/", "GroupName": name, "GroupId": "AGPA1", "Arn": f"{IAM}:group/{name}", **members}


def role(path: str = "p/r", trust: object = TRUST, **members: Any) -> Entry:
    return {"RoleName": path.rpartition("/")[2], "Arn": f"{IAM}:role/{path}", "AssumeRolePolicyDocument": trust, "Tags": [], **members}


def export(*, users: Any = (), groups: Any = (), roles: Any = (), policies: Any = (), **members: Any) -> str:
    lists = zip(LISTS, (users, groups, roles, policies), strict=True)
    return json.dumps({**{name: list(entries) for name, entries in lists}, **members})


def loaded(folder: Folder, *pages: str, **options: Any) -> PolicySet:
    return load([str(folder({f"{number}.json": page for number, page in enumerate(pages)}))], **options).policies


def has(arn: str, *identity: str, boundary: str | None = None) -> PrincipalPolicies:
    return PrincipalPolicies(arn=f"{IAM}:{arn}", identity=identity, permissions_boundary=boundary)


@pytest.mark.parametrize(
    ("members", "want"),
    [
        pytest.param(
            {"users": [user(UserPolicyList=inline("x", "a b"))]}, [has("user/u", f"{IAM}:user/u/a b", f"{IAM}:user/u/x")], id="inline"
        ),
        pytest.param(
            {"users": [user(**attached(OWN, READ))], "policies": [managed(OWN), managed(READ)]}, [has("user/u", OWN, READ)], id="managed"
        ),
        pytest.param(
            {"users": [user(GroupList=["g"])], "groups": [group(GroupPolicyList=inline("x"), **attached(OWN))], "policies": [managed(OWN)]},
            [has("user/u", f"{IAM}:group/g/x", OWN)],
            id="group",
        ),
        pytest.param(
            {
                "users": [user(GroupList=["g", "h"], **attached(OWN))],
                "groups": [group(**attached(OWN)), group("h", Arn=f"{IAM}:group/p/h", **attached(OWN))],
                "policies": [managed(OWN)],
            },
            [has("user/u", OWN)],
            id="each-policy-once",
        ),
        pytest.param({"users": [user(**bounded(OWN))], "policies": [managed(OWN)]}, [has("user/u", boundary=OWN)], id="boundary"),
        pytest.param(
            {"roles": [role(RolePolicyList=inline("x"), **attached(READ), **bounded(OWN))], "policies": [managed(OWN), managed(READ)]},
            [has("role/p/r", f"{IAM}:role/p/r/x", READ, boundary=OWN)],
            id="role",
        ),
        pytest.param(
            {"users": [user("b"), user("a")], "roles": [role()]}, [has("role/p/r"), has("user/a"), has("user/b")], id="without-policies"
        ),
    ],
)
def test_who_has_what(members: Mapping[str, Any], want: list[PrincipalPolicies], folder: Folder) -> None:
    found = loaded(folder, export(**members))
    assert list(found.attachments.principals) == want
    assert found.attachments.accounts == (ACCOUNT,)
    assert (found.attachments.identity, found.attachments.permissions_boundary) == ((), None)


def test_the_policies_of_an_export(folder: Folder) -> None:
    text = export(users=[user(UserPolicyList=inline("x"), **attached(OWN))], roles=[role()], policies=[managed(OWN), managed(READ)])
    found = loaded(folder, text)
    assert [(each.name, each.type, each.file) for each in found.policies] == [
        (OWN, PolicyType.IDENTITY, "0.json"),
        (f"{IAM}:role/p/r/trust", PolicyType.RESOURCE, "0.json"),
        (f"{IAM}:user/u/x", PolicyType.IDENTITY, "0.json"),
    ]
    assert found.attachments.resources == (ResourcePolicy(resource=f"{IAM}:role/p/r", policy=f"{IAM}:role/p/r/trust"),)


def test_policies_that_nobody_has_are_not_in_the_set(folder: Folder) -> None:
    root = str(folder({"a.json": export(users=[user(UserPolicyList=inline("x"))], policies=[managed(READ)])}))
    assert [each.name for each in load([root]).policies.policies] == [f"{IAM}:user/u/x"]
    assert [each.policy.name for each in look([root]).legible] == [f"{IAM}:user/u/x", READ]


def test_policies_that_nobody_has_are_checked_all_the_same(folder: Folder, refusal: Refusal) -> None:
    text = export(users=[user()], policies=[managed(READ, {"Statement": {"Effect": "deny", "Action": "*", "Resource": "*"}})])
    assert [each.code for each in refusal(lambda: load([str(folder({"a.json": text}))]))] == ["IAM107"]


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(DOCUMENT, id="object"),
        pytest.param(json.dumps(DOCUMENT), id="text"),
        pytest.param(quote(json.dumps(DOCUMENT, indent=1)), id="url-encoded"),
        pytest.param(quote(json.dumps(DOCUMENT), safe=""), id="url-encoded/every-mark"),
    ],
)
def test_forms_of_documents(document: object, folder: Folder) -> None:
    text = export(users=[user(UserPolicyList=inline("x", document=document), **attached(OWN))], policies=[managed(OWN, document)])
    own, named = loaded(folder, text).policies
    assert own.document == named.document
    assert [each.effect for each in own.document.statements] == ["Deny"]


def test_a_trust_policy_may_be_encoded(folder: Folder) -> None:
    (policy,) = loaded(folder, export(roles=[role(trust=quote(json.dumps(TRUST)))])).policies
    assert policy.name == f"{IAM}:role/p/r/trust"


@pytest.mark.parametrize("encoded", [pytest.param(False, id="text"), pytest.param(True, id="url-encoded")])
def test_a_document_is_decoded_once(encoded: bool, folder: Folder) -> None:
    document = json.dumps({"Statement": {"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::b/%41+"}})
    text = export(users=[user(UserPolicyList=inline("x", document=quote(document) if encoded else document))])
    (policy,) = loaded(folder, text).policies
    (entry,) = policy.document.statements[0].resources.entries
    assert entry.text == "arn:aws:s3:::b/%41+"


def test_places_in_an_encoded_document_are_those_of_its_text(folder: Folder, refusal: Refusal) -> None:
    document = quote('{"Statement":\n {"Effect": "deny", "Action": "*", "Resource": "*"}}')
    root = folder({"a.json": export(users=[user(UserPolicyList=inline("x", document=document))])})
    (diagnostic,) = refusal(lambda: load([str(root)]))
    assert diagnostic.span is not None
    assert (diagnostic.source.name, diagnostic.span.line, diagnostic.span.column) == (f"{root}/a.json#{IAM}:user/u/x", 2, 13)


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


def test_a_name_is_that_of_one_entry(folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": export(users=[user(UserPolicyList=inline("x")), user(Arn=f"{IAM}:user/p/u")])})
    (diagnostic,) = refusal(lambda: load([str(root)]))
    assert (diagnostic.code, diagnostic.message) == ("IAM615", f"the user `u` is already in the export, in {root}/a.json at line 1")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(export(users=[user(**attached(OWN))], policies=[managed(OWN), managed(OWN)]), OWN, id="managed-policy"),
        pytest.param(export(users=[user(UserPolicyList=inline("x", "x"))]), f"{IAM}:user/u/x", id="inline-policy"),
    ],
)
def test_a_name_is_that_of_one_policy(text: str, name: str, folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": text})
    (diagnostic,) = refusal(lambda: load([str(root)]))
    assert (diagnostic.code, diagnostic.message) == ("IAM605", f"the policy name `{name}` is taken by {root}/a.json")


@pytest.mark.parametrize(
    ("members", "names"),
    [
        pytest.param({"roles": [role(RolePolicyList=inline("trust"))]}, ["role/p/r/trust", "role/p/r/trust#inline"], id="role"),
        pytest.param({"roles": [role(RolePolicyList=inline("Trust"))]}, ["role/p/r/Trust", "role/p/r/trust"], id="role/another-name"),
        pytest.param({"users": [user(UserPolicyList=inline("trust"))]}, ["user/u/trust"], id="user"),
        pytest.param(
            {"roles": [role("r", RolePolicyList=inline("trust")), role("r/trust", RolePolicyList=inline("trust"))]},
            ["role/r/trust", "role/r/trust#inline", "role/r/trust/trust", "role/r/trust/trust#inline"],
            id="role/below-its-name",
        ),
    ],
)
def test_an_inline_policy_may_be_named_trust(members: Mapping[str, Any], names: list[str], folder: Folder) -> None:
    """The trust policy keeps the name of the contract, whatever the role's own policies are called."""
    found = loaded(folder, export(**members))
    assert [each.name for each in found.policies] == [f"{IAM}:{name}" for name in names]
    assert [each.policy for each in found.attachments.resources] == [
        f"{IAM}:{name}" for name in names if name.endswith("/trust") and "role" in name
    ]
    assert {name for each in found.attachments.principals for name in each.identity} == {
        each.name for each in found.policies if each.type == "identity"
    }


def test_organization_and_resource_policies_stand_beside_it(folder: Folder) -> None:
    bucket = {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*"}}
    policies = json.dumps({"policies": {"service_control": [[DOCUMENT]]}, "resources": {"arn:aws:s3:::b": bucket}})
    found = loaded(folder, export(users=[user()], roles=[role()]), policies)
    assert found.attachments.service_control == (("service_control[0][0]",),)
    assert [each.resource for each in found.attachments.resources] == [f"{IAM}:role/p/r", "arn:aws:s3:::b"]
    assert [each.arn for each in found.attachments.principals] == [f"{IAM}:role/p/r", f"{IAM}:user/u"]


@pytest.mark.parametrize(
    ("beside", "message"),
    [
        pytest.param(
            {"policies": {"permissions_boundary": []}},
            f"every user and role gets a permissions boundary here, but `{IAM}:user/u` has one of its own in the account's export",
            id="boundary",
        ),
        pytest.param(
            {"policies": {}, "resources": {f"{IAM}:role/p/r": TRUST}},
            f"the policy of `{IAM}:role/p/r` is already given by {{}}",
            id="trust",
        ),
    ],
)
def test_what_contradicts_it(beside: object, message: str, folder: Folder, refusal: Refusal) -> None:
    text = export(users=[user(**bounded(OWN))], roles=[role()], policies=[managed(OWN)])
    root = folder({"account.json": text, "set.json": json.dumps(beside)})
    (diagnostic,) = refusal(lambda: load([str(root)]))
    assert diagnostic.code == "IAM615"
    assert diagnostic.message == message.format(f"{root}/set.json")


def test_the_shape_is_that_of_the_model_of_aws() -> None:
    """The names that the reader looks for, and the entries of this file, are botocore's."""
    model = botocore.session.get_session().get_service_model("iam").operation_model("GetAccountAuthorizationDetails").output_shape
    assert model is not None
    shapes = {name: model.members[name].member.members for name in LISTS}
    assert set(model.members) == {*LISTS, "IsTruncated", "Marker"}
    full = {**attached(OWN), **bounded(OWN)}
    entries = (
        user(UserPolicyList=inline("x"), GroupList=["g"], **full),
        group(GroupPolicyList=inline("x"), **attached(OWN)),
        role(RolePolicyList=inline("x"), **full),
        managed(OWN),
    )
    for name, entry in zip(LISTS, entries, strict=True):
        assert set(entry) <= set(shapes[name])
    assert set(inline("x")[0]) == set(shapes["UserDetailList"]["UserPolicyList"].member.members)
    assert set(managed(OWN)["PolicyVersionList"][0]) == set(shapes["Policies"]["PolicyVersionList"].member.members)
