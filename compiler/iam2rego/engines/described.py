"""A decision document in words: all that an engine says which only answers such documents."""

from collections.abc import Iterator
from typing import NamedTuple

from iam2rego.ir.decision import Decision, MatchedStatement, Outcome


class Told(NamedTuple):
    """A line, and the statement that it speaks of, whose text a reader may want to see below it."""

    words: str
    statement: MatchedStatement | None = None


def described(decision: Decision) -> Iterator[Told]:
    """Say what is decided, by which statements, and what is lacking."""
    yield Told("the request is refused" if decision.errors else decision.decision)
    for each in decision.matched_statements:
        sid = f" `{each.sid}`" if each.sid else ""
        yield Told(f"  {each.effect} statement {each.index}{sid} of {each.policy} (line {each.start.line}) applies", each)
    for title, names in (
        ("lacking an allow of" if decision.decision is Outcome.IMPLICIT_DENY else "denied by", decision.denied_by),
        ("not in the request", decision.missing_context_keys),
    ):
        if names:
            yield Told(f"  {title}: {', '.join(names)}")
    yield from (Told(f"  {each}") for each in decision.errors)
