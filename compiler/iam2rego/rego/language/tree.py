"""A small Rego tree with only the forms that compiled policies use. `iam2rego.rego.language.printer` prints it.

A `Term` is a value or a reference, a `Literal` one line of a rule's body. No node contains Rego text from a policy: names
come from `iam2rego.rego.bundle.names`; everything else is a `String` or a `Number`, which the printer quotes.
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
    """``collection[key]``; `opa fmt` would put a key that is an identifier after a dot, and respell a key beyond printable ASCII."""

    collection: Name
    key: String


@dataclass(frozen=True, slots=True)
class Call:
    """``function(arguments)``, of a built-in or of the runtime library."""

    function: str
    arguments: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Set:
    """A non-empty set of constants; computed members are not allowed, because OPA's index of them is unreliable."""

    items: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Array:
    """An array."""

    items: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Object:
    """An object, with its members in order."""

    members: tuple[tuple[String, "Term"], ...]


@dataclass(frozen=True, slots=True)
class Present:
    """The members of an object that are not null, as a comprehension."""

    collection: Name


@dataclass(frozen=True, slots=True)
class Infix:
    """``left operator right``: a comparison, ``in`` or ``:=`` as a line of a body, ``+`` as an argument of a call.

    Nothing is put in parentheses, so neither side may be an `Infix`; and no line starts with a constant or a collection.
    """

    left: "Term"
    operator: str
    right: "Term"


Term: TypeAlias = String | Number | Null | Name | Lookup | Call | Set | Array | Object | Present | Infix


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
    """The labels of a statement's rule in OPA's decision log."""

    policy: str
    sid: str
    index: int


@dataclass(frozen=True, slots=True)
class Rule:
    """``name(parameters) contains member if { body }`` or ``name(parameters) := value if { body }``, with comment lines above.

    METADATA with `labels` replace the title, because they include it.
    `comments` and `title` contain text from policies, which the printer quotes.
    """

    name: str
    body: tuple[Literal, ...]
    contains: Term | None = None
    value: Term | None = None
    parameters: tuple[str, ...] = ()
    default: bool = False
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
    """A module: its package, its imports from `data`, and its rules."""

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
        case Lookup(collection=collection) | Present(collection=collection):
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
