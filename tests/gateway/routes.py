"""The API of `examples/gateway` written down once more from its README: what each request means in IAM, and seeded requests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from iam2rego.jsontext import JsonValue

ECS: Final = "arn:aws:ecs:us-east-1:123456789012"
USER: Final = "arn:aws:iam::123456789012:user"


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path, and the action and the resource that they become."""

    method: str
    path: str
    action: str
    resource: str = "*"


ROUTES: Final = (
    Route("GET", "/clusters", "ecs:ListClusters"),
    Route("POST", "/clusters", "ecs:CreateCluster"),
    Route("GET", "/clusters/{cluster}", "ecs:DescribeClusters", ECS + ":cluster/{cluster}"),
    Route("DELETE", "/clusters/{cluster}", "ecs:DeleteCluster", ECS + ":cluster/{cluster}"),
    Route("GET", "/clusters/{cluster}/services", "ecs:ListServices"),
    Route("GET", "/clusters/{cluster}/services/{service}", "ecs:DescribeServices", ECS + ":service/{cluster}/{service}"),
    Route("POST", "/clusters/{cluster}/services/{service}", "ecs:CreateService", ECS + ":service/{cluster}/{service}"),
    Route("PUT", "/clusters/{cluster}/services/{service}", "ecs:UpdateService", ECS + ":service/{cluster}/{service}"),
    Route("DELETE", "/clusters/{cluster}/services/{service}", "ecs:DeleteService", ECS + ":service/{cluster}/{service}"),
    Route("GET", "/clusters/{cluster}/tasks", "ecs:ListTasks"),
    Route("GET", "/clusters/{cluster}/tasks/{task}", "ecs:DescribeTasks", ECS + ":task/{task}"),
    Route("DELETE", "/clusters/{cluster}/tasks/{task}", "ecs:StopTask", ECS + ":task/{task}"),
    Route("POST", "/clusters/{cluster}/run/{family}/{version}", "ecs:RunTask", ECS + ":task-definition/{family}:{version}"),
    Route("GET", "/task-definitions", "ecs:ListTaskDefinitions"),
    Route("POST", "/task-definitions", "ecs:RegisterTaskDefinition"),
)

VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "cluster": ("default", "blue", "Default", "default-2"),
    "service": ("web", "default", "clusters"),
    "task": ("d789e94b-343b-4c10-9886-0050f6d6f0ae", "00000000-343b-4c10-9886-0050f6d6f0ae"),
    "family": ("hello_world", "hello"),
    "version": ("1", "17"),
}
USERS: Final = ("alice", "bob", "carol", "dave", "erin", "mary", "nobody")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request over HTTP, and the IAM request that it means."""

    route: Route
    user: str
    path: str
    meant: JsonValue


def requests(count: int, seed: int) -> Iterator[Asked]:
    """Requests over every route in turn, of users and resources drawn from ``seed``."""
    random = Random(seed)
    for number in range(count):
        route, user = ROUTES[number % len(ROUTES)], random.choice(USERS)
        values = {name: random.choice(each) for name, each in VALUES.items()}
        yield Asked(route, user, route.path.format_map(values), meant(route, user, values))


def meant(route: Route, user: str, values: Mapping[str, str]) -> JsonValue:
    """The IAM request of a route, with values for its segments."""
    cluster = {"ecs:cluster": f"{ECS}:cluster/{values['cluster']}"} if "{cluster}" in route.path else {}
    return {
        "principal": f"{USER}/{user}",
        "action": route.action,
        "resource": route.resource.format_map(values),
        "context": {"aws:username": user, "aws:SourceIp": "127.0.0.1", **cluster},
    }
