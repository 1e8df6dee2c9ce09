"""Checks a deployment, an output folder or a running gateway: its decisions, and whether it is up to date with the sources."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from iam2rego.conformance.checkpoint import Checkpoint, opened
from iam2rego.conformance.conform import Progress, conform_deployed
from iam2rego.conformance.freshness import Wanted, of_output, of_server
from iam2rego.conformance.run import ConformReport
from iam2rego.engines.opa import DeployedEngine
from iam2rego.engines.pace import Pace
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client, Provenance
from iam2rego.opa.server import serve


@dataclass(frozen=True, slots=True)
class Questions:
    """The requests of a check: those made from the wanted policies with a seed, and ``extra`` ones, which can be iterated repeatedly."""

    wanted: Wanted
    seed: int
    extra: Iterable[JsonValue]
    progress: Progress


def conform_output(folder: Path, questions: Questions, binary: Binary) -> ConformReport:
    """Check the output in ``folder`` on an OPA of our own.

    Raises:
        OpaError: OPA rejects the output.
        EngineError: OPA stopped answering.
    """
    freshness = of_output(folder, questions.wanted)
    with serve(binary, folder) as opa:
        report = _report(questions, DeployedEngine(opa, questions.wanted.package), binary.version)
    return replace(report, freshness=freshness)


def conform_gateway(client: Client, questions: Questions, *, rate: float | None, resume: Path | None) -> ConformReport:
    """Check a running OPA with decision queries only, at most ``rate`` a second; ``resume`` names a checkpoint file.

    Raises:
        PolicyError: the checkpoint file cannot be used.
        OpaError: OPA does not report its version.
        EngineError: OPA stopped answering.
    """
    package, pace = questions.wanted.package, Pace(rate)
    before = pace.kept(lambda: client.provenance(package))
    with _checkpoint(resume, lambda: _run(client, before, questions)) as checkpoint:
        report = _report(questions, DeployedEngine(client, package, pace=pace), before.version, checkpoint)
        after = pace.kept(lambda: client.provenance(package))
    return replace(report, freshness=of_server(before, after, questions.wanted))


def _report(questions: Questions, engine: DeployedEngine, version: str, checkpoint: Checkpoint | None = None) -> ConformReport:
    return conform_deployed(
        questions.wanted.policies,
        engine,
        version=version,
        seed=questions.seed,
        extra=questions.extra,
        progress=questions.progress,
        checkpoint=checkpoint,
    )


@contextmanager
def _checkpoint(file: Path | None, run: Callable[[], Mapping[str, str]]) -> Iterator[Checkpoint | None]:
    if file is None:
        yield None
        return
    with opened(file, run()) as checkpoint:
        yield checkpoint


def _run(client: Client, held: Provenance, questions: Questions) -> dict[str, str]:
    """Return everything that the answers of a run depend on, by the names that messages use."""
    return {
        "sources or options": " ".join(questions.wanted.revisions),
        "seed": str(questions.seed),
        "requests": _digest(questions.extra),
        "server": client.address,
        "OPA": held.version,
        "bundles": " ".join(f"{name}={revision}" for name, revision in sorted(held.revisions.items())),
    }


def _digest(requests: Iterable[JsonValue]) -> str:
    digest = sha256()
    for request in requests:
        digest.update(f"{dumps(request)}\n".encode())
    return digest.hexdigest()
