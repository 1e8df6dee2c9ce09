"""What a template's values are resolved with, and what is met on the way: names that nothing tells, and what is wrong."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final, NoReturn, TypeAlias, TypeVar

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Source, Span
from iam2rego.sources.cloudformation.template import Template
from iam2rego.sources.problems import Problems
from iam2rego.sources.stacks import ASSUMED, STACK
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonNode

_LONGEST_CHAIN: Final = 40
"""The most names that may lead from one to the next; a template with more would exceed Python's stack."""

Places: TypeAlias = dict[Span, None]
"""Places in the order in which they were met, each once."""

Item = TypeVar("Item")
Value = TypeVar("Value")

_PLACEHOLDER: Final = re.compile(r"<[A-Za-z_][A-Za-z0-9_-]*>")
_PATTERN: Final = re.compile(r"[*?]|\$\{")


def key_of(parameters: Mapping[str, str], stem: str, name: str) -> str | None:
    """Return the parameter that gives a name of the file ``stem`` its value, or the name that a stack tells; None if nothing does."""
    return next((each for each in (f"{stem}/{name}", name, f"{STACK}{name}") if each in parameters), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What a name stands for, and the names that are needed to know it."""

    value: str | bool | None
    needs: Mapping[str, Places]
    failed: bool = False


class UnresolvedError(Exception):
    """A value is not known; why was noted where it was met. Nothing is wrong where only a name is missing."""


def resolved_all(resolve: Callable[[Item], Value], items: Iterable[Item]) -> list[Value]:
    """Resolve all items, so that every name that is needed is noted.

    Raises:
        UnresolvedError: one of them is not known.
    """
    values: list[Value] = []
    failed = False
    for item in items:
        try:
            values.append(resolve(item))
        except UnresolvedError:
            failed = True
    if failed:
        raise UnresolvedError
    return values


@dataclass(slots=True)
class Resolution:
    """One template with the values of its names.

    Attributes:
        template: its sections.
        parameters: the values from outside, by name.
        stem: the name of the file, which may come before a name and a slash.
        problems: what is wrong.
        functions: what reads each function of a template, by its name.
        environment: the values that another file tells, where no parameter does.
        needs: the places of names that nothing tells, by name.
        used: the names of the parameters that were used.
        defaults: the defaults of parameters that were used, by name.
        assumed: the names that were invented.
        told: what was said already, and where.
        known: what names of the template stand for, which is found out once.
        choosing: more than 0 while a condition is read, whose values enter no policy.
    """

    template: Template
    parameters: Mapping[str, str]
    stem: str
    problems: Problems
    functions: Mapping[str, "Function"]
    environment: Mapping[str, str] = field(default_factory=dict)
    needs: dict[str, Places] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    assumed: set[str] = field(default_factory=set)
    told: set[tuple[Span, str]] = field(default_factory=set)
    defaults: dict[str, str] = field(default_factory=dict)
    known: dict[str, "Known"] = field(default_factory=dict)
    choosing: int = 0
    _busy: list[str] = field(default_factory=list)

    @property
    def source(self) -> Source:
        """The text of the template."""
        return self.template.source

    def outside(self, name: str, span: Span) -> str | None:
        """Return the value that a parameter or a stack gives a name; None if nothing does. Warn where it widens a policy."""
        key = key_of(self.parameters, self.stem, name)
        if key is None:
            return self.environment.get(name)
        self.used.add(key)
        value = self.parameters[key]
        if _PLACEHOLDER.search(value):
            message = f"the value of `{name}`, {quote(value)}, would be read as a placeholder"
            self.tell(Diagnostic(Code.INVALID_PARAMETER, message, self.source, span, "bind the final text"))
            raise UnresolvedError
        if not self.choosing and _PATTERN.search(value):
            message = f"the value of `{name}`, {quote(value)}, comes from outside the template, and is a pattern here"
            self.tell(Diagnostic(Code.OUTSIDE_PATTERN, message, self.source, span, "`*`, `?` and `${` keep their meaning in a policy"))
        return value

    def need(self, name: str, span: Span, assumed: str) -> str:
        """Note that nothing tells a name, or return an invented value if names may be invented."""
        if ASSUMED in self.parameters:
            self.assumed.add(name)
            return assumed
        self.needs.setdefault(name, {})[span] = None
        raise UnresolvedError

    def take(self, needs: Mapping[str, Places]) -> None:
        """Take over names that are needed, with their places."""
        for name, places in needs.items():
            self.needs.setdefault(name, {}).update(places)

    def refuse(self, message: str, span: Span, hint: str = "", code: Code = Code.INVALID_TEMPLATE) -> NoReturn:
        """Note that something is wrong."""
        self.tell(Diagnostic(code, message, self.source, span, hint))
        raise UnresolvedError

    def tell(self, diagnostic: Diagnostic) -> None:
        """Note a diagnostic once, however often its place is met."""
        assert diagnostic.span is not None
        if (diagnostic.span, diagnostic.message) not in self.told:
            self.told.add((diagnostic.span, diagnostic.message))
            self.problems.add([diagnostic])

    def once(self, what: str, span: Span, find: Callable[[], str | bool | None]) -> str | bool | None:
        """Return what a name stands for, and find it out the first time only: names that lead to others twice would take for ever."""
        if what not in self.known:
            with self._following(what, span), self.apart() as needs:
                try:
                    self.known[what] = Known(find(), needs)
                except UnresolvedError:
                    self.known[what] = Known(None, needs, failed=True)
        found = self.known[what]
        self.take(found.needs)
        if found.failed:
            raise UnresolvedError
        return found.value

    @contextmanager
    def _following(self, what: str, span: Span) -> Iterator[None]:
        """Refuse a name that stands for itself, or leads too far."""
        if what in self._busy:
            self.refuse(f"{what} depends on itself", span)
        if len(self._busy) >= _LONGEST_CHAIN:
            self.refuse(f"more than {_LONGEST_CHAIN} names lead from one to the next here", span)
        self._busy.append(what)
        try:
            yield
        finally:
            self._busy.pop()

    @contextmanager
    def apart(self) -> Iterator[dict[str, Places]]:
        """Collect the names that are needed in the block apart from all others. The dictionary is filled when they are met."""
        before, self.needs = self.needs, {}
        try:
            yield self.needs
        finally:
            self.needs = before

    @contextmanager
    def noted(self) -> Iterator[dict[str, Places]]:
        """Collect the names that are needed in the block, which count as all others."""
        before, self.needs = self.needs, {}
        try:
            yield self.needs
        finally:
            needed, self.needs = self.needs, before
            self.take(needed)


Function: TypeAlias = Callable[[Resolution, JsonNode, Span], JsonNode | None]
"""Returns what a function of a template gives for its argument; None is `AWS::NoValue`. The place is that of the whole function."""
