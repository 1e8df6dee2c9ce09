"""Compilers that are wrong about principals, policy types and attachments: `conform` finds each of them on a set of the right kind.

Every row is a policy set, or an account's export beside one, and what a wrong compiler would make of it: a statement that means
another caller, a rule of the runtime that lacks a condition, an attachment that is lost.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

from iam2rego.conformance.conform import conform, conform_deployed
from iam2rego.conformance.run import ConformReport
from iam2rego.engines.engine import DeployedEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.binary import Binary
from iam2rego.opa.server import serve
from iam2rego.rego import Bundle, compile_policies
from iam2rego.rego.bundle.output import write
from iam2rego.sources import load
from tests.support.slices import every

Json: TypeAlias = dict[str, Any]

SEED: Final = 11
ACCOUNT: Final = "111111111111"
IAM: Final = f"arn:aws:iam::{ACCOUNT}"
SESSIONS: Final = f"arn:aws:sts::{ACCOUNT}:assumed-role/r/"
STS: Final = f"arn:aws:sts::{ACCOUNT}"
BUCKET: Final = "arn:aws:s3:::b"
ROLE: Final = f"{IAM}:role/app/r"
KEY: Final = f"arn:aws:kms:r:{ACCOUNT}:key/k"


def said(effect: str = "Allow", action: Any = "s3:*", **members: Any) -> Json:
    resource = {} if members.keys() & {"Principal", "NotPrincipal", "bare"} else {"Resource": "*"}
    return {"Effect": effect, "Action": action, **resource, **{name: value for name, value in members.items() if name != "bare"}}


def document(*statements: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def given(resources: Mapping[str, Json] | None = None, **types: Any) -> Json:
    return {"policies": types, "resources": dict(resources or {})}


def of_bucket(*statements: Json, **types: Any) -> Json:
    return given({BUCKET: document(*statements)}, **types)


def to(*arns: str, effect: str = "Allow", kind: str = "AWS", element: str = "Principal") -> Json:
    return said(effect, **{element: {kind: list(arns)}})


ALL: Final = document(said())
DENY_BUT: Final = {"effect": "Deny", "element": "NotPrincipal"}
EVERYBODY: Final = said(Principal="*")
OUTSIDE: Final = {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}
IN_ORGANIZATION: Final = document({**said("Deny", ["s3:*", "kms:*"]), "Principal": "*", "Resource": "*", "Condition": OUTSIDE})
ALL_OF_KMS: Final = document(said(action="kms:*"))
ASSUMING: Final = document(said(action="sts:*"))


def trusting(**principal: Any) -> Json:
    return given({ROLE: document({"Effect": "Allow", "Principal": principal, "Action": "sts:*"})}, identity=[ASSUMING])


def user(name: str, **members: Any) -> Json:
    return {"UserName": name.rpartition("/")[2], "Arn": f"{IAM}:user/{name}", **members}


def inline(kind: str, **documents: Json) -> Json:
    return {f"{kind}PolicyList": [{"PolicyName": name, "PolicyDocument": each} for name, each in documents.items()]}


READ: Final = f"{IAM}:policy/read"
LIMIT: Final = f"{IAM}:policy/limit"
EXPORT: Final[Json] = {
    "UserDetailList": [user("u", **inline("User", own=document(said(action="s3:PutObject"))), GroupList=["g"]), user("p/v")],
    "GroupDetailList": [{"GroupName": "g", "Arn": f"{IAM}:group/g", **inline("Group", deleting=document(said(action="s3:DeleteObject")))}],
    "RoleDetailList": [
        {
            "RoleName": "r",
            "Arn": ROLE,
            "AssumeRolePolicyDocument": document({"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}),
            "AttachedManagedPolicies": [{"PolicyName": "read", "PolicyArn": READ}],
            "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": LIMIT},
        }
    ],
    "Policies": [
        {"Arn": arn, "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": True, "Document": document(said(action=actions))}]}
        for arn, actions in ((READ, ["s3:Get*", "s3:PutObject", "sts:*"]), (LIMIT, ["s3:Get*", "sts:*"]))
    ],
}
BESIDE: Final = of_bucket(to(ROLE), service_control=[[document(said(action=["s3:*", "sts:*"]))]])

MISCOMPILED: Final = [
    pytest.param(of_bucket(to(f"{STS}:assumed-role/r/s")), f"{STS}:assumed-role/r/s", f"{IAM}:role/r", id="P4/session-as-its-role"),
    pytest.param(of_bucket(to(f"{IAM}:role/r")), f"{IAM}:role/r", f"{STS}:assumed-role/r/session", id="P5/role-as-one-session"),
    pytest.param(of_bucket(to(ROLE)), "role/app/r", "role/r", id="P5/role-without-its-path"),
    pytest.param(of_bucket(to(f"{IAM}:user/u")), "user/u", "user/U", id="P4/user-in-other-case"),
    pytest.param(of_bucket(to(f"{IAM}:user/u"), identity=[ALL]), f"{IAM}:user/u", ACCOUNT, id="P4/user-as-the-account"),
    pytest.param(of_bucket(to(f"{IAM}:user/u")), f"{IAM}:user/u", "*", id="P4/user-as-everybody"),
    pytest.param(of_bucket(to(f"{IAM}:root", effect="Deny"), EVERYBODY), f"{IAM}:root", ACCOUNT, id="P3/partition-of-a-root-ignored"),
    pytest.param(of_bucket(to(ACCOUNT), identity=[ALL]), ACCOUNT, "111111111110", id="P3/another-account"),
    pytest.param(of_bucket(to("AIDAEXAMPLE1")), "AIDAEXAMPLE1", "AIDAEXAMPLE2", id="P8/another-unique-id"),
    pytest.param(of_bucket(to("s.amazonaws.com", kind="Service")), "s.amazonaws.com", "S.amazonaws.com", id="P7/service-in-other-case"),
    pytest.param(of_bucket(to("s.amazonaws.com", kind="Service")), "s.amazonaws.com", "t.amazonaws.com", id="P7/another-service"),
    pytest.param(of_bucket(to("7", kind="CanonicalUser"), identity=[ALL]), '"7"', '"70"', id="P7/another-canonical-user"),
    pytest.param(trusting(Federated="f.example"), "f.example", "f.example.com", id="P7/another-provider"),
    pytest.param(of_bucket(to(f"{IAM}:user/u", ACCOUNT, **DENY_BUT)), f', "{ACCOUNT}"', "", id="P10/a-link-lost"),
    pytest.param(of_bucket(to(f"{IAM}:user/u", effect="Deny"), EVERYBODY), '"Principal": {', '"NotPrincipal": {', id="P9/inverted"),
    pytest.param(given(service_control=[[ALL], [ALL]], identity=[ALL]), '"s3:*"', '"s3:Get*"', id="E11/a-level-narrower"),
    pytest.param(given(permissions_boundary=[ALL], identity=[ALL]), '"s3:*"', '"s3:Put*"', id="E5/a-boundary-narrower"),
]

PRINCIPALS: Final = [
    (
        of_bucket(to(ACCOUNT), identity=[ALL]),
        "input.caller.account in listed.account",
        '{\n\tinput.caller.kind == "root"\n\tinput.caller.account in listed.account\n}',
        "P3/account-as-root-only",
    ),
    (
        of_bucket(to(ROLE), session=[document(said(action="s3:Get*"))]),
        "own_arn := input.caller.arn if not principal.is_role",
        "own_arn := input.caller.arn",
        "P5/role-as-direct",
    ),
    (of_bucket(to(f"{IAM}:user/u")), 'kind == "fedsession"', 'kind == "user"', "P5/user-behind-a-session-forgotten"),
    (
        of_bucket(to("AROAEXAMPLE1")),
        'kind == "session"\n\tinput.principal.unique_id',
        'kind == "user"\n\tinput.principal.unique_id',
        "P8/role",
    ),
    (
        of_bucket(to("AIDAEXAMPLE1")),
        'kind == "user"\n\tinput.principal.unique_id',
        'kind == "root"\n\tinput.principal.unique_id',
        "P8/user",
    ),
    (of_bucket(to("s.amazonaws.com", kind="Service")), "input.principal.service_names", "[]", "P7/service-names-ignored"),
    (of_bucket(to("7", kind="CanonicalUser"), identity=[ALL]), "in listed.canonical_user", "in listed.unique_id", "P7/canonical-user"),
    (of_bucket(EVERYBODY, to(ROLE, ACCOUNT, **DENY_BUT)), "\tis_exempt(listed)\n", "\tinclude(listed)\n", "P10/exempt-on-one-hit"),
    (
        of_bucket(EVERYBODY, to(f"{STS}:assumed-role/r/s", ACCOUNT, **DENY_BUT)),
        "is_named(listed)\n\tnames_role(listed)",
        "is_named(listed)",
        "P10/role-of-the-session-not-asked-for",
    ),
    (
        of_bucket(EVERYBODY, to(f"{IAM}:user/u", ACCOUNT, **DENY_BUT), permissions_boundary=[ALL]),
        "\tnot attachments.bounded\n",
        "",
        "P11/boundary-ignored",
    ),
]

GRANTS: Final = [
    (
        of_bucket(to(f"{IAM}:role/r"), permissions_boundary=[document(said(action="s3:Get*"))]),
        'between == "nothing"\n\tcount(attachments.limiting) == 0',
        'between == "nothing"',
        "E6/boundary-ignored-for-role-grants",
    ),
    (
        of_bucket(to(f"{IAM}:user/u")),
        'principal.has_policies\n\tbetween == "nothing"',
        "principal.has_policies",
        "E9/without-identity-allow",
    ),
    (of_bucket(to(f"{IAM}:user/u"), identity=[ALL]), 'needs_principal(_) if between != "nothing"', "", "E9/both-sides-do-not-suffice"),
    (
        of_bucket(EVERYBODY, identity=[ALL]),
        'kind in {"direct", "wild"}\n',
        'kind in {"direct"}\n',
        "E5/everybody-forgotten",
    ),
    (
        of_bucket(to(ACCOUNT)),
        'kind in {"direct", "wild"}\n',
        'kind in {"direct", "wild", "account"}\n',
        "E5/account-grant-of-its-own",
    ),
    (trusting(AWS=ACCOUNT), '"account") if needs_resource_policy', '"x") if needs_resource_policy', "E14/account-forgotten"),
    (trusting(AWS=ACCOUNT), "attachments.takes_on_a_role", 'input.action == "sts:tagsession"', "E14/identity-suffices"),
    (trusting(AWS="*"), 'input.action == "sts:assumerole"', 'input.action == "sts:tagsession"', "E8/root-assumes-a-role"),
    (trusting(AWS="*"), '"sts:assumerolewithsaml", ', "", "E14/federation-without-a-federated-caller"),
    (
        given({KEY: document(said(action="kms:*", Principal={"AWS": ACCOUNT}))}, identity=[ALL_OF_KMS]),
        ":key/",
        ":kex/",
        "E15/key-as-ordinary",
    ),
]

ATTACHMENTS: Final = [
    (given(identity=[ALL]), 'input.caller.kind == "fedsession"\n\t[', 'input.caller.kind == "x"\n\t[', "E7/no-session-policy"),
    (given(service_control=[[ALL]], identity=[ALL]), "\tnot input.principal.management_account\n", "", "E11/management-account"),
    (given(service_control=[[ALL]], identity=[ALL]), "\tinput.caller.account\n\tnot", "\tnot", "E11/everybody-governed"),
    (
        given(service_control=[[ALL]], identity=[ALL]),
        "\tnot input.principal.service_linked_role\n\tnot is",
        "\tnot is",
        "E11/service-linked-role",
    ),
    (
        of_bucket(EVERYBODY, resource_control=[[IN_ORGANIZATION]]),
        "\tnot input.resource_in_management_account\n",
        "",
        "E12/management-resources",
    ),
    (
        given({KEY: document(said(action="kms:*", Principal="*"))}, resource_control=[[IN_ORGANIZATION]]),
        '\tinput.action != "kms:retiregrant"\n',
        "",
        "E12/retire-grant",
    ),
    (
        of_bucket(EVERYBODY, resource_control=[[IN_ORGANIZATION]]),
        "\tnot input.principal.service_linked_role\n\tinput.action",
        "\tinput.action",
        "E12/service-linked-role",
    ),
    (
        given(identity=[ALL], vpc_endpoint=[document({**EVERYBODY, "Resource": "*"})]),
        'governs("vpc_endpoint")',
        'governs("x")',
        "E13/endpoint-ignored",
    ),
    (of_bucket(EVERYBODY), "regex.find_n(`^arn:[^:]*:s3:::[^/]+`, input.resource, -1)", "[]", "E4/objects-without-the-bucket's-policy"),
    (trusting(AWS="*"), 'startswith(input.action, "sts:assumerole")', "false", "E14/trust-policy-of-no-part"),
]

GUARDRAILS: Final = [
    (
        given(service_control=[[ALL], [document(said(action="s3:Get*"))]], identity=[ALL]),
        'every level in levels {\n\t\tapplying.applies("allow", level)\n\t}',
        'some level in levels\n\tapplying.applies("allow", level)',
        "E11/levels-or-ed",
    ),
    (given(service_control=[], identity=[ALL]), "\tcount(levels) > 0\n", "", "E11/no-level"),
]

DOCUMENTS: Final = [
    (of_bucket(to(ROLE), EVERYBODY), "\tkind in grants.granting_kinds\n", "", "D3/allows-that-do-not-grant"),
    (
        of_bucket(to(f"{IAM}:user/u")),
        "\tgrants.needs_resource_policy\n\tcount(grants.resource_kinds) == 0",
        "\tfalse",
        "D3/resource-not-named",
    ),
]

IN_THE_RUNTIME: Final = [
    pytest.param(policies, module, right, wrong, id=name)
    for module, rows in (
        ("principals", PRINCIPALS),
        ("grants", GRANTS),
        ("attachments", ATTACHMENTS),
        ("guardrails", GUARDRAILS),
        ("document", DOCUMENTS),
    )
    for policies, right, wrong, name in rows
]

OF_AN_EXPORT: Final = [
    pytest.param("principal", 'array.reverse(split(role_arn, "/"))[0]', 'split(role_arn, "/")[1]', id="sources/role-by-path"),
    pytest.param(
        "principals",
        "else := arn if arn := attachments.own.arn",
        "else := arn if arn := attachments.own.nothing",
        id="P5/path-of-the-export-ignored",
    ),
    pytest.param("attachments", "\tnot is_of_another_account\n", "", id="E11/principals-of-other-accounts-governed"),
    pytest.param("attachments", "in [own, object", "in [object", id="sources/own-policies-forgotten"),
    pytest.param("attachments", '"permissions_boundary", "session"]', '"session"]', id="sources/own-boundary-forgotten"),
    pytest.param("attachments", "[input.principal.user_arn]", "[input.caller.arn]", id="sources/user-behind-a-session"),
]


def boundary_lost(principals: Json) -> None:
    del principals[SESSIONS]["permissions_boundary"]


def group_lost(principals: Json) -> None:
    principals[f"{IAM}:user/u"]["identity"]["allow"].pop(0)


def user_swapped(principals: Json) -> None:
    principals[f"{IAM}:user/p/v"] = principals[f"{IAM}:user/u"]


def path_lost(principals: Json) -> None:
    principals[SESSIONS]["arn"] = f"{IAM}:role/r"


def loaded(folder: Path, *files: Json) -> PolicySet:
    folder.mkdir()
    for number, each in enumerate(files):
        (folder / f"{number}.json").write_text(json.dumps(each), encoding="utf-8")
    return load([str(folder)], lenient=True).policies


def changed(text: str, right: str, wrong: str) -> str:
    assert right in text
    return text.replace(right, wrong)


def asked(opa: Binary, policies: PolicySet, files: Mapping[str, str], folder: Path) -> ConformReport:
    write(Bundle(files), folder)
    with serve(opa, folder) as client:
        return conform_deployed(policies, DeployedEngine(client, "iam"), version="", seed=SEED, extra=(), progress=silent)


def silent(_done: int, _of: int) -> None:
    """Show no progress."""


def with_defect(files: Mapping[str, str], module: str, right: str, wrong: str) -> Mapping[str, str]:
    return {**files, (path := f"iam/lib/{module}.rego"): changed(files[path], right, wrong)}


@pytest.mark.parametrize(("policies", "right", "wrong"), every(4, MISCOMPILED))
def test_a_miscompiled_policy_is_found(opa: Binary, tmp_path: Path, policies: Json, right: str, wrong: str) -> None:
    mutant = json.loads(changed(json.dumps(policies), right, wrong))
    expected = loaded(tmp_path / "right", policies)
    files = compile_policies(expected, revision="r").files
    modules = compile_policies(loaded(tmp_path / "wrong", mutant), revision="r").files
    mixed = {**files, **{path: text for path, text in modules.items() if "/policies/" in path}}
    assert mixed != files
    assert asked(opa, expected, mixed, tmp_path / "bundle").disagreements != ()


@pytest.mark.parametrize(("policies", "module", "right", "wrong"), every(4, IN_THE_RUNTIME))
def test_a_defect_of_the_runtime_is_found(opa: Binary, tmp_path: Path, policies: Json, module: str, right: str, wrong: str) -> None:
    expected = loaded(tmp_path / "right", policies)
    files = with_defect(compile_policies(expected, revision="r").files, module, right, wrong)
    assert asked(opa, expected, files, tmp_path / "bundle").disagreements != ()


@pytest.mark.parametrize(("module", "right", "wrong"), every(4, OF_AN_EXPORT))
def test_a_defect_is_found_on_an_export(opa: Binary, tmp_path: Path, module: str, right: str, wrong: str) -> None:
    expected = loaded(tmp_path / "right", EXPORT, BESIDE)
    files = with_defect(compile_policies(expected, revision="r").files, module, right, wrong)
    assert asked(opa, expected, files, tmp_path / "bundle").disagreements != ()


@pytest.mark.parametrize("lose", every(4, [boundary_lost, group_lost, user_swapped, path_lost]))
def test_a_lost_attachment_is_found(opa: Binary, tmp_path: Path, lose: Callable[[Json], None]) -> None:
    expected = loaded(tmp_path / "right", EXPORT, BESIDE)
    files = compile_policies(expected, revision="r").files
    data = json.loads(files["data.json"])
    lose(data["iam"]["attachments"]["principals"])
    assert asked(opa, expected, {**files, "data.json": json.dumps(data)}, tmp_path / "bundle").disagreements != ()


def sets() -> Sequence[Sequence[Json]]:
    every = {json.dumps(param.values[0]): param.values[0] for param in (*MISCOMPILED, *IN_THE_RUNTIME)}
    return [*((policies,) for policies in every.values()), (EXPORT, BESIDE)]


@pytest.mark.parametrize("files", every(6, sets()), ids=range(len(sets())))
def test_without_a_mutation_none_is_found(opa: Binary, tmp_path: Path, files: Sequence[Json]) -> None:
    report = conform(loaded(tmp_path / "right", *files), seed=SEED, binary=opa, extra=(), progress=silent)
    assert report.disagreements == ()
    assert report.coverage.never_applied == ()
