"""Parses files of either language, JSON and YAML, to the same tree."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Source
from iam2rego.sources.assemblies import Assemblies
from iam2rego.sources.files import TextFile, read_all
from iam2rego.sources.formats import text_formats
from iam2rego.sources.problems import Problems
from iam2rego.sources.skipping import NOTHING, Skipping
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonNode

SUFFIXES: Final = (".json", ".yaml", ".yml", ".template")
"""In a folder, only files with these suffixes are read."""

_YAML: Final = (".yaml", ".yml", ".template")
_RESOURCES: Final = re.compile(r"""^["']?Resources["']?[ \t]*:""", re.MULTILINE)
_TYPED: Final = re.compile(r"""Type["']?\s*:\s*["']?[A-Za-z0-9]+::""")


def read_sources(paths: Iterable[str], problems: Problems, skipping: Skipping = NOTHING) -> list[TextFile]:
    """Read every file that ``paths`` name.

    In a folder, YAML that is no template is passed over, and so is what the CDK writes beside templates. A notice says how much that is.
    """
    files: list[TextFile] = []
    marks = [mark.encode() for each in text_formats() for mark in each.marks]
    for path in paths:
        assemblies = Assemblies()
        found = read_all([path], SUFFIXES, problems, skipping, assemblies.templates, marks)
        wanted = [each for each in found if each.place.shown == path or _may_hold_policies(each, assemblies)]
        if passed := len(found) - len(wanted) + assemblies.passed_over:
            message = f"{passed:,} file{' that holds no policies is' if passed == 1 else 's that hold no policies are'} passed over"
            problems.add([Diagnostic(Code.PASSED_OVER, message, Source(path, ""))])
        files += (replace(each, environment=assemblies.environments.get(each.place.shown, ())) for each in wanted)
    return files


def _may_hold_policies(file: TextFile, assemblies: Assemblies) -> bool:
    """Return whether a file of a folder is a template, or must be something else that holds policies."""
    return looks_like_template(file.source.text) or not (is_yaml(file) or file.place.shown in assemblies.environments)


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
