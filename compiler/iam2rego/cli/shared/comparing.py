"""What `conform` and `conform-gateway` share once policies are read: what OPA should hold, how a run is replayed, printed and left."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import click

from iam2rego.cli.shared import progress
from iam2rego.cli.shared.compared import Compared, Requests
from iam2rego.cli.shared.options import Reading, ReportFormat, ReportPrinting
from iam2rego.cli.shared.output import FINDINGS, SURROUNDINGS
from iam2rego.cli.shared.revision import revision
from iam2rego.conformance.deployed import Questions
from iam2rego.conformance.freshness import FORMS, Wanted
from iam2rego.conformance.replay import command, command_of_output
from iam2rego.conformance.report import Replay, conform_json, conform_junit, conform_text
from iam2rego.conformance.run import ConformReport
from iam2rego.ir.gateway import Gateway
from iam2rego.sources import Loaded
from iam2rego.sources.requests import kept_requests

RENDERERS: Final[Mapping[ReportFormat, Callable[[ConformReport, Replay], str]]] = {
    ReportFormat.TEXT: conform_text,
    ReportFormat.JSON: conform_json,
    ReportFormat.JUNIT: conform_junit,
}


@dataclass(frozen=True)
class Comparison:
    """What a run follows from: the sources, how they are read, what is asked, and of which OPA."""

    sources: Sequence[str]
    reading: Reading
    requests: Requests
    compared: Compared
    printing: ReportPrinting
    gateway_file: str | None = None

    @contextmanager
    def questions(self, loaded: Loaded, gateway: Gateway | None = None) -> Iterator[Questions]:
        """Yield what to ask of ``loaded`` policies, and of the ``gateway`` in front of them."""
        file = self.requests.requests
        with kept_requests(file) if file else nullcontext(()) as extra, progress.shown("deciding", wanted=not self.printing.quiet) as step:
            yield Questions(self._wanted(loaded, gateway), self.requests.seed, extra, step)

    def _wanted(self, loaded: Loaded, gateway: Gateway | None) -> Wanted:
        reading, package = self.reading, self.compared.package
        settings: Mapping[str, Any] = {
            "package": package,
            "lenient": reading.lenient,
            "policy_type": reading.policy_type,
            "gateway": gateway,
        }
        made = partial(revision, loaded.digest, reading.bound(), **settings)
        return Wanted(loaded.policies, package, {made(labels=form.labels, layout=form.layout): form for form in FORMS}, gateway)

    def replay(self) -> Replay:
        """Return what makes a shell command that asks OPA again."""
        if rego := self.compared.rego:
            entry = f"{self.compared.package}.{'gateway' if self.gateway_file else 'authz'}"
            return partial(command_of_output, folder=rego, package=entry)
        return partial(command, sources=self.sources, options=[*self._reading_words(), *self._asking_words()])

    def _reading_words(self) -> list[str]:
        """Return the options by which a replay reads the same policies."""
        gateway = self.gateway_file
        return [*self.reading.words(), *(("--gateway", gateway) if gateway else ())]

    def _asking_words(self) -> tuple[str, ...]:
        """Return the options by which a replay asks the same server."""
        url = self.compared.opa_url
        return ("--opa-url", url, "--package", self.compared.package) if url else ()


def leave(outcome: ConformReport) -> None:
    """Exit with the status that says what was found."""
    if any(isinstance(each.opa, str) for each in outcome.disagreements):
        raise click.exceptions.Exit(SURROUNDINGS)
    if outcome.disagreements or outcome.is_outdated or outcome.all_invalid:
        raise click.exceptions.Exit(FINDINGS)
