"""What is asked: raw requests in mixed case with four context keys, a situation each. No policy reads the first of the keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.decision import Outcome
from iam2rego.jsontext import JsonValue

ACCOUNT: Final = "123456789012"


@dataclass(frozen=True, slots=True)
class Question:
    """An action on a resource, asked by users of a kind, and what is decided."""

    kind: str
    action: str
    resource: str
    decision: Outcome
    first_key: str = "aws:PrincipalTag/Team"

    def request(self, user: str) -> dict[str, JsonValue]:
        """Return the question as the request of ``user``."""
        return {
            "principal": f"arn:aws:iam::{ACCOUNT}:user/{user}",
            "action": self.action,
            "resource": self.resource,
            "context": {
                self.first_key: "Front",
                "aws:SourceIp": "203.0.113.7",
                "aws:SecureTransport": "true",
                "iam:PassedToService": "ecs-tasks.amazonaws.com",
            },
        }

    def asked(self, attached: int) -> dict[str, JsonValue]:
        """Return the question as the request of the user who has ``attached`` policies."""
        return self.request(f"{self.kind}-{attached}")


QUESTIONS: Final[Mapping[str, Question]] = {
    "allowed": Question("viewer", "ecs:DescribeServices", f"arn:aws:ecs:us-east-1:{ACCOUNT}:service/web/front", Outcome.ALLOWED),
    "allowed, only known keys": Question(
        "viewer",
        "ecs:DescribeServices",
        f"arn:aws:ecs:us-east-1:{ACCOUNT}:service/web/front",
        Outcome.ALLOWED,
        first_key="aws:PrincipalType",
    ),
    "through a condition": Question("deployer", "iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/front-task", Outcome.ALLOWED),
    "implicit deny": Question("viewer", "iam:DeleteUser", f"arn:aws:iam::{ACCOUNT}:user/front", Outcome.IMPLICIT_DENY),
    "implicit deny by name": Question("viewer", "iam:CreateUser", f"arn:aws:iam::{ACCOUNT}:user/front", Outcome.IMPLICIT_DENY),
    "explicit deny": Question("quarantined", "ec2:RunInstances", f"arn:aws:ec2:us-east-1:{ACCOUNT}:instance/*", Outcome.EXPLICIT_DENY),
}
"""The questions by situation."""
