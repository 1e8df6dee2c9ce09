"""Parses files of any language, JSON with or without comments and YAML, to the same tree."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source
from iam2rego.sources.assemblies import Assemblies
from iam2rego.sources.files import TextFile, read_all
from iam2rego.sources.formats import text_formats
from iam2rego.sources.problems import Problems
from iam2rego.sources.skipping import NOTHING, Skipping
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonNode

SUFFIXES: Final = (".json", ".jsonc", ".yaml", ".yml", ".template")
"""In a folder, only files with these suffixes are read."""

_YAML: Final = (".yaml", ".yml", ".template")
_WITH_COMMENTS: Final = ".jsonc"
_COMMENT: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"?|//[^\n]*|/\*(?:.*?\*/|.*)', re.DOTALL)
"""A comment, or a string, in which no comment begins."""

_RESOURCES: Final = re.compile(r"""^["']?Resources["']?[ \t]*:""", re.MULTILINE)
_TYPED: Final = re.compile(r"""Type["']?\s*:\s*["']?[A-Za-z0-9]+::""")
_STATEMENT: Final = re.compile(r"""^(?:\s*["']|["']?)Statement["']?[ \t]*:""", re.MULTILINE)
_EFFECT: Final = re.compile(r"""Effect["']?[ \t]*:""")


def read_sources(paths: Iterable[str], problems: Problems, skipping: Skipping = NOTHING) -> list[TextFile]:
    """Read every file that ``paths`` name, each path once: that it is named again is a problem.

    In a folder, YAML and JSON with comments that are neither a template nor a policy are passed over, and so is what the CDK writes
    beside templates. A notice says how much that is.
    """
    files: list[TextFile] = []
    marks = [mark.encode() for each in text_formats() for mark in each.marks]
    for path, times in Counter(paths).items():
        if times > 1:
            problems.add([Diagnostic(Code.POLICY_NAME_TAKEN, "the source is named twice", Source(path, ""), hint="name it once")])
        assemblies = Assemblies()
        found = read_all([path], SUFFIXES, problems, skipping, assemblies.templates, marks)
        wanted = [each for each in found if each.place.shown == path or _may_hold_policies(each, assemblies)]
        if passed := len(found) - len(wanted) + assemblies.passed_over:
            message = f"{passed:,} file{' that holds no policies is' if passed == 1 else 's that hold no policies are'} passed over"
            problems.add([Diagnostic(Code.PASSED_OVER, message, Source(path, ""))])
        files += (replace(each, environment=assemblies.environments.get(each.place.shown, ())) for each in wanted)
    return files


def _may_hold_policies(file: TextFile, assemblies: Assemblies) -> bool:
    """Return whether a file of a folder is a template or a policy, or must be something else that holds policies."""
    text = file.source.text
    if is_yaml(file) or _has_comments(file):
        return looks_like_template(text) or bool(_STATEMENT.search(text) and _EFFECT.search(text))
    return looks_like_template(text) or file.place.shown not in assemblies.environments


def parse(file: TextFile) -> JsonNode:
    """Parse a file: as JSON unless its name or its text says that it is YAML. A file whose name ends in ``.jsonc`` may have comments.

    Raises:
        PolicyError: it is not of that language.
    """
    if is_yaml(file):
        return _as_yaml(file.source)
    if PurePosixPath(file.place.file).suffix in _YAML:
        return _as_json_or_yaml(file.source)
    if not _has_comments(file):
        return parse_json(file.source)
    try:
        return parse_json(replace(file.source, text=_COMMENT.sub(_blank, file.source.text)))
    except PolicyError as error:
        raise PolicyError([replace(each, source=file.source) for each in error.diagnostics]) from None


def _as_yaml(source: Source) -> JsonNode:
    from iam2rego.syntax.yaml import parse_yaml  # here, since most sources are JSON and should start at once

    return parse_yaml(source)


def _as_json_or_yaml(source: Source) -> JsonNode:
    """Parse a text that begins with ``{``: as JSON, or else as YAML in flow style. If it is neither, its errors are those of JSON."""
    try:
        return parse_json(source)
    except PolicyError as error:
        try:
            return _as_yaml(source)
        except PolicyError:
            raise error from None


def _has_comments(file: TextFile) -> bool:
    return PurePosixPath(file.place.file).suffix == _WITH_COMMENTS


def _blank(found: re.Match[str]) -> str:
    """Replace a comment by spaces, so that all places stay; leave a string, and a comment that does not end."""
    text = found[0]
    ends = text.startswith("//") or (text.endswith("*/") and len(text) >= len("/**/"))
    return text if text.startswith('"') or not ends else "".join(each if each == "\n" else " " for each in text)


def is_yaml(file: TextFile) -> bool:
    """Return whether a file is YAML. Text that begins with ``{`` is read as JSON first, since YAML would forbid its tabs."""
    text = file.source.text
    if text.lstrip().startswith("{"):
        return False
    suffix = PurePosixPath(file.place.file).suffix
    return suffix in _YAML or (suffix != ".json" and looks_like_template(text))


def looks_like_template(text: str) -> bool:
    """Return whether a text has what a CloudFormation template must have, without parsing it."""
    named = '"Resources"' in text if text.lstrip().startswith("{") else _RESOURCES.search(text)
    return bool(named and _TYPED.search(text))
