"""Opens the engine that decides on OPA: one of our own, or one that already runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from iam2rego.cli.opa import obtained
from iam2rego.conformance.engine import DeployedEngine, Engine, OpaEngine
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.client import Client


@dataclass(frozen=True, slots=True)
class OpaChoice:
    """What the options say about OPA."""

    program: str | None
    url: str | None
    token: str | None
    package: str
    no_progress: bool


@contextmanager
def opa_engine(choice: OpaChoice, policies: PolicySet) -> Iterator[Engine]:
    """Yield an OPA that decides by ``policies``; one that already runs is taken to hold them under the package."""
    if choice.url:
        with Client.at(choice.url, choice.token) as client:
            yield DeployedEngine(client, choice.package)
    else:
        with OpaEngine(obtained(choice.program, no_progress=choice.no_progress), [policies]) as engine:
            yield engine
