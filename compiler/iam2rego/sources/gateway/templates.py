"""Templates: text with values in braces, as in ``arn:aws:ecs:us-east-1:123456789012:cluster/{cluster}``."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.diagnostics import Code, PolicyError
from iam2rego.ir.gateway import (
    AccountName,
    ClaimValue,
    HeaderValue,
    Part,
    PropertyValue,
    QueryValue,
    SegmentValue,
    SourceAddress,
    Template,
    Time,
    Value,
)
from iam2rego.ir.pattern import Text
from iam2rego.source import Source
from iam2rego.sources.gateway.table import refused
from iam2rego.sources.members import text_of
from iam2rego.syntax.places import within
from iam2rego.syntax.report import did_you_mean
from iam2rego.syntax.tree import JsonNode

_HOLE: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values that templates of a kind of gateway can contain: a word, or a word, a point and a name."""

    words: Mapping[str, Value]
    named: Mapping[str, Callable[[str], Value]]


HTTP: Final = Vocabulary(
    {"source_ip": SourceAddress(), "time": Time()},
    {
        "query": lambda name: QueryValue(name=name),
        "header": lambda name: HeaderValue(name=name.lower()),
        "claim": lambda name: ClaimValue(name=name),
    },
)
STORAGE: Final = Vocabulary({"account": AccountName()}, {"claim": lambda name: ClaimValue(name=name)})
AUTHZEN: Final = Vocabulary(
    {"time": Time()},
    {
        "subject": lambda name: PropertyValue(part="subject", name=name),
        "action": lambda name: PropertyValue(part="action", name=name),
        "resource": lambda name: PropertyValue(part="resource", name=name),
        "context": lambda name: PropertyValue(part="context", name=name),
    },
)


@dataclass(frozen=True, slots=True)
class Templates:
    """Reads templates of a kind of gateway, which can also contain the ``segments`` of a route."""

    source: Source
    vocabulary: Vocabulary
    segments: Collection[str] = ()

    def read(self, node: JsonNode, what: str) -> Template:
        """Read a template; raise a `PolicyError` if it is malformed."""
        text = text_of(node, self.source, what)
        if not text:
            raise refused(self.source, node.span, f"{what} is empty", code=Code.BAD_TEMPLATE)
        return tuple(self._parts(node, text))

    def _parts(self, node: JsonNode, text: str) -> Iterator[Part]:
        end = 0
        for hole in _HOLE.finditer(text):
            yield from self._text(node, text[end : hole.start()])
            yield self._value(node, hole)
            end = hole.end()
        yield from self._text(node, text[end:])

    def _text(self, node: JsonNode, text: str) -> Iterator[Text]:
        if "{" in text or "}" in text:
            raise refused(self.source, node.span, "unbalanced brace", "write a value as `{name}`", Code.BAD_TEMPLATE)
        if text:
            yield Text(text=text)

    def _value(self, node: JsonNode, hole: re.Match[str]) -> Value:
        written = hole[1]
        if written in self.segments:
            return SegmentValue(name=written)
        if written in self.vocabulary.words:
            return self.vocabulary.words[written]
        kind, _, name = written.partition(".")
        if name and kind in self.vocabulary.named:
            return self.vocabulary.named[kind](name)
        raise self._unknown(node, hole)

    def _unknown(self, node: JsonNode, hole: re.Match[str]) -> PolicyError:
        choices = (*sorted(self.segments), *self.vocabulary.words, *(f"{kind}.NAME" for kind in self.vocabulary.named))
        place = within(self.source, node.span, hole.start(), hole.end())
        return refused(self.source, place, f"there is no value `{{{hole[1]}}}`", did_you_mean(hole[1], choices), Code.BAD_TEMPLATE)


def values(template: Template) -> Iterator[Value]:
    """Yield the values in a template."""
    for part in template:
        if not isinstance(part, Text):
            yield part
