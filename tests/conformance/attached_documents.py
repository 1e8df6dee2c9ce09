"""Policies that name principals, of an account and those beside it."""

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]
ACCOUNT: Final = "111111111111"
IAM: Final = f"arn:aws:iam::{ACCOUNT}"
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
