"""Where the page of a run goes, and what it shows beside the report."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from iam2rego.cli.shared.output import located
from iam2rego.conformance.page import Subject, page
from iam2rego.conformance.report import Replay
from iam2rego.conformance.run import ConformReport
from iam2rego.ir.policy import PolicySet
from iam2rego.rego import compile_policies, module_paths, placed
from iam2rego.sources import Loaded


def _in_a_folder(file: Path | None) -> Path | None:
    """Refuse at once what could not be written after minutes of work."""
    if file and not file.parent.is_dir():
        raise typer.BadParameter(f"there is no folder `{file.parent}`")
    return file


Html: TypeAlias = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", dir_okay=False, help="Also write the report as one page for a browser.", callback=_in_a_folder),
]


def write_page(file: Path, report: ConformReport, replay: Replay, loaded: Loaded, *, package: str, rego: Path | None) -> None:
    """Write the page whole or not at all; the Rego on it is what stands in ``rego``, or what the compiler makes now."""
    paths = module_paths((policy.name for policy in loaded.policies.policies), package)
    modules = _built(rego, paths) if rego else _compiled(loaded.policies, paths, package)
    origin = f"that stands in {rego}" if rego else "that the compiler makes of it now"
    content = page(report, Subject(loaded.policies, loaded.sources, modules, origin), replay)
    with located(file), placed(content.encode(), file):
        pass


def _compiled(policies: PolicySet, paths: Mapping[str, str], package: str) -> Mapping[str, str]:
    files = compile_policies(policies, revision="", package=package).files
    return {policy: files[path] for policy, path in paths.items()}


def _built(folder: Path, paths: Mapping[str, str]) -> Mapping[str, str]:
    """Return the modules that are there; OPA has read them, so they are text."""
    return {policy: (folder / path).read_text("utf-8") for policy, path in paths.items() if (folder / path).is_file()}
