"""Checks a request against its form. Every problem has its place, named like AWS's query parameters (``ActionNames.1``)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.simulate.shapes import Listing, Shape, Structure, Text, Whole
from iam2rego.source import Source, Span
from iam2rego.sources.members import object_members, require, wrong_type
from iam2rego.sources.problems import Problems
from iam2rego.syntax.report import did_you_mean, quote
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonNumber, JsonString

ELSEWHERE: Final = "the API cannot simulate this; `eval` and `test` decide for every caller and every type of policy"


def invalid(source: Source, span: Span, message: str, hint: str = "") -> Diagnostic:
    """Return a diagnostic for a request that IAM rejects with an InvalidInput error."""
    return Diagnostic(Code.INVALID_INPUT, message, source, span, hint)


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks the values of one file, and collects what is wrong with them."""

    source: Source
    problems: Problems

    def check(self, node: JsonNode, shape: Shape, what: str) -> None:
        """Check ``node``, which messages call ``what``."""
        match shape:
            case Structure():
                self._structure(node, shape, what)
            case Listing():
                self._listing(node, shape, what)
            case Text():
                self.problems.add(self._text(node, shape, what))
            case Whole():
                self.problems.add(self._whole(node, shape, what))
            case _:
                assert_never(shape)

    def _structure(self, node: JsonNode, shape: Structure, what: str) -> None:
        with self.problems.collected():
            members = object_members(node, self.source, f"`{what}`" if what else "the request", tuple(shape.members))
            for name, member in members.items():
                self.check(member.value, shape.members[name], f"{what}.{name}".removeprefix("."))
            require(node, members, self.source, f"`{what}`" if what else "the request", shape.required)

    def _listing(self, node: JsonNode, shape: Listing, what: str) -> None:
        if not isinstance(node, JsonArray):
            self.problems.add([wrong_type(node, self.source, f"`{what}`", "an array")])
            return
        if shape.longest is not None and len(node.items) > shape.longest:
            self.problems.add([invalid(self.source, node.span, f"`{what}` has {len(node.items)} items; the maximum is {shape.longest}")])
        for number, item in enumerate(node.items, 1):
            self.check(item, shape.item, f"{what}.{number}")

    def _text(self, node: JsonNode, shape: Text, what: str) -> Iterator[Diagnostic]:
        if not isinstance(node, JsonString):
            yield wrong_type(node, self.source, f"`{what}`", "a string")
            return
        length = len(node.value)
        if length < shape.shortest:
            yield invalid(self.source, node.span, f"`{what}` is too short: it must have at least {shape.shortest} characters")
        elif shape.longest is not None and length > shape.longest:
            yield invalid(self.source, node.span, f"`{what}` has {length:,} characters; the maximum is {shape.longest:,}")
        elif shape.pattern and not re.fullmatch(shape.pattern, node.value):
            yield invalid(self.source, node.span, f"`{what}` contains a character that the API does not accept")
        elif shape.choices and node.value not in shape.choices:
            message = f"`{what}` is {quote(node.value)}"
            yield invalid(self.source, node.span, message, did_you_mean(node.value, shape.choices))

    def _whole(self, node: JsonNode, shape: Whole, what: str) -> Iterator[Diagnostic]:
        if not isinstance(node, JsonNumber) or not node.text.removeprefix("-").isdigit():
            yield wrong_type(node, self.source, f"`{what}`", "a whole number")
        elif len(node.text) > len(str(shape.most)) or not shape.least <= int(node.text) <= shape.most:
            yield invalid(self.source, node.span, f"`{what}` is {node.text}; it must be from {shape.least} to {shape.most}")
