"""Follows references of expressions to the resources that they mean: an edge's end is one resource, whatever its name will be.

Only ends of edges are followed, where AWS would refuse any other text: references say what is used, not how.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.jsontext import JsonValue
from iam2rego.sources.terraform.addresses import Path, References, names_of, references
from iam2rego.sources.terraform.configuration import Configuration, Module, references_in
from iam2rego.sources.terraform.resources import Resource

_MOST_STEPS: Final = 500


class _TooManyError(Exception):
    """The references lead to more than is wanted, or on and on."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an expression is: the module's instance, the key of the resource or call there, and what its `for_each` refers to."""

    module: Path
    key: str
    values: JsonValue


@dataclass(slots=True)
class Following:
    """Follows references of the resources of one plan."""

    configuration: Configuration
    instances: Mapping[tuple[Path, str, str], Mapping[str, Resource]]
    calls: Mapping[tuple[Path, str], Collection[str]]
    steps: int = 0
    most: int = 0

    @staticmethod
    def of(configuration: Configuration, resources: Iterable[Resource]) -> "Following":
        """Return what follows references to resources."""
        instances: dict[tuple[Path, str, str], dict[str, Resource]] = {}
        calls: dict[tuple[Path, str], set[str]] = {}
        for each in resources:
            parts = each.parts
            if not each.gone:
                instances.setdefault((parts.module, parts.type, parts.name), {})[parts.key] = each
            for depth, (name, key) in enumerate(parts.module):
                calls.setdefault((parts.module[:depth], name), set()).add(key)
        return Following(configuration, instances, calls)

    def ends(self, resource: Resource, attribute: str, types: Collection[str], wanted: int) -> list[Resource] | None:
        """Return the resources of some ``types`` that an attribute refers to, in order; None if they are not as many as wanted."""
        written = self.configuration.resource(resource.parts)
        expressions = self.configuration.expressions(resource.parts)
        if written is None or expressions is None:
            return None
        self.steps, self.most = 0, wanted
        place = _Place(resource.parts.module, resource.parts.key, written.get("for_each_expression"))
        try:
            found = self._follow(references_in(expressions.get(attribute)), place, types)
        except (_TooManyError, RecursionError):
            return None
        ends = list({each.address: each for each in found}.values())
        return ends if len(ends) == wanted else None

    def _follow(self, texts: Iterable[str], place: _Place, types: Collection[str]) -> list[Resource]:
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise _TooManyError
        found = references(texts, types)
        ends: list[Resource] = []
        for (kind, name), keys in found.resources.items():
            ends += self._instances(self.instances.get((place.module, kind, name), {}), keys, place, found)
        for (call, output), keys in found.outputs.items():
            ends += self._output(call, output, keys, place, found, types)
        for variable in found.variables:
            ends += self._variable(variable, place, types)
        if found.by_value:
            ends += self._follow([*references_in(place.values), "each.key"], place, types)
        return ends

    def _instances(self, known: Mapping[str, Resource], keys: Collection[str], place: _Place, found: References) -> Iterable[Resource]:
        """Return the instances of a resource that are meant: all of them if a list may be."""
        if keys:
            return [known[key] for key in sorted(keys) if key in known]  # one that the plan does not have is of a branch not taken
        if (found.by_key or found.by_value) and place.key in known:
            return [known[place.key]]
        if len(known) > self.most:
            raise _TooManyError
        return known.values()

    def _output(
        self, call: str, output: str, keys: Collection[str], place: _Place, found: References, types: Collection[str]
    ) -> list[Resource]:
        module = self._module((*names_of(place.module), call))
        known = self.calls.get((place.module, call), ())
        if module is None:
            return []
        if not keys and (found.by_key or found.by_value) and place.key in known:
            keys = [place.key]
        expression = module.outputs.get(output)
        texts = references_in(expression.get("expression") if isinstance(expression, dict) else None)
        if len(keys or known) > _MOST_STEPS:
            raise _TooManyError
        ends: list[Resource] = []
        for key in sorted(keys or known):
            ends += self._follow(texts, _Place((*place.module, (call, key)), "", None), types)
        return ends

    def _variable(self, name: str, place: _Place, types: Collection[str]) -> list[Resource]:
        if not place.module:
            return []
        *above, (call, key) = place.module
        caller = self._module(names_of(tuple(above)))
        written = caller.calls.get(call) if caller else None
        if written is None:
            return []
        expressions = written.get("expressions")
        expression = expressions.get(name) if isinstance(expressions, dict) else None
        return self._follow(references_in(expression), _Place(tuple(above), key, written.get("for_each_expression")), types)

    def _module(self, names: tuple[str, ...]) -> Module | None:
        return self.configuration.modules.get(names)
