"""Checks what is deployed, an output in a folder or a gateway that runs: its decisions, and how it stands to the sources."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from iam2rego.conformance.checkpoint import Notes, opened
from iam2rego.conformance.conform import Progress, conform_deployed
from iam2rego.conformance.freshness import Wanted, of_output, of_server
from iam2rego.conformance.run import ConformReport
from iam2rego.engines.engine import DeployedEngine
from iam2rego.engines.pace import Pace
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client, Provenance
from iam2rego.opa.server import serve


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked: requests made from the policies that are wanted, by a seed, and ``extra`` ones, which may be iterated repeatedly."""

    wanted: Wanted
    seed: int
    extra: Iterable[JsonValue]
    progress: Progress


def conform_output(folder: Path, questions: Questions, binary: Binary) -> ConformReport:
    """Check the output in ``folder`` on an OPA of our own.

    Raises:
        OpaError: OPA does not take the output.
        EngineError: OPA stopped answering.
    """
    standing = of_output(folder, questions.wanted)
    with serve(binary, folder) as opa:
        report = _report(questions, DeployedEngine(opa, questions.wanted.package), binary.version)
    return replace(report, standing=standing)


def conform_gateway(client: Client, questions: Questions, *, rate: float | None, resume: Path | None) -> ConformReport:
    """Check a running OPA by the one query that decides, at most ``rate`` times a second; ``resume`` names a file of notes.

    Raises:
        PolicyError: the notes cannot be used.
        OpaError: OPA does not tell its version.
        EngineError: OPA stopped answering.
    """
    package, pace = questions.wanted.package, Pace(rate)
    before = pace.kept(lambda: client.provenance(package))
    with _noted(resume, lambda: _run(client, before, questions)) as notes:
        report = _report(questions, DeployedEngine(client, package, pace=pace), before.version, notes)
        after = pace.kept(lambda: client.provenance(package))
    return replace(report, standing=of_server(before, after, questions.wanted))


def _report(questions: Questions, engine: DeployedEngine, version: str, notes: Notes | None = None) -> ConformReport:
    return conform_deployed(
        questions.wanted.policies,
        engine,
        version=version,
        seed=questions.seed,
        extra=questions.extra,
        progress=questions.progress,
        notes=notes,
    )


@contextmanager
def _noted(file: Path | None, run: Callable[[], Mapping[str, str]]) -> Iterator[Notes | None]:
    if file is None:
        yield None
        return
    with opened(file, run()) as notes:
        yield notes


def _run(client: Client, held: Provenance, questions: Questions) -> dict[str, str]:
    """Return all that the answers of a run follow from, by the names that a refusal tells."""
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
