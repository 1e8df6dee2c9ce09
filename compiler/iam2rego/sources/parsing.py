"""Parses files of either language, JSON and YAML, to the same tree."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Source
from iam2rego.sources.files import TextFile, read_all
from iam2rego.sources.problems import Problems
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonNode

SUFFIXES: Final = (".json", ".yaml", ".yml", ".template")
"""In a folder, only files with these suffixes are read."""

_YAML: Final = (".yaml", ".yml", ".template")
_RESOURCES: Final = re.compile(r"""^["']?Resources["']?[ \t]*:""", re.MULTILINE)
_TYPED: Final = re.compile(r"""Type["']?\s*:\s*["']?[A-Za-z0-9]+::""")


def read_sources(paths: Iterable[str], problems: Problems) -> list[TextFile]:
    """Read every file that ``paths`` name. In a folder, YAML that is no template is passed over, and a notice says how much."""
    files: list[TextFile] = []
    for path in paths:
        found = read_all([path], SUFFIXES, problems)
        wanted = [each for each in found if each.place.shown == path or not is_yaml(each) or looks_like_template(each.source.text)]
        if passed := len(found) - len(wanted):
            message = f"{passed:,} YAML file{' that is no template is' if passed == 1 else 's that are no templates are'} passed over"
            problems.add([Diagnostic(Code.PASSED_OVER, message, Source(path, ""))])
        files += wanted
    return files


def parse(file: TextFile) -> JsonNode:
    """Parse a file: as JSON unless its name or its text says that it is YAML.

    Raises:
        PolicyError: it is not of that language.
    """
    if is_yaml(file):
        from iam2rego.syntax.yaml import parse_yaml  # here, since most sources are JSON and should start at once

        return parse_yaml(file.source)
    return parse_json(file.source)


def is_yaml(file: TextFile) -> bool:
    """Return whether a file is YAML. Text that begins with ``{`` is JSON, where YAML would forbid tabs."""
    text = file.source.text
    if text.lstrip().startswith("{"):
        return False
    suffix = PurePosixPath(file.place.file).suffix
    return suffix in _YAML or (suffix != ".json" and looks_like_template(text))


def looks_like_template(text: str) -> bool:
    """Return whether a text has what a CloudFormation template must have, without parsing it."""
    named = '"Resources"' in text if text.lstrip().startswith("{") else _RESOURCES.search(text)
    return bool(named and _TYPED.search(text))
