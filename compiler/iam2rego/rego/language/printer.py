"""Prints Rego trees in the format of `opa fmt`. The only place that quotes."""

import json
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from iam2rego.rego.language.tree import (
    Array,
    Call,
    Comment,
    Every,
    Infix,
    Labels,
    Literal,
    Lookup,
    Module,
    Name,
    Not,
    Null,
    Number,
    Object,
    Present,
    Rule,
    Set,
    SomeIn,
    String,
    Term,
)

_WIDEST: Final = 120
_LAST_OF_PLANE_0: Final = 0xFFFF
_TAB: Final = "\t"
_TAB_WIDTH: Final = 4


def print_module(module: Module) -> str:
    """Return the text of a module, with a newline at the end."""
    return f"{print_comments(module)}package {module.package}\n{print_imports(module.imports)}{print_rules(module)}"


def print_comments(module: Module) -> str:
    """Return the text of a module before the line that names its package."""
    return "".join(f"{_comment(comment)}\n" for comment in module.comments)


def print_imports(paths: Iterable[str]) -> str:
    """Return the text of a module from the line that names its package to its rules."""
    imports = "".join(f"import {path}\n" for path in paths)
    return f"\n{imports}" if imports else ""


def print_rules(module: Module) -> str:
    """Return the text of a module after its imports."""
    return "".join(f"\n{_rule(rule)}" for rule in module.rules)


def quote(text: str) -> str:
    """Return ``text`` as a Rego string of ASCII characters only, so no text can end it, reorder it or break its line."""
    return json.dumps(text).replace("\x7f", "\\u007f")


def _quote_yaml(text: str) -> str:
    """Return ``text`` as a YAML string: as Rego's, but YAML has no surrogate pairs."""
    if text.isascii():
        return quote(text)
    escaped = (f"\\U{ord(each):08x}" if ord(each) > _LAST_OF_PLANE_0 else quote(each)[1:-1] for each in text)
    return f'"{"".join(escaped)}"'


def fits(term: Object) -> bool:
    """Return whether an argument in a rule's body, with each member on its own line, fits the width."""
    return all(2 * _TAB_WIDTH + len(_member(member)) + len(",") <= _WIDEST for member in term.members)


def _rule(rule: Rule) -> str:
    """Print a rule, its comments above the metadata, because OPA reads all comments after METADATA as YAML."""
    head = _head(rule)
    above = "".join(f"{line}\n" for line in (*map(_comment, rule.comments), *_metadata(rule)))
    return f"{above}{head}{_body(head, rule.body)}\n"


def _head(rule: Rule) -> str:
    default = "default " if rule.default else ""
    parameters = f"({', '.join(rule.parameters)})" if rule.parameters else ""
    contains = f" contains {_term(rule.contains)}" if rule.contains is not None else ""
    value = f" := {_term(rule.value)}" if rule.value is not None else ""
    return f"{default}{rule.name}{parameters}{contains}{value}"


def _metadata(rule: Rule) -> Iterator[str]:
    if rule.labels:
        yield "# METADATA"
        yield from _labels(rule.labels)
    elif rule.title:
        yield f"# {quote(rule.title)}"


def _labels(labels: Labels) -> Iterator[str]:
    yield "# labels:"
    yield f"#   policy: {_quote_yaml(labels.policy)}"
    yield f"#   sid: {_quote_yaml(labels.sid)}"
    yield f"#   index: {labels.index}"


def _comment(comment: Comment) -> str:
    words = f"# {comment.words}"
    return f"{words} {quote(comment.quoted)}" if comment.quoted else words


def _body(head: str, body: tuple[Literal, ...]) -> str:
    if not body:
        return ""
    if len(body) == 1 and not isinstance(body[0], Every | SomeIn):
        line = _flat(body[0])
        if _width(f"{head} if {line}") <= _WIDEST:
            return f" if {line}"
    return " if {\n" + "".join(f"{_TAB}{_literal(each, 1)}\n" for each in body) + "}"


def _width(line: str) -> int:
    return len(line.expandtabs(_TAB_WIDTH))


