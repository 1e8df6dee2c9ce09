"""Pushes a bundle to a running OPA with its REST API, so that every request is decided entirely by the old or the new bundle.

The API changes one module or document at a time, so a Deny that arrives after its Allow would be missed for a moment. So the bundle
goes below a new package, named after its content, which nothing queries yet. The public entry points are a gate, a single module that
refers to that package; replacing the gate switches OPA to the new bundle. With a gateway there are two gates, of which each question
uses one. Finally the old bundle is removed.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from graphlib import TopologicalSorter
from typing import Final

from pydantic import BaseModel, ValidationError

from iam2rego.opa.address import check_address, check_token
from iam2rego.opa.errors import OpaError, excerpt
from iam2rego.opa.transport import Transport
from iam2rego.rego.bundle.assemble import DATA, Bundle

_OURS: Final = "iam2rego"
_DIGITS: Final = 16
_ROOT: Final = "root.rego"
_PACKAGE: Final = re.compile(r"^package ([\w.]+)$", re.MULTILINE)
_IMPORT: Final = re.compile(r"^import data\.((?:\w+\.)*(\w+))(?: as (\w+))?$", re.MULTILINE)
_FUNCTION: Final = re.compile(r"^(\w+)\(", re.MULTILINE)
_CALL: Final = re.compile(r"\b(?:(\w+)\.)?(\w+)\(")
_GATES: Final = {"authz": ("decision",), "gateway": ("decision", "response", "request")}
"""The entry points besides `allow`, by the packages that gateways query. A bundle may lack some of them."""

_GATE: Final = """\
# Pushed by iam2rego.
package {package}.{gate}

default allow := false

allow := data.{root}.{gate}.allow
"""
_PASSED_ON: Final = """
{name} := data.{root}.{gate}.{name}
"""


class _Module(BaseModel):
    id: str
    raw: str


class _Modules(BaseModel):
    result: list[_Module]


def push(url: str, token: str | None, bundle_below: Callable[[str], Bundle], package: str) -> None:
    """Push the bundle that ``bundle_below`` returns for a package to the OPA at ``url``.

    Its entry points are ``data.<package>.authz`` and, if it has a gateway, ``data.<package>.gateway``.

    If it is killed, OPA gives either the old or the new answers, and the next push removes any leftovers.

    Raises:
        OpaError: OPA does not answer, or rejects something, for example because a bundle of its own claims the package.
    """
    if token:
        check_token(token)
    transport = Transport(check_address(url), token, use_environment=True)
    try:
        _Push(transport, package).push(bundle_below)
    finally:
        transport.close_connection()


class _Push:
    def __init__(self, transport: Transport, package: str) -> None:
        self._transport = transport
        self._package = package
        self._gates = {gate: self._id(f"{gate}.rego") for gate in _GATES}

    def push(self, bundle_below: Callable[[str], Bundle]) -> None:
        bundle = bundle_below(self._package)
        root = f"{self._package.replace('.', '_')}_{_content(bundle)}"
        gates = {id_: _gate(self._package, gate, root) for gate, id_ in self._gates.items() if self._has(bundle, gate)}
        held = self._held()
        asked = {id_: held.pop(id_) for id_ in self._gates.values() if id_ in held}
        if asked != gates:
            self._put(root, bundle_below(root))
            for id_, text in gates.items():
                self._put_module(id_, text)
            for id_ in asked.keys() - gates.keys():
                self._transport.delete(f"policies/{id_}")
        self._remove({id_: text for id_, text in held.items() if self._root(id_) != root})

    def _has(self, bundle: Bundle, gate: str) -> bool:
        return any(path.startswith(f"{self._package.replace('.', '/')}/{gate}/") for path in bundle.files)

    def _held(self) -> dict[str, str]:
        """Return the modules of earlier pushes for our package, by id."""
        content = self._transport.send("GET", "policies")
        try:
            modules = _Modules.model_validate_json(content).result
        except ValidationError:
            raise OpaError(f"the server does not list its policies as OPA does: {excerpt(content)}") from None
        return {module.id: module.raw for module in modules if module.id.startswith(self._id(""))}

    def _put(self, root: str, bundle: Bundle) -> None:
        """Put a bundle below ``root``: first its record, then the data, because OPA is slow to write data below rules."""
        modules = {self._id(path): text for path, text in bundle.files.items() if path.endswith(".rego")}
        self._put_module(self._id(f"{root}/{_ROOT}"), f"package {root}\n")
        self._transport.send("PUT", f"data/{root}", json.dumps(json.loads(bundle.files[DATA])[root]).encode())
        for id_ in _in_order(modules):
            self._put_module(id_, modules[id_])

    def _put_module(self, id_: str, text: str) -> None:
        self._transport.send("PUT", f"policies/{id_}", text.encode(), "text/plain")

    def _remove(self, modules: Mapping[str, str]) -> None:
        """Remove everything below other roots, the record of a root last."""
        rules = {id_: text for id_, text in modules.items() if not id_.endswith(f"/{_ROOT}")}
        for id_ in reversed(_in_order(rules)):
            self._transport.delete(f"policies/{id_}")
        for root in sorted({self._root(id_) for id_ in modules}):
            self._transport.delete(f"data/{root}")
            self._transport.delete(f"policies/{self._id(f'{root}/{_ROOT}')}")

    def _id(self, path: str) -> str:
        return f"{_OURS}/{self._package}/{path}"

    def _root(self, id_: str) -> str:
        return id_.removeprefix(self._id("")).partition("/")[0]


def _gate(package: str, gate: str, root: str) -> str:
    first = _GATE.format(package=package, gate=gate, root=root)
    return first + "".join(_PASSED_ON.format(gate=gate, root=root, name=name) for name in _GATES[gate])


def _content(bundle: Bundle) -> str:
    return hashlib.sha256(json.dumps(dict(bundle.files)).encode()).hexdigest()[:_DIGITS]


def _in_order(modules: Mapping[str, str]) -> list[str]:
    """Return the ids of modules, each after those whose functions it calls: OPA rejects calls of missing functions.

    Modules may read each other's rules, as a gateway's routes and the library do.
    """
    defining: dict[str, list[str]] = {}
    for id_, text in modules.items():
        for name in _FUNCTION.findall(text):
            defining.setdefault(f"{_package(text)}.{name}", []).append(id_)
    before = {id_: sorted({each for name in _called(text) for each in defining.get(name, ())} - {id_}) for id_, text in modules.items()}
    return list(TopologicalSorter(before).static_order())


def _called(text: str) -> Iterator[str]:
    """Yield what a module calls, with the package: of those that it imports, or its own."""
    imported = {alias or last: path for path, last, alias in _IMPORT.findall(text)}
    for package, name in _CALL.findall(text):
        yield f"{imported.get(package, package) if package else _package(text)}.{name}"


def _package(text: str) -> str:
    found: str = _PACKAGE.findall(text)[0]
    return found
