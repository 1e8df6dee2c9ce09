"""Reads scenarios: policies, a request, and the expected decision (docs/conformance-suite.md)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.policy import Kind, PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.source import Source, Span
from iam2rego.sources.files import Place, find, opened, refuse_missing
from iam2rego.sources.formats.policy_set import scenario_policies
from iam2rego.sources.loading import NO_PARAMETERS, read_policies
from iam2rego.sources.members import object_members, require, text_of, wrong_type
from iam2rego.sources.problems import Problems
from iam2rego.sources.texts import JsonText, json_texts, until_refused
from iam2rego.sources.values import value_of
from iam2rego.syntax.members import duplicate_members
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, Member

_MEMBERS: Final = ("name", "policies", "request", "expect", "lenient")
_REQUIRED: Final = ("name", "request", "expect")
_OF_TRUST: Final = re.compile(r"sts:(?:AssumeRole.*|AssumeRoot|TagSession|SetSourceIdentity)", re.IGNORECASE | re.ASCII)


class Expectation(StrEnum):
    """What a scenario may expect: a decision, or that the policies or the request are refused."""

    ALLOWED = "allowed"
    EXPLICIT_DENY = "explicitDeny"
    IMPLICIT_DENY = "implicitDeny"
    INVALID = "invalid"


_EXPECTATIONS: Final = tuple(each.value for each in Expectation)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario.

    `file` is named as messages do, and `span` is the scenario's place in it; `text` is its JSON, on one line.
    `policies` is None where they are refused, and `diagnostics` say why; so they do for warnings.
    """

    name: str
    file: str
    span: Span
    text: str
    policies: PolicySet | None
    diagnostics: tuple[Diagnostic, ...]
    request: JsonValue
    expect: Expectation
    lenient: bool

    @property
    def place(self) -> str:
        """Its place, as messages show it."""
        return f"{self.file}:{self.span.line}:{self.span.column}"


def read_scenarios(paths: Sequence[str], *, lenient: bool = False, parameters: Mapping[str, str] = NO_PARAMETERS) -> Iterator[Scenario]:
    """Read scenarios from files, or folders of ``*.json`` and ``*.jsonl``: each an object, an array of them, or JSON Lines.

    They are a stream: none is yielded after the first problem, which is raised after some more of the input was checked.
    Policies that must be refused are a part of the scenario; ``lenient`` applies to those without the member.

    Raises:
        PolicyError: a file cannot be read or is not a scenario, or there is none at all.
    """
    problems = Problems()
    places = list(_places(paths, problems))
    problems.settled()
    found = False
    for scenario in _scenarios(until_refused(_texts(places, problems), problems), problems, lenient, parameters):
        found = True
        if not problems.failed:
            yield scenario
    problems.settled()
    if not found:
        raise PolicyError([Diagnostic(Code.NO_POLICY, "there is no scenario in it", Source(path, "")) for path in paths])


def scenarios_of(sources: Iterable[Source], *, lenient: bool = False) -> list[Scenario]:
    """Read the scenarios in texts, which may be empty; raise a `PolicyError` at anything else."""
    problems = Problems()
    texts = (text for source in sources for text in json_texts(BytesIO(source.text.encode()), source.name))
    scenarios = list(_scenarios(texts, problems, lenient, NO_PARAMETERS))
    problems.settled()
    return scenarios


def _texts(places: Iterable[Place], problems: Problems) -> Iterator[JsonText]:
    """Yield the texts of all files; what cannot be read is a problem."""
    for place in places:
        with problems.collected(), opened(place.shown) as file:
            yield from json_texts(file, place.shown)


def _places(paths: Sequence[str], problems: Problems) -> Iterator[Place]:
    """Yield the files; one that is missing is a problem, found before an hour is spent on those before it."""
    for path in paths:
        with problems.collected():
            for place in find(path, (".json", ".jsonl")):
                with problems.collected():
                    refuse_missing(place.shown)
                    yield place


def _scenarios(texts: Iterable[JsonText], problems: Problems, lenient: bool, parameters: Mapping[str, str]) -> Iterator[Scenario]:
    for text in texts:
        with problems.collected():
            reader = _Reader(text.source(), lenient, parameters)
            for node in reader.nodes():
                with problems.collected():
                    yield reader.scenario(node)


def resource_kind(request: JsonValue) -> Kind:
    """Return what kind of policy the resource asked for has: a trust policy where the action is one of E14's."""
    action = request.get("action") if isinstance(request, dict) else None
    return Kind.TRUST if isinstance(action, str) and _OF_TRUST.fullmatch(action) else Kind.RESOURCE


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the scenarios of one text."""

    source: Source
    lenient: bool
    parameters: Mapping[str, str]

    def nodes(self) -> Sequence[JsonNode]:
        root = parse_json(self.source)
        return root.items if isinstance(root, JsonArray) else (root,)

    def scenario(self, node: JsonNode) -> Scenario:
        members = object_members(node, self.source, "a scenario", _MEMBERS)
        require(node, members, self.source, "a scenario", _REQUIRED)
        lenient = self._lenient(members)
        request = self._request(members["request"].value)
        policies, diagnostics = self._policies(members, resource_kind(request), lenient)
        return Scenario(
            name=text_of(members["name"].value, self.source, "`name`"),
            file=self.source.name,
            span=node.span,
            text=self._line(node),
            policies=policies,
            diagnostics=diagnostics,
            request=request,
            expect=self._expectation(members["expect"].value),
            lenient=lenient,
        )

    def _line(self, node: JsonNode) -> str:
        """Return the text of ``node`` as it is written; a line break in it can only be white space."""
        return self.source.cut(node.span).replace("\r", " ").replace("\n", " ")

    def _lenient(self, members: Mapping[str, Member]) -> bool:
        if "lenient" not in members:
            return self.lenient
        node = members["lenient"].value
        if not isinstance(node, JsonBoolean):
            raise PolicyError([wrong_type(node, self.source, "`lenient`", "true or false")])
        return node.value

    def _request(self, node: JsonNode) -> JsonValue:
        if repeated := tuple(duplicate_members(node, self.source)):
            raise PolicyError(repeated)
        return value_of(node)

    def _expectation(self, node: JsonNode) -> Expectation:
        text = text_of(node, self.source, "`expect`")
        if text not in _EXPECTATIONS:
            message = f"`expect` must be one of {', '.join(f'`{each}`' for each in _EXPECTATIONS)}"
            raise PolicyError([Diagnostic(Code.WRONG_SOURCE_TYPE, message, self.source, node.span)])
        return Expectation(text)

    def _policies(self, members: Mapping[str, Member], resource: Kind, lenient: bool) -> tuple[PolicySet | None, tuple[Diagnostic, ...]]:
        """Return the policies, or None and why they are refused."""
        if "policies" not in members:
            return PolicySet(policies=()), ()
        problems = Problems()
        try:
            attachments, found = scenario_policies(members["policies"].value, self.source, self.source.name, problems, resource)
            policies = read_policies(found, problems, lenient=lenient, parameters=self.parameters)
            return PolicySet(policies=policies, attachments=attachments), problems.settled()
        except PolicyError as refused:
            return None, refused.diagnostics