def _literal(literal: Literal, depth: int, after: str = "") -> str:
    """Return the text of ``literal``, indented, and split into lines if it does not fit on one line with the text ``after`` it."""
    flat = _flat(literal)
    if depth * _TAB_WIDTH + len(flat) + len(after) <= _WIDEST and not isinstance(literal, Every):
        return flat
    return _broken(literal, depth)


def _broken(literal: Literal, depth: int) -> str:
    """Print a literal in several lines, in a form that `opa fmt` keeps: its last collection or arguments with an item on each line."""
    inner = _TAB * (depth + 1)
    match literal:
        case Every(variable=variable, collection=collection, body=body):
            lines = "".join(f"{inner}{_literal(each, depth + 1)}\n" for each in body)
            return f"every {variable} in {_flat(collection)} {{\n{lines}{_TAB * depth}}}"
        case Not(term=term):
            return f"not {_broken(term, depth)}"
        case SomeIn(variable=variable, collection=collection):
            return f"some {variable} in {_broken(collection, depth)}"
        case Infix(left=left, operator=operator, right=right):
            operator, right = _as_collection(operator, right)
            return f"{_flat(left)} {operator} {_broken(right, depth)}"
        case Set(items=items):
            return f"{{{_item_a_line(items, depth)}}}"
        case Array(items=items):
            return f"[{_item_a_line(items, depth)}]"
        case Object(members=members):
            return f"{{{_line_each(map(_member, members), depth)}}}"
        case Call(function=function, arguments=arguments):
            return f"{function}({_broken_arguments(arguments, depth)})"
        case _:
            return _flat(literal)


def _broken_arguments(arguments: tuple[Term, ...], depth: int) -> str:
    match arguments:
        case (*first, Set() | Array() | Object() as last):
            return f"{''.join(f'{_flat(each)}, ' for each in first)}{_broken(last, depth)}"
        case (only,):  # `opa fmt` puts it next to the bracket
            return _broken(only, depth)
        case _:
            return _item_a_line(arguments, depth)


def _as_collection(operator: str, right: Term) -> tuple[str, Term]:
    """Turn an equality whose right side cannot be split into `in` with a single item; only constants can be in a set."""
    match operator, right:
        case "==", String():
            return "in", Set((right,))
        case "==", Call(arguments=(_,)):
            return "in", Array((right,))
    return operator, right


def _item_a_line(items: Iterable[Term], depth: int) -> str:
    return _line_each((_literal(item, depth + 1, after=",") for item in items), depth)


def _line_each(texts: Iterable[str], depth: int) -> str:
    lines = "".join(f"{_TAB * (depth + 1)}{text},\n" for text in texts)
    return f"\n{lines}{_TAB * depth}" if lines else ""


def _member(member: tuple[String, Term]) -> str:
    name, value = member
    return f"{_term(name)}: {_term(value)}"


def _flat(literal: Literal) -> str:
    match literal:
        case Not(term=term):
            return f"not {_flat(term)}"
        case SomeIn(variable=variable, collection=collection):
            return f"some {variable} in {_flat(collection)}"
        case Every(variable=variable, collection=collection, body=body):
            return f"every {variable} in {_flat(collection)} {{ {'; '.join(map(_flat, body))} }}"
        case _:
            return _term(literal)


def _term(term: Term) -> str:
    match term:
        case String(value=value):
            return quote(value)
        case Number(text=text):
            return text
        case Null():
            return "null"
        case Name(path=path):
            return path
        case Lookup(collection=collection, key=key):
            return f"{_term(collection)}[{_term(key)}]"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(map(_term, arguments))})"
        case Set() | Array() | Object():
            return _collection(term)
        case Present(collection=collection):
            return f"{{key: value | some key, value in {_term(collection)}; value != null}}"
        case Infix(left=left, operator=operator, right=right):
            return f"{_term(left)} {operator} {_term(right)}"
        case _:
            assert_never(term)


def _collection(term: Set | Array | Object) -> str:
    match term:
        case Set(items=items):
            return f"{{{', '.join(map(_term, items))}}}"
        case Array(items=items):
            return f"[{', '.join(map(_term, items))}]"
        case Object(members=members):
            return f"{{{', '.join(map(_member, members))}}}"
