"""Writes the export of an account, entry by entry."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from iam2rego.ir.attachments import PrincipalPolicies
from iam2rego.ir.policy import PolicySet
from iam2rego.sources import load
from iam2rego.sources.formats.account_export import LISTS

Folder = Callable[[Mapping[str, str | bytes]], Path]
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
