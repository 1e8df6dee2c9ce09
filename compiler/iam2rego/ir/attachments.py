"""Which principals and resources have which policies. Policies are referred to by name; `walk` lists every reference."""

from typing import TypeAlias

from iam2rego.ir.node import Node

Names: TypeAlias = tuple[str, ...]
"""Names of policies."""

Levels: TypeAlias = tuple[Names, ...]
"""Names of policies by level, from the organization's root down to the account."""


class ResourcePolicy(Node):
    """The policy of the resource with this ARN: for a role its trust policy, for a KMS key its key policy."""

    resource: str
    policy: str


class PrincipalPolicies(Node):
    """The policies that an account export attaches to one user or role; `permissions_boundary` is None without a boundary."""

    arn: str
    identity: Names = ()
    permissions_boundary: str | None = None


class Attachments(Node):
    """Which principals and resources have which policies of a set.

    A type of policy that is None takes no part. One that is empty takes part and allows nothing.

    Attributes:
        identity: identity policies of every user and session.
        permissions_boundary: the boundary of every user and session.
        session: the session policies of every request.
        service_control: service control policies by level (E11).
        resource_control: resource control policies by level (E12).
        vpc_endpoint: the policies of the VPC endpoint of every request (E13).
        resource: the policy of the requested resource, whatever it is.
        resources: the policies of individual resources.
        accounts: the ids of exported accounts. If there are any, service control policies apply only to principals of these
            accounts, and their users and roles have the policies in `principals` as well as those of everyone.
        principals: the policies that the exports attach.
        simulated: whether this is a SimulateCustomPolicy request. Then the policies decide every action (E16), and a role
            without a trust policy is a resource like any other (E14).
    """

    identity: Names = ()
    permissions_boundary: Names | None = None
    session: Names | None = None
    service_control: Levels | None = None
    resource_control: Levels | None = None
    vpc_endpoint: Names | None = None
    resource: str | None = None
    resources: tuple[ResourcePolicy, ...] = ()
    accounts: tuple[str, ...] = ()
    principals: tuple[PrincipalPolicies, ...] = ()
    simulated: bool = False
