"""Reads scenarios: policies or the sources of them, a request, and the expected decision (docs/ci.md)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from io import BytesIO
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.policy import Kind, PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.source import Source, Span
from iam2rego.sources.formats.policy_set import scenario_policies
from iam2rego.sources.loading import NO_PARAMETERS, read_policies
from iam2rego.sources.members import items_of, object_members, require, text_of, wrong_type
from iam2rego.sources.problems import Problems
from iam2rego.sources.scenario_texts import texts_of
from iam2rego.sources.tested import PolicyFiles, beside
from iam2rego.sources.texts import JsonText, json_texts, until_refused
from iam2rego.sources.values import value_of
from iam2rego.syntax.members import duplicate_members
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, Member

_MEMBERS: Final = ("name", "policies", "sources", "request", "expect", "lenient")
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
    `policies` is None where they are refused, and `diagnostics` say why; so they do for warnings. `sources` are the files and
    folders that the policies are from, none if the scenario holds them; `texts` hold the policies, by their names.
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
    sources: tuple[str, ...] = ()
    texts: Mapping[str, Source] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Its place, as messages show it."""
        return f"{self.file}:{self.span.line}:{self.span.column}"


def read_scenarios(
    paths: Sequence[str], *, lenient: bool = False, parameters: Mapping[str, str] = NO_PARAMETERS, tested: PolicyFiles | None = None
) -> Iterator[Scenario]:
    """Read scenarios from files, or folders of ``*.json`` and ``*.jsonl``: each an object, an array of them, or JSON Lines.

    Other JSON files in a folder are left out, such as policies. Scenarios are a stream: none is yielded after the first problem,
    which is raised after some more of the input was checked. Policies that must be refused are a part of the scenario that holds
    them. ``lenient`` applies to scenarios without the member, and ``tested`` loads the policies of those that hold none.

    Raises:
        PolicyError: a file cannot be read or is not a scenario, a source cannot be used, or there is no scenario at all.
    """
    problems, found = Problems(), False
    options = _Options(lenient, parameters, tested or PolicyFiles(parameters=parameters))
    for scenario in _scenarios(until_refused(texts_of(paths, problems), problems), problems, options):
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
    scenarios = list(_scenarios(texts, problems, _Options(lenient, NO_PARAMETERS, PolicyFiles())))
    problems.settled()
    return scenarios


def _scenarios(texts: Iterable[JsonText], problems: Problems, options: "_Options") -> Iterator[Scenario]:
    for text in texts:
        with problems.collected():
            reader = _Reader(text.source(), options)
            for node in reader.nodes():
                with problems.collected():
                    yield reader.scenario(node)


def resource_kind(request: JsonValue) -> Kind:
    """Return what kind of policy the resource asked for has: a trust policy where the action is one of E14's."""
    action = request.get("action") if isinstance(request, dict) else None
    return Kind.TRUST if isinstance(action, str) and _OF_TRUST.fullmatch(action) else Kind.RESOURCE


@dataclass(frozen=True, slots=True)
class _Options:
    """How scenarios are read: the arguments of `read_scenarios`."""

    lenient: bool
    parameters: Mapping[str, str]
    tested: PolicyFiles


@dataclass(frozen=True, slots=True)
class _Tested:
    """The policies of a scenario, as its fields have them."""

    policies: PolicySet | None
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: tuple[str, ...] = ()
    texts: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the scenarios of one text."""

    source: Source
    options: _Options

    def nodes(self) -> Sequence[JsonNode]:
        root = parse_json(self.source)
        return root.items if isinstance(root, JsonArray) else (root,)

    def scenario(self, node: JsonNode) -> Scenario:
        members = object_members(node, self.source, "a scenario", _MEMBERS)
        require(node, members, self.source, "a scenario", _REQUIRED)
        lenient = self._lenient(members)
        request = self._request(members["request"].value)
        tested = self._tested(members, resource_kind(request), lenient)
        return Scenario(
            name=text_of(members["name"].value, self.source, "`name`"),
            file=self.source.name,
            span=node.span,
            text=self._line(node),
            policies=tested.policies,
            diagnostics=tested.diagnostics,
            request=request,
            expect=self._expectation(members["expect"].value),
            lenient=lenient,
            sources=tested.sources,
            texts=tested.texts,
        )

    def _line(self, node: JsonNode) -> str:
        """Return the text of ``node`` as it is written; a line break in it can only be white space."""
        return self.source.cut(node.span).replace("\r", " ").replace("\n", " ")

    def _lenient(self, members: Mapping[str, Member]) -> bool:
        if "lenient" not in members:
            return self.options.lenient
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

    def _tested(self, members: Mapping[str, Member], resource: Kind, lenient: bool) -> _Tested:
        """Return the policies that the scenario holds, those of the sources that it names, or those of the usual sources."""
        if "sources" in members:
            if "policies" in members:
                message = "a scenario holds its `policies` or names its `sources`, not both"
                raise PolicyError([Diagnostic(Code.CONFLICTING_SOURCES, message, self.source, members["sources"].name_span)])
            return self._of_named(members["sources"].value, lenient)
        if "policies" in members:
            return self._held(members["policies"].value, resource, lenient)
        usual = self.options.tested.usual
        return self._of_files(usual, lenient) if usual else _Tested(PolicySet(policies=()))

    def _held(self, node: JsonNode, resource: Kind, lenient: bool) -> _Tested:
        """Return the policies in ``node``, or None and why they are refused."""
        problems = Problems()
        try:
            attachments, found = scenario_policies(node, self.source, self.source.name, problems, resource)
            policies = read_policies(found, problems, lenient=lenient, parameters=self.options.parameters)
            texts = {each.name: each.source for each in found}
            return _Tested(PolicySet(policies=policies, attachments=attachments), problems.settled(), texts=texts)
        except PolicyError as refused:
            return _Tested(None, refused.diagnostics)

    def _of_files(self, sources: tuple[str, ...], lenient: bool) -> _Tested:
        loaded = self.options.tested.load(sources, lenient=lenient)
        return _Tested(loaded.policies, sources=sources, texts=loaded.sources)

    def _of_named(self, node: JsonNode, lenient: bool) -> _Tested:
        """Return the policies of the sources that the scenario names; an error about one of those itself says where it is named."""
        sources = self._sources(node)
        try:
            return self._of_files(sources, lenient)
        except PolicyError as error:
            hint = f"{self.source.name}:{node.span.line}:{node.span.column} names it; such a path begins at the folder of that file"
            told = [replace(each, hint=each.hint or hint) if _is_of(each, sources) else each for each in error.diagnostics]
            raise PolicyError(told) from None

    def _sources(self, node: JsonNode) -> tuple[str, ...]:
        """Return the paths that the scenario names, which are relative to its file."""
        paths = [text_of(each, self.source, "each of `sources`") for each in items_of(node, self.source, "`sources`")]
        if not paths or any(not each or "\0" in each for each in paths):
            message = "`sources` must be paths of policies, relative to this file"
            raise PolicyError([Diagnostic(Code.WRONG_SOURCE_TYPE, message, self.source, node.span)])
        return tuple(beside(self.source.name, each) for each in paths)


def _is_of(diagnostic: Diagnostic, sources: Sequence[str]) -> bool:
    """Return whether a diagnostic is about one of the sources itself, not about what is in it."""
    return diagnostic.span is None and diagnostic.source.name in sources
