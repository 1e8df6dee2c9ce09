"""The page about a run of `conform`."""

from collections.abc import Mapping
from pathlib import Path

from iam2rego.cli.commands.conform.options import Options
from iam2rego.conformance.page import Subject, page
from iam2rego.conformance.report import Replay
from iam2rego.conformance.run import ConformReport
from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.assemble import compile_policies, module_paths
from iam2rego.sources import Loaded


def conform_page(options: Options, loaded: Loaded, report: ConformReport, replay: Replay, revision: str) -> str:
    """Return the page; the Rego on it is the output that was checked, or what the compiler makes now, with its ``revision``."""
    package, rego = options.compared.package, options.compared.rego
    paths = module_paths((policy.name for policy in loaded.policies.policies), package)
    modules = _built(rego, paths) if rego else _compiled(loaded.policies, paths, package)
    origin = f"in {rego}" if rego else "that the compiler makes of it now"
    return page(report, Subject(loaded.policies, loaded.sources, modules, origin, options.sources, revision), replay)


def _compiled(policies: PolicySet, paths: Mapping[str, str], package: str) -> Mapping[str, str]:
    files = compile_policies(policies, revision="", package=package).files
    return {policy: files[path] for policy, path in paths.items()}


def _built(folder: Path, paths: Mapping[str, str]) -> Mapping[str, str]:
    """Return the modules that are there; OPA has read them, so they are text."""
    return {policy: (folder / path).read_text("utf-8") for policy, path in paths.items() if (folder / path).is_file()}
