"""The pytest plugin: files of scenarios as tests, and the fixture `iam2rego` (docs/ci.md).

pytest loads it in every run where iam2rego is installed, so most imports happen only when they are needed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from iam2rego.pytest_plugin.collect import ScenarioFile
    from iam2rego.pytest_plugin.fixture import Iam2rego

_SUFFIXES: Final = (".scenarios.json", ".scenarios.jsonl")
_ENGINES: Final = ("native", "opa")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the configuration file; `-o` sets them for one run."""
    parser.addini("iam2rego_engines", "the engines to ask: native, opa, or both (the default)", type="args", default=_ENGINES)
    parser.addini("iam2rego_opa", "the OPA to use; by default IAM2REGO_OPA, or one that is found or built", type="string", default="")
    parser.addini("iam2rego_policies", "sources for scenarios that neither hold policies nor name sources", type="args", default=())
    parser.addini("iam2rego_params", "a TOML or JSON table that binds placeholders", type="string", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Reject unknown engines."""
    if unknown := set(config.getini("iam2rego_engines")) - set(_ENGINES):
        raise pytest.UsageError(f"iam2rego_engines: {', '.join(sorted(unknown))} must be among {', '.join(_ENGINES)}")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "ScenarioFile | None":
    """Collect ``*.scenarios.json`` and ``*.scenarios.jsonl``, with a test for each scenario."""
    if not file_path.name.endswith(_SUFFIXES):
        return None
    from iam2rego.pytest_plugin.collect import ScenarioFile

    return ScenarioFile.from_parent(parent, path=file_path)


@pytest.fixture(scope="session")
def iam2rego(pytestconfig: pytest.Config) -> "Iterator[Iam2rego]":
    """Load policies and check decisions on every engine: ``iam2rego.load("policies/").expect("allowed", request)``."""
    from iam2rego.pytest_plugin.fixture import Iam2rego

    with Iam2rego(pytestconfig) as opened:
        yield opened
