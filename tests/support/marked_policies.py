"""Policies in which marks say what is wrong and where: ``⟨IAM107⟩`` comes before the character at which the problem starts.

A bare mark is an error in both modes, ``⟨IAM108 lenient⟩`` an error that `--lenient` turns into a warning, ``⟨IAM110 warning⟩`` and
``⟨IAM113 notice⟩`` are what they say in both.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from iam2rego.catalogue.services import Catalogue, catalogue
from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.policy import Kind, Policy
from iam2rego.lint import Selected, Subject, by_default, check
from iam2rego.source import Source
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.lower import Reading, read_policy
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonObject

_MARK: Final = re.compile(r"⟨(IAM\d{3})(?: (lenient|security|warning|notice))?⟩")
_BY_CATALOGUE: Final = {"IAM502", "IAM510", "IAM512", "IAM513", "IAM514", "IAM515", "IAM517", "IAM518", "IAM521", "IAM523"}
_MODES: Final = {"default": {"lenient": "error"}, "lenient": {"lenient": "warning"}}

Problem: TypeAlias = tuple[int, int, str, str]
"""Line, column, level and code."""

Look: TypeAlias = Callable[[str, Kind, bool, Mapping[str, str]], list[Diagnostic]]
"""Finds the problems of a text, in lenient mode or not, with parameters by name."""


@dataclass(frozen=True)
class Judged:
    """The problems that were found in both modes, and those that the marks want."""

    found: Mapping[str, list[Problem]]
    wanted: Mapping[str, list[Problem]]


def read(text: str, kind: Kind, lenient: bool, parameters: Mapping[str, str]) -> Reading:
    """Read a policy of some kind."""
    source = Source("policy.json", text)
    return read_policy(parse_json(source), source, FORMS[kind], lenient=lenient, parameters=parameters)


def problems_of_reading(text: str, kind: Kind, lenient: bool, parameters: Mapping[str, str]) -> list[Diagnostic]:
    """What reading has to say."""
    return list(read(text, kind, lenient, parameters).diagnostics)


def findings(
    text: str, kind: Kind, lenient: bool, parameters: Mapping[str, str], known: Catalogue | None = None, selected: Selected = by_default
) -> list[Diagnostic]:
    """What lint finds in the statements that can be read, by the catalogue ``known`` or by the installed one."""
    subject = subject_of(text, kind, known, lenient=lenient, parameters=parameters)
    return list(check([subject], selected)) if subject else []


def subject_of(
    text: str, kind: Kind, known: Catalogue | None = None, *, lenient: bool = False, parameters: Mapping[str, str] | None = None
) -> Subject | None:
    """The statements that can be read, for checks; None if the text is no policy."""
    document = read(text, kind, lenient, parameters or {}).legible
    source = Source("policy.json", text)
    node = parse_json(source)
    if document is None or not isinstance(node, JsonObject):
        return None
    policy = Policy(name="policy", type=FORMS[kind].type, kind=kind, file="policy.json", document=document)
    return Subject(policy, source, node, known or catalogue())


def text_findings(text: str, kind: Kind, lenient: bool, parameters: Mapping[str, str]) -> list[Diagnostic]:
    """What lint finds without a look at what AWS has, so that tests of other findings may make up services, actions and keys."""
    return [each for each in findings(text, kind, lenient, parameters) if each.code not in _BY_CATALOGUE]


def judged(marked: str, look: Look, kind: Kind = Kind.IDENTITY, parameters: Mapping[str, str] | None = None) -> Judged:
    """Compare what is found with what the marks want."""
    text, places = _unmarked(marked)
    found = {mode: _found(look(text, kind, mode == "lenient", parameters or {})) for mode in _MODES}
    wanted = {
        mode: [(line, column, named.get(level, level), code) for line, column, code, level in places] for mode, named in _MODES.items()
    }
    return Judged(found, wanted)


def _found(diagnostics: list[Diagnostic]) -> list[Problem]:
    return [(each.span.line, each.span.column, each.level, each.code) for each in diagnostics if each.span]


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int, str, str]]]:
    """Take the marks out; return the text, and place, code and level for each mark."""
    text, places, end = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        end = mark.end()
        places.append((text.count("\n") + 1, len(text) - text.rfind("\n"), mark[1], mark[2] or "error"))
    return text + marked[end:], places
