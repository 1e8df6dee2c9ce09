"""Explains decisions to people, with the text of the statements that they turn on."""

from collections.abc import Iterable, Iterator, Mapping

from iam2rego.engines.statement_text import statement_text
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import Reason, reasons
from iam2rego.source import Source


def explained(policies: PolicySet, texts: Mapping[str, Source], request: JsonValue) -> Iterator[str]:
    """Yield lines that say what the native engine decides and why; ``texts`` are those that hold the policies, by their names."""
    return with_statements(reasons(policies, request), texts)


def with_statements(said: Iterable[Reason], texts: Mapping[str, Source]) -> Iterator[str]:
    """Yield the words of reasons, each with the statement that it shows."""
    for reason in said:
        yield reason.words
        if reason.shown is not None and reason.shown.statement.span is not None:
            yield from statement_text(texts[reason.shown.policy.name], reason.shown.statement.span, reason.part)
