"""Makes an account's export with a seed, as the AWS CLI prints one, and requests of its callers and of some that it only nearly has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final, TypeAlias

from iam2rego.ir.policy import Policy, PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.questions import aims, base, callers

Json: TypeAlias = dict[str, Any]

ACCOUNT: Final = "123456789012"
IAM: Final = f"arn:aws:iam::{ACCOUNT}"
_CREATED: Final = "2024-01-01T00:00:00+00:00"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PATHS: Final = ("/", "/", "/division/", "/division/team/")
_AT_A_TIME: Final = 8
"""How many requests are made for one statement and one caller."""

BESIDE: Final[Json] = {
    "policies": {
        "service_control": [
            [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}],
            [
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "NotAction": ["account:*", "sns:*"], "Resource": "*"}},
                {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "kms:*Delete*", "Resource": "*"}},
            ],
        ],
    },
    "resources": {
        "arn:aws:s3:::shared": {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "s3:Get*"},
                {"Effect": "Deny", "NotPrincipal": {"AWS": [f"{IAM}:user/user-000", f"{IAM}:root"]}, "Action": "s3:Delete*"},
            ],
        },
    },
}
"""A policy-set file beside the export: organization policies, and the policy of a bucket."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many entries of each kind an account has."""

    users: int
    groups: int
    roles: int


def export(size: Size, managed: Mapping[str, Json], seed: int) -> Json:
    """Return the authorization details of an account whose entries have some of the ``managed`` policies, given by name."""
    return _Maker(size, managed, Random(seed)).export()


