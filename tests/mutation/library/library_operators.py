"""The mutants of the runtime library: its text with one node changed, at the place where OPA's parser found it."""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from iam2rego.mutation.mutant import Mutant, Operator, difference

_Node = Mapping[str, Any]

_INFIX: Final[Mapping[str, tuple[Operator, str]]] = MappingProxyType(
    {
        "<": (Operator.WEAKEN_EDGE, "<="),
        "<=": (Operator.WEAKEN_EDGE, "<"),
        ">": (Operator.WEAKEN_EDGE, ">="),
        ">=": (Operator.WEAKEN_EDGE, ">"),
        "==": (Operator.LOSE_NEGATION, "!="),
        "!=": (Operator.LOSE_NEGATION, "=="),
        "+": (Operator.SWAP_BUILT_IN, "-"),
        "-": (Operator.SWAP_BUILT_IN, "+"),
        "*": (Operator.SWAP_BUILT_IN, "+"),
        "/": (Operator.SWAP_BUILT_IN, "*"),
        "&": (Operator.SWAP_BUILT_IN, "|"),
    }
)
_SWAPPED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "startswith": "endswith",
        "contains": "startswith",
        "trim_left": "trim_right",
        "trim_right": "trim_left",
        "floor": "ceil",
        "is_string": "is_number",
        "is_number": "is_string",
        "is_boolean": "is_string",
        "is_array": "is_string",
        "is_object": "is_array",
    }
)
_TRANSPARENT: Final = ("array.reverse", "sort")
_EFFECTS: Final = MappingProxyType({"allow": "deny", "deny": "allow"})
_REFUSALS: Final = "errors"
"""A rule of words for people, of which engines need only have some; `opa test` asks for each."""


@dataclass(frozen=True, slots=True)
class _Edit:
    operator: Operator
    start: int
    end: int
    text: str


def library_mutants(name: str, text: str, tree: str) -> list[Mutant]:
    """Return the mutants of the module ``name``, whose ``tree`` is what `opa parse` says of ``text``, with locations; none twice."""
    rules = json.loads(tree)["rules"]
    edits = _Edits(text)
    found: dict[str, Mutant] = {}
    for edit in edits.of_rules(rules):
        changed = text[: edit.start] + edit.text + text[edit.end :]
        if changed != text:
            found.setdefault(changed, Mutant(edit.operator, name, 0, difference(text, changed), changed))
    return list(found.values())


class _Edits:
    """Finds edits; places are offsets in the text."""

    def __init__(self, text: str) -> None:
        self._lines = [0]
        for line in text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def of_rules(self, rules: list[_Node]) -> Iterator[_Edit]:
        named = Counter(_name(rule) for rule in rules)
        for rule in (each for each in rules if _name(each) != _REFUSALS):
            if named[_name(rule)] > 1:
                yield self._without(rule)
            yield from self._of_rule(rule)

    def _without(self, rule: _Node) -> _Edit:
        """Return the edit that loses a rule with what is annotated to it, which would else be told of the next one."""
        first, *_ = [*rule.get("annotations", ()), rule]
        return _Edit(Operator.LOSE_ALTERNATIVE, self._start(first), self._start(rule) + len(_text(rule)), "")

    def _of_rule(self, rule: _Node) -> Iterator[_Edit]:
        head = rule["head"]
        for part in ("key", "value"):
            if part in head:
                yield from self._of(head[part])
        yield from self._of([each for each in rule["body"] if not each.get("generated")])
        if "else" in rule:
            yield self._edit(rule["else"], Operator.LOSE_ALTERNATIVE, "")
            yield from self._of_rule(rule["else"])

    def _of(self, node: Any) -> Iterator[_Edit]:
        """Yield the edits of a node and of all below it."""
        if isinstance(node, list):
            for each in node:
                yield from self._of(each)
        elif isinstance(node, dict):
            if "terms" in node:
                yield from self._of_line(node)
            elif node.get("type") == "ref":
                yield from self._of_reference(node)
                return
            elif "type" in node and "location" in node:
                yield from self._of_term(node)
            for name, value in node.items():
                if name != "location":
                    yield from self._of(value)

    def _of_line(self, line: _Node) -> Iterator[_Edit]:
        text, terms = _text(line), line["terms"]
        called = _text(terms[0]) if isinstance(terms, list) else ""
        if not re.match(r"some\b", text) and called != ":=":
            yield self._edit(line, Operator.DROP_CONDITION, "true")
        if line.get("negated"):
            yield self._edit(line, Operator.LOSE_NEGATION, text.removeprefix("not "))
        if isinstance(terms, list):
            yield from self._of_call(line, terms)

    def _of_term(self, term: _Node) -> Iterator[_Edit]:
        text = _text(term)
        match term.get("type"):
            case "call":
                yield from self._of_call(term, term["value"])
            case "number" if text.isdecimal():
                yield self._edit(term, Operator.CHANGE_LITERAL, str(int(text) + 1))
            case "string":
                yield from self._of_string(term, text)
            case "set" if len(term["value"]) > 1:
                items = [_text(item) for item in term["value"]]
                for place in range(len(items)):
                    yield self._edit(term, Operator.LOSE_ALTERNATIVE, f"{{{', '.join(items[:place] + items[place + 1 :])}}}")

    def _of_string(self, term: _Node, text: str) -> Iterator[_Edit]:
        """Yield the string without its last character, and a regular expression without its first one, too."""
        quote, inner = text[:1], text[1:-1]
        if quote in ('"', "`"):
            yield self._edit(term, Operator.CHANGE_LITERAL, f"{quote}{inner[:-1] if inner else 'x'}{quote}")
        if quote == "`":
            yield self._edit(term, Operator.WEAKEN_EDGE, f"`{inner[1:]}`")

    def _of_call(self, call: _Node, terms: list[_Node]) -> Iterator[_Edit]:
        function, *arguments = terms
        name = _text(function)
        if name in _INFIX:
            operator, other = _INFIX[name]
            yield self._edit(function, operator, other)
        if name in _SWAPPED:
            yield self._edit(function, Operator.SWAP_BUILT_IN, _SWAPPED[name])
        if name in _TRANSPARENT:
            yield self._edit(call, Operator.SWAP_BUILT_IN, _text(arguments[0]))
        if name == "lower":
            yield self._edit(call, Operator.FORGET_CASE, _text(arguments[0]))

    def _of_reference(self, reference: _Node) -> Iterator[_Edit]:
        """Yield edits of what is in brackets, and the set of the other effect."""
        for part in reference["value"]:
            text = _text(part)
            if text in _EFFECTS and part["type"] == "string":
                yield self._edit(part, Operator.FLIP_EFFECT, _EFFECTS[text])
            elif part["type"] not in ("string", "var") or text[:1] in ('"', "`"):
                yield from self._of(part)

    def _edit(self, node: _Node, operator: Operator, text: str) -> _Edit:
        start = self._start(node)
        return _Edit(operator, start, start + len(_text(node)), text)

    def _start(self, node: _Node) -> int:
        place = node["location"]
        return self._lines[place["row"] - 1] + place["col"] - 1


def _name(rule: _Node) -> str:
    return ".".join(str(part["value"]) for part in rule["head"]["ref"])


def _text(node: _Node) -> str:
    """Return the text of a node as the module has it."""
    return base64.b64decode(node["location"]["text"]).decode()
