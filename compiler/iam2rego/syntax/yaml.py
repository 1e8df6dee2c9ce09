"""Parses YAML to the tree of JSON, in which every value has its place. Short tags of CloudFormation become its long functions."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

import yaml

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.syntax.parse import DEEPEST
from iam2rego.syntax.tree import JsonArray, JsonBoolean, JsonNode, JsonNull, JsonNumber, JsonObject, JsonString, Member

_MOST_NODES: Final = 1_000_000
"""The most values in a text once its aliases are expanded."""

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NULLS: Final = ("", "~", "null", "Null", "NULL")
_LONG: Final = {"!Ref": "Ref", "!Condition": "Condition"} | {
    f"!{name}": f"Fn::{name}"
    for name in (
        *("And", "Base64", "Cidr", "Contains", "EachMemberEquals", "EachMemberIn", "Equals", "FindInMap", "ForEach", "GetAtt", "GetAZs"),
        *("If", "ImportValue", "Join", "Length", "Not", "Or", "RefAll", "Select", "Split", "Sub", "ToJsonString", "Transform"),
        *("ValueOf", "ValueOfAll"),
    )
}
"""The functions by their short tags."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's parser in C is ten times as fast as the one in Python, and not everywhere."""


def parse_yaml(source: Source) -> JsonNode:
    """Parse a text that is one YAML document; duplicate members are kept.

    Plain scalars are numbers if JSON spells them alike, and booleans in any letter case. Dates and other forms of numbers are text.

    Raises:
        PolicyError: the text is not YAML, not one document, nests deeper than `DEEPEST`, or has more than a million values once
            aliases are expanded.
    """
    builder = _Builder(source)
    try:
        for event in yaml.parse(source.text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.refuse(Code.UNEXPECTED_TEXT, f"this is not YAML: {error.problem or error.context}", mark.index if mark else 0)
    except yaml.reader.ReaderError as error:
        builder.refuse(Code.UNEXPECTED_TEXT, f"this is not YAML: {error.reason}", error.position)
    if builder.root is None:
        builder.refuse(Code.EMPTY_TEXT, "the text is empty", 0)
    return builder.root


@dataclass(frozen=True, slots=True)
class _Built:
    """A node, the number of values in it, and how deep they nest."""

    node: JsonNode
    size: int = 1
    height: int = 0


@dataclass(slots=True)
class _Open:
    """A mapping or a sequence that has begun."""

    event: Any
    children: list[_Built] = field(default_factory=list)
    keys: list[tuple[str, Span, bool]] = field(default_factory=list)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.event, yaml.MappingStartEvent)

    @property
    def wants_key(self) -> bool:
        return self.is_mapping and len(self.keys) == len(self.children)


