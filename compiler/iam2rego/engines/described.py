"""Puts a decision document in words, for engines that return nothing else."""

from collections.abc import Iterator
from typing import NamedTuple

from iam2rego.ir.decision import Decision, MatchedStatement
from iam2rego.native.explain import because


class Told(NamedTuple):
    """A line, and the statement to quote below it."""

    words: str
    statement: MatchedStatement | None = None


def described(decision: Decision) -> Iterator[Told]:
    """Say what was decided, by which statements, and which policies do not allow it."""
    yield Told("the request is refused" if decision.errors else decision.decision)
    for each in decision.matched_statements:
        sid = f" `{each.sid}`" if each.sid else ""
        yield Told(f"  {each.effect} statement {each.index}{sid} of {each.policy} (line {each.start.line}) applies", each)
    if decision.denied_by:
        yield Told(f"  {because(decision)}")
    if decision.missing_context_keys:
        yield Told(f"  not in the request: {', '.join(decision.missing_context_keys)}")
    yield from (Told(f"  {each}") for each in decision.errors)
