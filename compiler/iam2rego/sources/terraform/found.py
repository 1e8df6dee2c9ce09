"""Finds the policy documents of resources, and names them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.jsontext import JsonValue
from iam2rego.source import Source, Span
from iam2rego.sources.documents import RawDocument
from iam2rego.sources.listed import Listed, Outcome
from iam2rego.sources.places import Place
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.addresses import Path, whole
from iam2rego.sources.terraform.configuration import Configuration, references_in
from iam2rego.sources.terraform.open_ends import OpenEnds
from iam2rego.sources.terraform.resources import Plan, Resource, flags
from iam2rego.sources.terraform.table import DOCUMENT, places_of
from iam2rego.sources.terraform.text import Step
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonNode

_MOST_REFERENCES: Final = 8


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy of a plan or state: its name, the resource that has it, the place of its type, and the name of one in a list."""

    name: str
    resource: Resource
    place: Place
    own: str | None


@dataclass(slots=True)
class Found:
    """The policies of a plan or state.

    Attributes:
        documents: those that were read.
        policies: the same, with where they are.
        listed: all policies, with what becomes of them.
    """

    documents: list[RawDocument] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A document that may be at a place of a resource: the path to it, the name that its policy has there, and its value."""

    path: tuple[Step, ...]
    name: JsonValue
    value: JsonValue

    @property
    def label(self) -> str:
        """The path as Terraform writes it."""
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path).removeprefix(".")


@dataclass(slots=True)
class Finder:
    """Finds the policies of one file."""

    plan: Plan
    configuration: Configuration
    opening: OpenEnds
    problems: Problems
    file: str
    stem: str
    found: Found = field(default_factory=Found)
    _trees: dict[str, JsonNode] = field(default_factory=dict)
    _made: dict[tuple[Path, str], Resource] = field(default_factory=dict)

    def find(self) -> None:
        """Find the policies of all resources."""
        self._made = {
            (each.parts.module, f"data.{DOCUMENT}.{each.parts.name}"): each for each in self.plan.resources if each.type == DOCUMENT
        }
        for resource in self.plan.resources:
            kind = resource.values.get("type")
            for place in places_of(resource.type, kind if isinstance(kind, str) else None):
                for spot in self._spots(resource, place):
                    with self.problems.collected():
                        self._take(resource, place, spot)

    def _spots(self, resource: Resource, place: Place) -> Iterator[_Spot]:
        """Yield what is at a place of a resource: the items of a list, or the list as a whole if it is not known."""
        first, *rest = place.path
        yield from self._below(_Spot((first,), None, resource.values.get(first)), rest)

    def _below(self, spot: _Spot, steps: list[str]) -> Iterator[_Spot]:
        """Yield what some steps lead to; where the value has another form, that."""
        value = spot.value
        if isinstance(value, list) and steps[:1] == ["*"]:
            for number, item in enumerate(value):
                yield from self._below(_Spot((*spot.path, number), None, item), steps[1:])
        elif isinstance(value, dict) and steps and steps[0] != "*":
            name = value.get("name", value.get("policy_name"))
            yield from self._below(_Spot((*spot.path, steps[0]), name, value.get(steps[0])), steps[1:])
        else:
            yield spot

    def _take(self, resource: Resource, place: Place, spot: _Spot) -> None:
        if spot.value is None or spot.value in ("", []):
            if not resource.gone and self._is_unknown(resource, place, spot):
                self._wait(resource, place, spot)
            return
        if resource.gone:
            self._list(resource, place, spot, Outcome.NOT_CREATED)
            message = f"the plan takes `{resource.address}` away, so its policy is not there afterwards"
            self._tell(Diagnostic(Code.NOT_CREATED, message, self.plan.text.source, self._place(resource, ("address",))))
            return
        name = self._name(resource, place, spot)
        try:
            found = self._document(resource, place, spot, name)
        except PolicyError:
            self._list(resource, place, spot, Outcome.READ, failed=True)
            raise
        self.found.documents.append(found)
        own = spot.name if isinstance(spot.name, str) and spot.name else None
        self.found.policies.append(Policy(name, resource, place, own))
        self._list(resource, place, spot, Outcome.READ)

    def _document(self, resource: Resource, place: Place, spot: _Spot, name: str) -> RawDocument:
        self._refuse_others(resource, place, spot)
        assert isinstance(spot.value, str)
        inner = Source(f"{self.plan.text.source.name}#{resource.address}.{spot.label}", spot.value)
        self.plan.text.refuse_surrogates(name, lambda: self._place(resource, (*resource.path, *spot.path)))
        return RawDocument(name, self.file, self._parsed(inner), inner, FORMS[place.kind])

    def _list(
        self, resource: Resource, place: Place, spot: _Spot, outcome: Outcome, needs: Sequence[str] = (), *, failed: bool = False
    ) -> None:
        """Note what becomes of a policy. A plan is one line, so its places tell nobody anything."""
        name = self._name(resource, place, spot)
        self.found.listed.append(Listed(name, place.kind, resource.address, spot.label, None, outcome, tuple(needs), failed))

    def _parsed(self, inner: Source) -> JsonNode:
        """Return the tree of a document. Instances of a resource often have the same text; its places count from its own start."""
        if inner.text not in self._trees:
            self._trees[inner.text] = parse_json(inner)
        return self._trees[inner.text]

    def _refuse_others(self, resource: Resource, place: Place, spot: _Spot) -> None:
        """Raise an error about a value that is no string, or a string where a list or an object is."""
        missing = place.path[len(spot.path) :]
        wanted = "a string that holds a policy" if not missing else "an array" if missing[0] == "*" else "an object"
        if not isinstance(spot.value, str) or missing:
            where = self._place(resource, (*resource.path, *spot.path))
            self.plan.text.wrong_type(spot.value, where, f"`{spot.label}` of `{resource.address}`", wanted)

    def _is_unknown(self, resource: Resource, place: Place, spot: _Spot) -> bool:
        """Return whether a document is known after apply. A computed attribute that nobody writes is not there."""
        expressions = self.configuration.expressions(resource.parts)
        written = place.path[0] in expressions if expressions is not None else True
        if resource.unknown is None:  # a state, or planned values, which leave out what they do not know
            return expressions is not None and bool(references_in(expressions.get(place.path[0])))
        return resource.is_unknown(*spot.path) and (written or not place.computed)

    def _wait(self, resource: Resource, place: Place, spot: _Spot) -> None:
        expressions = self.configuration.expressions(resource.parts)
        texts = references_in(expressions.get(str(spot.path[0]))) if expressions else []
        self._list(resource, place, spot, Outcome.KNOWN_AFTER_APPLY, whole(texts))
        self.opening.after_apply(resource, spot.label, whole(texts)[:_MOST_REFERENCES], self._detail(resource, texts))

    def _detail(self, resource: Resource, texts: Sequence[str]) -> str:
        """Say which parts of a document are not known, if a data source makes it."""
        for text in texts:
            made = self._made.get((resource.parts.module, text))
            unknown = made.unknown.get("statement") if made and isinstance(made.unknown, dict) else None
            found = [
                f"statement {number}, {name}"
                for number, statement in enumerate(unknown if isinstance(unknown, list) else [])
                for name, node in (statement.items() if isinstance(statement, dict) else ())
                if any(flags(node))
            ]
            if found:
                return f"; not known are: {'; '.join(found[:_MOST_REFERENCES])}"
        return ""

    def _name(self, resource: Resource, place: Place, spot: _Spot) -> str:
        """Return the name of a policy, which stays the same whatever is known."""
        stem = f"{self.stem}/{resource.address}"
        if place.kind is Kind.TRUST:
            return f"{stem}/trust"
        if len(place.path) == 1 or place.kind is not Kind.IDENTITY:
            first = place.path == places_of(resource.type)[0].path and not any(isinstance(step, int) and step for step in spot.path)
            return stem if first else f"{stem}/{spot.label}"
        if len(spot.path) == 1:
            return f"{stem}/{spot.label}"  # a list of policies that is not known
        name = spot.name if isinstance(spot.name, str) and spot.name else f"policy[{spot.path[1]}]"
        return f"{stem}/{name}#inline" if name == "trust" else f"{stem}/{name}"

    def _place(self, resource: Resource, path: tuple[Step, ...]) -> Span:
        return self.plan.text.place(resource.start, *path)

    def _tell(self, diagnostic: Diagnostic) -> None:
        self.problems.add([diagnostic])
