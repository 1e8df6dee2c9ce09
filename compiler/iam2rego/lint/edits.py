"""Makes the edits of fixes: removes entries, values, conditions and members, spells strings anew, and adds members.

What is removed takes its comma and, if it is alone there, its line. A list or object is never emptied: then there are no edits.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from difflib import get_close_matches
from itertools import groupby, takewhile
from typing import Final

from iam2rego.ir.condition import Condition, Operator
from iam2rego.lint.fix import Edit, Fix, Safety, made
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.subject import Subject, Tested, Written
from iam2rego.source import Source, Span
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject, Member, strings

_ALIKE: Final = 0.8
"""How similar two names must be for one to count as a misspelling of the other."""

_MOST: Final = 10
"""How many similar names are looked at."""

_LONGEST: Final = 100
"""Longer words are not compared, which would take long."""


def without(spans: Sequence[Span], gone: Set[Span]) -> Iterator[Edit]:
    """Yield the edits that remove some of the items of a list or object, all of which are given in order; none if all would go."""
    kept = [each not in gone for each in spans]
    for is_kept, run in groupby(range(len(spans)), lambda place: kept[place]):
        if any(kept) and not is_kept:
            places = list(run)
            yield Edit(_cut(spans, places[0], places[-1]))


def _cut(spans: Sequence[Span], first: int, last: int) -> Span:
    """Return the stretch of the items from ``first`` to ``last`` with the commas and the white space on one side of them."""
    before = spans[first - 1] if first else None
    after = spans[last + 1] if last + 1 < len(spans) else None
    ends_line = after is not None and after.line > spans[last].end_line
    if before and (after is None or (ends_line and before.end_line == spans[first].line)):
        return Span(before.end_line, before.end_column, spans[last].end_line, spans[last].end_column)
    assert after is not None
    return Span(spans[first].line, spans[first].column, after.line, after.column)


def without_items(node: JsonNode, gone: Set[Span]) -> tuple[Edit, ...]:
    """Remove items of an array by their places."""
    spans = [each.span for each in node.items] if isinstance(node, JsonArray) else []
    return tuple(without(spans, gone)) if gone <= set(spans) else ()


def without_member(node: JsonObject, name: str) -> tuple[Edit, ...]:
    """Remove the members of an object that have a name."""
    return tuple(without([whole(each) for each in node.members], {whole(each) for each in node.members if each.name == name}))


def whole(member: Member) -> Span:
    """Return the stretch of a member, from its name to its value."""
    return member.name_span.to(member.value.span)


def without_entry(node: JsonNode, *entries: Span | None) -> tuple[Edit, ...]:
    """Remove entries of ``Action``, ``Resource`` or the like, whose value is given."""
    return without_items(node, {each for each in entries if each})


def without_operator(statement: Written, operator: Member) -> tuple[Edit, ...]:
    """Remove an operator of the ``Condition``; with the last one, the ``Condition``."""
    others = [each for each in statement.operators if each is not operator]
    if not others:
        return without_member(statement.node, "Condition")
    return tuple(without([whole(each) for each in statement.operators], {whole(operator)}))


def without_test(statement: Written, test: Tested) -> tuple[Edit, ...]:
    """Remove a condition key with its values; with the last one, its operator."""
    keys = members(test.operator)
    if len(keys) == 1:
        return without_operator(statement, test.operator)
    return tuple(without([whole(each) for each in keys], {whole(test.key)}))


def without_statement(subject: Subject, statement: Written) -> tuple[Edit, ...]:
    """Remove a statement, if it is one of several."""
    block = subject.member("Statement")
    return without_items(block.value, {statement.node.span}) if block else ()


def members(operator: Member) -> Sequence[Member]:
    """Return the keys below an operator."""
    return operator.value.members if isinstance(operator.value, JsonObject) else ()


def versioned(subject: Subject, title: str, edit: Edit) -> Fix | None:
    """Return a fix that makes the `Version` that of today. Where the policy has the beginning of a variable, it changes the meaning."""
    has_variables = any("${" in text for text, _ in strings(subject.node))
    return made(title, [edit], Safety.UNSAFE if has_variables else Safety.SAFE)


def spelled(span: Span, text: str) -> Edit:
    """Put another string in the place of one."""
    return Edit(span, quoted(text))


def quoted(text: str) -> str:
    """Return the text as a string of JSON."""
    return json.dumps(text, ensure_ascii=False)


def respelled(subject: Subject, span: Span | None, old: str, new: str | None) -> tuple[Edit, ...]:
    """Spell an entry or value anew, if there is another spelling; not if it is written otherwise than it is read, as with a placeholder."""
    is_written = span and any(each.strings.get(span) == old for each in subject.statements)
    return (spelled(span, new),) if span and is_written and new else ()


def respelled_close(
    subject: Subject, span: Span | None, old: str, word: str, choices: Iterable[str], around: Callable[[str], str | None] = str
) -> tuple[Edit, ...]:
    """Spell an entry or value anew with the only choice that is close to a word of it; ``around`` puts the rest around that."""
    close = only_close(word, choices)
    return respelled(subject, span, old, around(close) if close else None)


def only_close(word: str, choices: Iterable[str]) -> str | None:
    """Return the only choice that is one slip away from a word, ignoring letter case, or else the only one that is similar."""
    folded = {choice.lower(): choice for choice in choices}
    if same := folded.get(word.lower()):
        return same
    close = get_close_matches(word.lower(), folded, _MOST, _ALIKE) if len(word) <= _LONGEST else []
    best = [each for each in close if _are_near(word.lower(), each)] or close
    return folded[best[0]] if len(best) == 1 else None


def _are_near(one: str, other: str) -> bool:
    """Say whether two words differ by one letter more, less or other, or by two that are swapped."""
    start = _common(one, other)
    one, other = one[start:], other[start:]
    end = _common(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    return max(len(one), len(other)) <= 1 or (len(one) <= 2 and one == other[::-1])


def _common(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def renamed_key(test: Tested, new: str) -> tuple[Edit, ...]:
    """Spell a condition key anew, unless its operator has the new key already."""
    taken = {fold_key(each.name) for each in members(test.operator) if each is not test.key}
    return () if fold_key(new) in taken else (spelled(test.key.name_span, new),)


def under(source: Source, statement: Written, test: Tested, operator: str, value: str | None = None) -> tuple[Edit, ...]:
    """Move a condition key to another operator, with another value if one is given.

    If the key is the only one of its operator, the operator gets the other name. If the other operator is there already, the key joins
    its keys, unless it has the key.
    """
    text = f"{quoted(test.key.name)}: {quoted(value) if value else source.cut(test.key.value.span)}"
    if other := _other(statement, test.operator, operator):
        joined = _joined(source, other, [test.key], [text])
        return (*without_test(statement, test), *joined) if joined else ()
    if len(members(test.operator)) == 1:
        changed = (spelled(test.key.value.span, value),) if value else ()
        return (spelled(test.operator.name_span, operator), *changed)
    return (*without_test(statement, test), after(source, test.operator, f"{quoted(operator)}: {{{text}}}"))


def renamed_operator(source: Source, statement: Written, member: Member, operator: str) -> tuple[Edit, ...]:
    """Give an operator another name. If that is there already, its keys join the others, unless one of them is there too."""
    if not (other := _other(statement, member, operator)):
        return (spelled(member.name_span, operator),)
    keys = members(member)
    joined = _joined(source, other, keys, [source.cut(whole(key)) for key in keys])
    return (*without_operator(statement, member), *joined) if joined else ()


def _other(statement: Written, member: Member, operator: str) -> Member | None:
    """Return the operator of a name that is not ``member``."""
    return next((each for each in statement.operators if each.name == operator and each is not member), None)


def _joined(source: Source, other: Member, keys: Sequence[Member], texts: Sequence[str]) -> tuple[Edit, ...]:
    """Add the texts of keys to an operator; no edits if it has none yet, or one of these."""
    there = members(other)
    taken = {fold_key(each.name) for each in there}
    return (after(source, there[-1], *texts),) if there and not any(fold_key(key.name) in taken for key in keys) else ()


def after(source: Source, member: Member, *texts: str) -> Edit:
    """Insert members after another one, each on a line of its own if that one begins its line."""
    end = member.value.span
    line = source.lines[member.name_span.line - source.first_line]
    indent, line_end = line[: member.name_span.column - 1], "\r\n" if line.endswith("\r") else "\n"
    begins_line = member.name_span.line > source.first_line and not indent.strip()
    gap = f"{line_end}{indent}" if begins_line else " "
    return Edit(Span(end.end_line, end.end_column, end.end_line, end.end_column), "".join(f",{gap}{text}" for text in texts))


def spell(condition: Condition, operator: Operator) -> str:
    """Return the name of another operator with the set operator and ``IfExists`` of a condition."""
    if_exists = condition.if_exists and operator is not Operator.NULL
    return condition.model_copy(update={"operator": operator, "if_exists": if_exists}).written_operator
