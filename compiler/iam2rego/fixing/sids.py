"""Fixes of IAM108 and IAM109, which reading reports: a `Sid` without the characters that IAM refuses, or with a number (G6)."""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.lint.edits import spelled, without_member
from iam2rego.lint.fix import Fix, Safety, made
from iam2rego.syntax.tree import JsonObject, JsonString, Member, objects

_FORBIDDEN: Final = re.compile(r"[^A-Za-z0-9]+")


def fixes(node: JsonObject, found: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, Fix]]:
    """Yield the findings about the `Sid`s of a document that have a fix, and the fix."""
    sids = {each.value.span: (statement, each.value.value) for statement, each in _sids(node) if isinstance(each.value, JsonString)}
    taken = {sid for _, sid in sids.values()}
    for each in found:
        if each.span in sids:
            statement, sid = sids[each.span]
            match each.code:
                case Code.INVALID_SID:
                    fix = _stripped(statement, sid, each, taken)
                case Code.DUPLICATE_SID:
                    fix = made("number the `Sid`", [spelled(each.span, _free(sid, taken))], Safety.SAFE)
                case _:
                    fix = None
            if fix:
                yield each, fix


def _sids(node: JsonObject) -> Iterator[tuple[JsonObject, Member]]:
    """Yield the statements that have a `Sid`, and the member; no other object of a policy may have it."""
    return ((each, member) for each in objects(node) for member in each.members if member.name == "Sid")


def _stripped(statement: JsonObject, sid: str, found: Diagnostic, taken: set[str]) -> Fix | None:
    """Leave out the characters, or the `Sid` if it has no others; if it had several words, each begins with a capital."""
    words = [word for word in _FORBIDDEN.split(sid) if word]
    if not words or not found.span:
        return made("remove the `Sid`", without_member(statement, "Sid"), Safety.SAFE)
    joined = words[0] if len(words) == 1 else "".join(word[0].upper() + word[1:] for word in words)
    new = _free(joined, taken) if joined in taken else joined
    taken.add(new)
    return made("leave out the other characters", [spelled(found.span, new)], Safety.SAFE)


def _free(sid: str, taken: set[str]) -> str:
    """Return the `Sid` with the first number that no other has, which is taken then."""
    free = next(numbered for number in count(2) if (numbered := f"{sid}{number}") not in taken)
    taken.add(free)
    return free
