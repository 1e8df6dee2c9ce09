"""Terraform's addresses of resources, and the references in expressions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

Path: TypeAlias = tuple[tuple[str, str], ...]
"""An instance of a module: the name of each call on the way to it, and its key in brackets, empty if it has none."""

_KEY: Final = r'\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\]'
_ADDRESS: Final = re.compile(rf"((?:module\.[^.\[]+(?:{_KEY})?\.)*)(?:data\.)?([^.\[\]]+)\.([^.\[\]]+)({_KEY})?", re.DOTALL)
_CALL: Final = re.compile(rf"module\.([^.\[]+)({_KEY})?(?:\.|$)", re.DOTALL)
_RESOURCE: Final = re.compile(rf"([a-z][a-z0-9_]*)\.([^.\[\]]+)({_KEY})?(?:[.\[].*)?", re.DOTALL)
_OUTPUT: Final = re.compile(rf"module\.([^.\[]+)({_KEY})?\.([^.\[]+).*", re.DOTALL)
_END_OF_PART: Final = re.compile(r"[.\[]")
_VARIABLE: Final = re.compile(r"var\.([^.\[]+).*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """The address of an instance of a resource: that of its module, its type and name, and its key in brackets."""

    module: Path
    type: str
    name: str
    key: str


@dataclass(slots=True)
class References:
    """What an expression refers to.

    Attributes:
        resources: resources by type and name, each with the keys of the instances that are named.
        outputs: outputs by the name of the module's call and their own, with keys of the call.
        variables: names of variables.
        by_key: whether the key of the instance itself is among them.
        by_value: whether the value of `for_each` is.
    """

    resources: dict[tuple[str, str], set[str]]
    outputs: dict[tuple[str, str], set[str]]
    variables: list[str]
    by_key: bool
    by_value: bool


def address_of(text: str) -> Address | None:
    """Return the parts of an address; None if it is not that of a resource or data source."""
    found = _ADDRESS.fullmatch(text)
    return Address(path_of(found[1]), found[2], found[3], found[4] or "") if found else None


def path_of(module: str) -> Path:
    """Return the path of a module's address, which may end in a dot."""
    return tuple((each[1], each[2] or "") for each in _CALL.finditer(module))


def names_of(path: Path) -> tuple[str, ...]:
    """Return the names of the calls of a path, which is where the configuration has the module."""
    return tuple(name for name, _ in path)


def references(texts: Iterable[str], types: Iterable[str]) -> References:
    """Sort references; of resources, keep those of some types. A reference is there in whole and in parts: ``a.b.arn`` and ``a.b``."""
    found = References({}, {}, [], False, False)
    for each in texts:
        if match := _OUTPUT.fullmatch(each):
            keys = found.outputs.setdefault((match[1], match[3]), set())
            keys |= {match[2]} if match[2] else set()
        elif match := _VARIABLE.fullmatch(each):
            found.variables.append(match[1])
        elif each.startswith("each.value"):
            found.by_value = True
        elif each in ("each.key", "count.index"):
            found.by_key = True
        elif (match := _RESOURCE.fullmatch(each)) and match[1] in types:
            keys = found.resources.setdefault((match[1], match[2]), set())
            keys |= {match[3]} if match[3] else set()
    found.variables = list(dict.fromkeys(found.variables))
    return found


def whole(texts: Iterable[str]) -> list[str]:
    """Return the references without those that are parts of others."""
    known = list(texts)
    parts = {each[: found.start()] for each in known for found in _END_OF_PART.finditer(each)}
    return [each for each in known if each not in parts]