class _Builder:
    """Makes nodes of events, without recursion: hostile texts nest deep."""

    def __init__(self, source: Source) -> None:
        self.root: JsonNode | None = None
        self._source = source
        self._breaks = [found.start() for found in re.finditer("\n", source.text)]
        self._open: list[_Open] = []
        self._anchored: dict[str, _Built] = {}
        self._size = 0

    def take(self, event: Any) -> None:
        """Take the next event."""
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end(event)
            case yaml.DocumentStartEvent() if self.root is not None:
                assert event.start_mark, "the parser gives every event its place"
                self.refuse(
                    Code.UNEXPECTED_TEXT, "the text has a second document", event.start_mark.index, "keep each in a file of its own"
                )

    def refuse(self, code: Code, message: str, offset: int, hint: str = "") -> NoReturn:
        """Raise a `PolicyError` at a character."""
        raise PolicyError([Diagnostic(code, message, self._source, self._span(offset, offset + 1), hint)])

    def _begin(self, event: Any) -> None:
        if self._open and self._open[-1].wants_key:
            self.refuse(Code.UNEXPECTED_TEXT, "a key must be text", event.start_mark.index)
        if len(self._open) >= DEEPEST:
            self.refuse(Code.TOO_DEEP, f"mappings and sequences are nested more than {DEEPEST} levels deep", event.start_mark.index)
        self._open.append(_Open(event))

    def _scalar(self, event: Any) -> None:
        span = self._written(event)
        if self._open and self._open[-1].wants_key:
            if event.tag and event.tag.startswith("!") and event.tag != "!":
                self.refuse(Code.UNEXPECTED_TEXT, "a key must be text", event.start_mark.index)
            plain = not event.style
            self._open[-1].keys.append((event.value, span, plain and event.value == "<<"))
            self._keep(event, _Built(JsonString(event.value, span)))
            return
        self._add(event, _Built(_value(event, span)))

    def _alias(self, event: Any) -> None:
        found = self._anchored.get(event.anchor)
        if found is None:
            self.refuse(Code.UNEXPECTED_TEXT, f"`*{event.anchor}` refers to nothing that is complete before it", event.start_mark.index)
        if self._open and self._open[-1].wants_key:
            if not isinstance(found.node, JsonString):
                self.refuse(Code.UNEXPECTED_TEXT, "a key must be text", event.start_mark.index)
            self._open[-1].keys.append((found.node.value, self._written(event), False))
            return
        if len(self._open) + found.height > DEEPEST:
            self.refuse(Code.TOO_DEEP, f"mappings and sequences are nested more than {DEEPEST} levels deep", event.start_mark.index)
        self._count(found.size, event)
        self._place(found)

    def _end(self, event: Any) -> None:
        ended = self._open.pop()
        span = self._extent(ended, event)
        if ended.is_mapping:
            members = tuple(self._members(ended))
            node: JsonNode = JsonObject(members, span)
        else:
            node = JsonArray(tuple(child.node for child in ended.children), span)
        size = 1 + sum(child.size for child in ended.children)
        height = 1 + max((child.height for child in ended.children), default=0)
        self._add(ended.event, _Built(node, size, height))

    def _extent(self, ended: _Open, event: Any) -> Span:
        """Return the place of a mapping or sequence. One in block style ends with its last value, before blank lines and comments."""
        start = ended.event.start_mark.index
        if ended.event.flow_style or not ended.children:
            return self._span(start, event.end_mark.index)
        last, first = ended.children[-1].node.span, self._span(start, start)
        if (last.line, last.column) < (first.line, first.column):  # an alias, whose value is written before
            return self._span(start, start + len(self._source.text[start : event.end_mark.index].rstrip()))
        return first.to(last)

    def _members(self, ended: _Open) -> Iterator[Member]:
        """Yield the members of a mapping; what `<<` merges into it comes after those that are written."""
        pairs = list(zip(ended.keys, ended.children, strict=True))
        names = {name for (name, _, merges), _ in pairs if not merges}
        yield from (Member(name, span, child.node) for (name, span, merges), child in pairs if not merges)
        for (_, span, merges), child in pairs:
            for each in self._merged(child.node, span) if merges else ():
                if each.name not in names:
                    names.add(each.name)
                    yield each

    def _merged(self, node: JsonNode, span: Span) -> Iterator[Member]:
        for each in node.items if isinstance(node, JsonArray) else (node,):
            if not isinstance(each, JsonObject):
                raise PolicyError([Diagnostic(Code.UNEXPECTED_TEXT, "`<<` merges mappings only", self._source, span)])
            yield from each.members

    def _add(self, event: Any, built: _Built) -> None:
        self._count(1, event)
        if event.tag and event.tag.startswith("!") and event.tag != "!":
            built = self._called(event, built)
        self._keep(event, built)
        self._place(built)

    def _called(self, event: Any, built: _Built) -> _Built:
        """Return the long form of a function with a short tag; one that is not known keeps its tag as its name."""
        node, start = built.node, event.start_mark.index
        if event.tag == "!GetAtt" and isinstance(node, JsonString):
            node = JsonArray(tuple(JsonString(each, node.span) for each in node.value.split(".", 1)), node.span)
        name = Member(_LONG.get(event.tag, event.tag), self._span(start, start + len(event.tag)), node)
        return _Built(JsonObject((name,), built.node.span), built.size + 1, built.height + 1)

    def _keep(self, event: Any, built: _Built) -> None:
        if event.anchor:
            self._anchored[event.anchor] = built

    def _place(self, built: _Built) -> None:
        if self._open:
            self._open[-1].children.append(built)
        else:
            self.root = built.node

    def _count(self, size: int, event: Any) -> None:
        self._size += size
        if self._size > _MOST_NODES:
            message = f"the text has more than {_MOST_NODES:,} values, those of aliases included"
            self.refuse(Code.OVERSIZED_TEXT, message, event.start_mark.index)

    def _written(self, event: Any) -> Span:
        """Return the place of a scalar without the blank lines after it."""
        start, end = event.start_mark.index, event.end_mark.index
        return self._span(start, start + len(self._source.text[start:end].rstrip()))

    def _span(self, start: int, end: int) -> Span:
        return Span(*self._at(start), *self._at(end))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_left(self._breaks, offset)
        begin = self._breaks[line - 1] + 1 if line else 0
        return line + self._source.first_line, offset - begin + 1


def _value(event: Any, span: Span) -> JsonNode:
    text: str = event.value
    if event.style or (event.tag and not event.implicit[0]):
        return JsonString(text, span)
    if text in _NULLS:
        return JsonNull(span)
    if text.lower() in ("true", "false"):
        return JsonBoolean(text.lower() == "true", span)
    return JsonNumber(text, span) if _NUMBER.fullmatch(text) else JsonString(text, span)
