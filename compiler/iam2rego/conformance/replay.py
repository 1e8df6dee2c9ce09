"""Command lines that repeat a request."""

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from iam2rego.conformance.run import Disagreement
from iam2rego.jsontext import dumps
from iam2rego.sources.scenario import Scenario


def command(disagreement: Disagreement, sources: Sequence[str], options: Sequence[str], engine: str = "opa") -> str:
    """Return a shell command with which OPA decides the request again; add `--engine native` to ask the other engine.

    Args:
        disagreement: the request and its policies.
        sources: the sources as given on the command line.
        options: the options for reading sources and choosing an OPA, such as `--param` and `--opa-url`.
        engine: the name of the engine that decides again.
    """
    words = ["iam2rego", "eval", *_asked(disagreement, sources), *options, "--engine", engine, "--format", "json", "--request", "-"]
    return f"{_printing(disagreement)} | {shlex.join(words)}"


def command_of_scenario(scenario: Scenario, options: Sequence[str]) -> str:
    """Return a shell command that runs a scenario again with the same ``options``; one with sources needs its file."""
    if scenario.sources:
        return shlex.join(["iam2rego", "test", scenario.file, "--filter", scenario.name, *options])
    return f"printf '%s\\n' {shlex.quote(scenario.text)} | {shlex.join(['iam2rego', 'test', '-', *options])}"


def command_of_output(disagreement: Disagreement, folder: Path, package: str) -> str:
    """Return a shell command with which OPA decides again from the earlier output in ``folder``; ``package`` has the entry points."""
    words = ["eval", "--bundle", str(folder), "--stdin-input", "--format", "pretty", f"[data.{package}.allow, data.{package}.decision]"]
    return f'{_printing(disagreement)} | "$(iam2rego opa path)" {shlex.join(words)}'


def _printing(disagreement: Disagreement) -> str:
    return f"printf '%s\\n' {shlex.quote(dumps(disagreement.request))}"


def _asked(disagreement: Disagreement, sources: Sequence[str]) -> Sequence[str]:
    """Return the file of the policy that decided alone, if the file holds nothing else; otherwise all sources."""
    policies = disagreement.policies.policies
    if len(policies) != 1:
        return sources
    return list(_files(policies[0].file, sources))[:1] or sources


def _files(file: str, sources: Sequence[str]) -> Iterator[str]:
    for source in sources:
        path = Path(source)
        yield from (str(each) for each in (path / file, path) if each.is_file() and each.name == Path(file).name)
