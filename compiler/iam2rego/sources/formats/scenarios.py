"""Scenarios, which may lie among the policies that they test. The policies that they hold are no part of a source."""

from typing import Final

from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Extract, Format, Options
from iam2rego.sources.members import has_all
from iam2rego.sources.problems import Problems
from iam2rego.syntax.tree import JsonArray, JsonNode

_MEMBERS: Final = ("name", "request", "expect")


def are_scenarios(root: JsonNode) -> bool:
    """Say whether a parsed file is a scenario, or an array of them."""
    scenarios = root.items if isinstance(root, JsonArray) else (root,)
    return bool(scenarios) and all(has_all(each, _MEMBERS) for each in scenarios)


def _read(_root: JsonNode, _file: TextFile, _options: Options, _problems: Problems) -> Extract:
    return Extract(())


FORMAT: Final = Format("scenarios", "", are_scenarios, _read)
