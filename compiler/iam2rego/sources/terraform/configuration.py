"""The configuration of a plan: what the expressions of its resources refer to, module by module."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NoReturn, TypeAlias

from iam2rego.jsontext import JsonValue
from iam2rego.sources.terraform.addresses import Address, names_of
from iam2rego.sources.terraform.resources import Plan, Resource
from iam2rego.sources.terraform.text import Step

Names: TypeAlias = tuple[str, ...]
"""A module: the names of the calls on the way to it."""

_NOTHING: Final[Mapping[str, JsonValue]] = {}


@dataclass(frozen=True, slots=True)
class Module:
    """A module of the configuration: its resources by ``TYPE.NAME``, and its calls and outputs by name."""

    resources: Mapping[str, Mapping[str, JsonValue]]
    calls: Mapping[str, Mapping[str, JsonValue]]
    outputs: Mapping[str, JsonValue]


@dataclass(slots=True)
class Configuration:
    """The modules of a plan, by the names that lead to them; none in a state."""

    plan: Plan
    modules: dict[Names, Module] = field(default_factory=dict)

    @staticmethod
    def of(plan: Plan) -> "Configuration":
        """Return the configuration of a plan.

        Raises:
            PolicyError: a part of it has another form.
        """
        found = Configuration(plan)
        if plan.configured is not None:
            root = found._object(plan.configuration, (), "`configuration`")
            waiting: list[tuple[Names, JsonValue, tuple[Step, ...]]] = [((), root.get("root_module", {}), ("root_module",))]
            while waiting:
                names, node, path = waiting.pop()
                module = found._module(node, path)
                found.modules[names] = module
                for name, call in module.calls.items():
                    waiting.append(((*names, name), call.get("module", {}), (*path, "module_calls", name, "module")))
        return found

    def expressions(self, address: Address) -> Mapping[str, JsonValue] | None:
        """Return the expressions of a resource, by attribute; None if its configuration is not known."""
        resource = self.resource(address)
        found = resource.get("expressions", _NOTHING) if resource is not None else None
        return found if isinstance(found, dict) else None

    def resource(self, address: Address) -> Mapping[str, JsonValue] | None:
        """Return what the configuration says about a resource."""
        module = self.modules.get(names_of(address.module))
        return module.resources.get(f"{address.type}.{address.name}") if module else None

    def writes(self, resource: Resource, attribute: str, *, otherwise: bool = True) -> bool:
        """Return whether the configuration gives an attribute a value, or something else if the configuration is not known."""
        found = self.expressions(resource.parts)
        return otherwise if found is None else attribute in found

    def region(self, address: Address) -> str | None:
        """Return the region of a resource's provider, if it is written as a text. A module may have its provider from its caller."""
        providers = _member(self.plan.configuration, "provider_config")
        found = [each for each in (providers.values() if isinstance(providers, dict) else ()) if _member(each, "name") == "aws"]
        provider = _member(providers, str(_member(self.resource(address), "provider_config_key")))
        node: JsonValue = provider or (found[0] if len(found) == 1 else None)
        for step in ("expressions", "region", "constant_value"):
            node = _member(node, step)
        return node if isinstance(node, str) else None

    def _module(self, node: JsonValue, path: tuple[Step, ...]) -> Module:
        module = self._object(node, path, "a module")
        items = module.get("resources", [])
        if not isinstance(items, list):
            self._wrong(items, (*path, "resources"), "`resources`", "an array")
        resources: dict[str, Mapping[str, JsonValue]] = {}
        for number, item in enumerate(items):
            place = (*path, "resources", number)
            resource = self._object(item, place, "a resource")
            address = resource.get("address")
            if not isinstance(address, str):
                self._wrong(address, (*place, "address"), "`address`", "a string")
            resources[address] = resource
        return Module(resources, self._calls(module, path), self._object(module.get("outputs", {}), (*path, "outputs"), "`outputs`"))

    def _calls(self, module: Mapping[str, JsonValue], path: tuple[Step, ...]) -> Mapping[str, Mapping[str, JsonValue]]:
        place = (*path, "module_calls")
        calls = self._object(module.get("module_calls", {}), place, "`module_calls`")
        return {name: self._object(call, (*place, name), "a call of a module") for name, call in calls.items()}

    def _object(self, node: JsonValue, path: tuple[Step, ...], what: str) -> Mapping[str, JsonValue]:
        return node if isinstance(node, dict) else self._wrong(node, path, what, "an object")

    def _wrong(self, node: JsonValue, path: tuple[Step, ...], what: str, wanted: str) -> NoReturn:
        assert self.plan.configured is not None
        self.plan.text.wrong_type(node, self.plan.text.place(self.plan.configured, *path), what, wanted)


def _member(node: object, name: str) -> JsonValue:
    return node.get(name) if isinstance(node, dict) else None


def references_in(expression: JsonValue) -> Sequence[str]:
    """Return the references of an expression, or of all in a block."""
    return list(dict.fromkeys(_references(expression)))


def _references(expression: JsonValue) -> Iterator[str]:
    waiting = [expression]
    while waiting:
        match waiting.pop():
            case dict() as members:
                listed = members.get("references")
                if isinstance(listed, list):
                    yield from (each for each in listed if isinstance(each, str))
                else:
                    waiting.extend(members.values())
            case list() as items:
                waiting.extend(items)
            case _:
                pass
