"""A small Rego tree: just the forms that compiled policies use. `iam2rego.rego.language.printer` gives it its text.

A `Term` is a value or a reference, a `Literal` one line of a rule's body. No node holds Rego text that came from a policy: names
are built by `iam2rego.rego.bundle.names`, everything else is a `String` or a `Number` and is quoted by the printer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class String:
    """A string value."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """An exact decimal in plain notation."""

    text: str


@dataclass(frozen=True, slots=True)
class Null:
    """The value ``null``."""


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or a dotted reference such as ``input.action``."""

    path: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """``collection[key]``; `opa fmt` would write a key that is an identifier behind a dot, and respells what is not printable ASCII."""

    collection: Name
    key: String


@dataclass(frozen=True, slots=True)
class Call:
    """``function(arguments)``, of a built-in or of the runtime library."""

    function: str
    arguments: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Set:
    """A set of constants; never empty, and never of anything else (an index over computed members is not to be trusted)."""

    items: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Array:
    """An array."""

    items: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Object:
    """An object of constants: members in their order."""

    members: tuple[tuple[String, "Term"], ...]


@dataclass(frozen=True, slots=True)
class Infix:
    """``left operator right``: a comparison, ``in`` or ``:=`` as a line of a body, ``+`` as an argument of a call.

    Nothing is put in parentheses, so neither side is another of these; and no line starts with a constant or a collection.
    """

    left: "Term"
    operator: str
    right: "Term"


Term: TypeAlias = String | Number | Null | Name | Lookup | Call | Set | Array | Object | Infix


@dataclass(frozen=True, slots=True)
class Not:
    """``not term``; the term's own references must be defined, or the whole body is undefined."""

    term: Term


@dataclass(frozen=True, slots=True)
class SomeIn:
    """``some variable in collection``."""

    variable: str
    collection: Term


@dataclass(frozen=True, slots=True)
class Every:
    """``every variable in collection { body }``."""

    variable: str
    collection: Term
    body: tuple["Literal", ...]


Literal: TypeAlias = Term | Not | SomeIn | Every


@dataclass(frozen=True, slots=True)
class Labels:
    """What OPA's decision log says of a statement's rule."""

    policy: str
    sid: str
    index: int


@dataclass(frozen=True, slots=True)
class Rule:
    """``name(parameters) contains member if { body }`` with comment lines above.

    METADATA with `labels` stand for the title, which they say and more.
    `comments` and `title` hold text of policies: the printer quotes it.
    """

    name: str
    body: tuple[Literal, ...]
    contains: Term | None = None
    parameters: tuple[str, ...] = ()
    comments: tuple["Comment", ...] = ()
    title: str = ""
    labels: Labels | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A line of a comment: our words, then text from a policy, which the printer quotes."""

    words: str
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its package, what it imports of `data`, and its rules."""

    package: str
    comments: tuple[Comment, ...]
    imports: tuple[str, ...]
    rules: tuple[Rule, ...]


def names(node: Literal) -> Iterator[str]:
    """Yield the names of everything that a literal refers to or calls."""
    match node:
        case Name(path=path):
            yield path
        case Call(function=function, arguments=arguments):
            yield function
            yield from _all_names(arguments)
        case Set(items=items) | Array(items=items):
            yield from _all_names(items)
        case Object(members=members):
            yield from _all_names(value for _, value in members)
        case Lookup(collection=collection):
            yield collection.path
        case Infix(left=left, right=right):
            yield from _all_names((left, right))
        case Not(term=term) | SomeIn(collection=term):
            yield from names(term)
        case Every(collection=collection, body=body):
            yield from _all_names((collection, *body))


def _all_names(nodes: Iterable[Literal]) -> Iterator[str]:
    for node in nodes:
        yield from names(node)