class _Maker:
    def __init__(self, size: Size, managed: Mapping[str, Json], random: Random) -> None:
        self._size = size
        self._managed = managed
        self._random = random
        self._names = sorted(managed)
        self._attached: dict[str, int] = {}

    def export(self) -> Json:
        groups = [self._group(number) for number in range(self._size.groups)]
        users = [self._user(number, [each["GroupName"] for each in groups]) for number in range(self._size.users)]
        roles = [self._role(number) for number in range(self._size.roles)]
        return {
            "UserDetailList": users,
            "GroupDetailList": groups,
            "RoleDetailList": roles,
            "Policies": [self._policy(name) for name in sorted(self._attached)],
            "IsTruncated": False,
        }

    def _entry(self, kind: str, prefix: str, number: int) -> Json:
        name = f"{kind.lower()}-{number:03}"
        path = self._random.choice(_PATHS)
        return {
            "Path": path,
            f"{kind}Name": name,
            f"{kind}Id": prefix + "".join(self._random.choices(_LETTERS, k=17)),
            "Arn": f"{IAM}:{kind.lower()}{path}{name}",
            "CreateDate": _CREATED,
            f"{kind}PolicyList": [
                {"PolicyName": f"inline-{index}", "PolicyDocument": inline_policy(self._random)} for index in range(self._some(2))
            ],
            "AttachedManagedPolicies": [
                self._attach(name) for name in self._random.sample(self._names, min(len(self._names), self._some(3)))
            ],
        }

    def _group(self, number: int) -> Json:
        return self._entry("Group", "AGPA", number)

    def _user(self, number: int, groups: Sequence[str]) -> Json:
        joined = self._random.sample(groups, min(len(groups), self._some(3)))
        return {**self._entry("User", "AIDA", number), "GroupList": joined, **self._boundary(), "Tags": [{"Key": "team", "Value": "a"}]}

    def _role(self, number: int) -> Json:
        return {
            **self._entry("Role", "AROA", number),
            "AssumeRolePolicyDocument": self._trust(),
            "InstanceProfileList": [],
            **self._boundary(),
            "Tags": [],
            "RoleLastUsed": {"LastUsedDate": _CREATED, "Region": "us-east-1"},
        }

    def _boundary(self) -> Json:
        if self._random.random() < 0.7:
            return {}
        arn = self._attach(self._random.choice(self._names))["PolicyArn"]
        return {"PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}}

    def _attach(self, name: str) -> Json:
        self._attached[name] = self._attached.get(name, 0) + 1
        return {"PolicyName": name, "PolicyArn": f"arn:aws:iam::aws:policy/{name}"}

    def _policy(self, name: str) -> Json:
        versions = [
            {"Document": self._managed[name], "VersionId": "v2", "IsDefaultVersion": True, "CreateDate": _CREATED},
            {"Document": inline_policy(self._random), "VersionId": "v1", "IsDefaultVersion": False, "CreateDate": _CREATED},
        ]
        return {
            "PolicyName": name,
            "PolicyId": "ANPA" + "".join(self._random.choices(_LETTERS, k=17)),
            "Arn": f"arn:aws:iam::aws:policy/{name}",
            "Path": "/",
            "DefaultVersionId": "v2",
            "AttachmentCount": self._attached[name],
            "PermissionsBoundaryUsageCount": 0,
            "IsAttachable": True,
            "CreateDate": _CREATED,
            "UpdateDate": _CREATED,
            "PolicyVersionList": versions,
        }

    def _trust(self) -> Json:
        user, role = (f"{IAM}:{kind}-{self._random.randrange(most or 1):03}" for kind, most in self._kinds())
        principal, action, condition = self._random.choice(
            [
                ({"AWS": f"{IAM}:root"}, "sts:AssumeRole", {}),
                ({"AWS": [user, role]}, ["sts:AssumeRole", "sts:TagSession"], {}),
                ({"AWS": "999999999999"}, "sts:AssumeRole", {"StringEquals": {"sts:ExternalId": "x"}}),
                ({"Service": "ecs-tasks.amazonaws.com"}, "sts:AssumeRole", {"ArnLike": {"aws:SourceArn": f"arn:aws:ecs:*:{ACCOUNT}:*"}}),
                ({"Federated": f"{IAM}:saml-provider/idp"}, "sts:AssumeRoleWithSAML", {"StringEquals": {"SAML:aud": "https://x"}}),
            ]
        )
        statement = {"Effect": "Allow", "Principal": principal, "Action": action, **({"Condition": condition} if condition else {})}
        return {"Version": "2012-10-17", "Statement": [statement]}

    def _kinds(self) -> Iterator[tuple[str, int]]:
        yield from (("user/user", self._size.users), ("role/role", self._size.roles))

    def _some(self, most: int) -> int:
        return self._random.randint(0, most)


def inline_policy(random: Random) -> Json:
    """Return a small identity policy."""
    services = random.sample(["s3", "ec2", "sqs", "sns", "sts", "kms", "dynamodb", "logs"], 2)
    actions = [f"{service}:{random.choice(['*', 'Get*', 'List*', 'Delete*', 'Put?*'])}" for service in services]
    resource = random.choice(["*", "arn:aws:s3:::shared/*", f"arn:aws:*:*:{ACCOUNT}:*", "arn:aws:s3:::${aws:username}/*"])
    condition = random.choice([{}, {}, {"Bool": {"aws:SecureTransport": "true"}}, {"StringLike": {"aws:PrincipalTag/team": ["a*", "b"]}}])
    effect = random.choice(["Allow", "Allow", "Allow", "Deny"])
    statement = {"Sid": "Inline", "Effect": effect, "Action": actions, "Resource": resource, "Condition": condition}
    return {"Version": "2012-10-17", "Statement": [{name: value for name, value in statement.items() if value != {}}]}


def requests(policies: PolicySet, count: int, seed: int) -> list[JsonValue]:
    """Return ``count`` requests at edges of statements of those who ask, or of a role's trust policy."""
    random = Random(seed)
    made: list[JsonValue] = []
    while len(made) < count:
        made += _of_one(policies, random)
    return made[:count]


def _of_one(policies: PolicySet, random: Random) -> Iterator[JsonValue]:
    holder = random.choice(policies.attachments.principals)
    by_name = {policy.name: policy for policy in policies.policies}
    policy = random.choice(policies.policies)
    names = [*holder.identity, *([holder.permissions_boundary] if holder.permissions_boundary else [])]
    resource = next((each.resource for each in policies.attachments.resources if each.policy == policy.name), None)
    if names and resource is None and random.random() < 0.9:
        policy = by_name[random.choice(names)]
    statement = random.choice(policy.document.statements)
    edges = list(aims(statement, base(statement), random))
    asking = _askers(holder.arn, policy, random)
    for aim in [edges[0], *random.sample(edges, min(len(edges), _AT_A_TIME - 1))]:
        yield (aim if resource is None else aim.on(resource)).by(next(asking)).request()


def _askers(arn: str, policy: Policy, random: Random) -> Iterator[JsonValue]:
    """Yield callers without end: mostly the holder of policies, or who is near it, or named by the statements."""
    named = [caller for statement in policy.document.statements for caller in callers.met(statement.principals)]
    near = [*callers.exported(arn), *callers.usual(ACCOUNT), *named]
    while True:
        yield random.choice(named) if named and random.random() < 0.5 else (arn if random.random() < 0.6 else random.choice(near))
