"""The variables of a policy, each with its place."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from iam2rego.ir.condition import ArnValue, TextValue
from iam2rego.ir.pattern import ArnPattern, Pattern, Variable
from iam2rego.lint.subject import Subject, Written
from iam2rego.source import Span
from iam2rego.syntax.parts import Part, Reference
from iam2rego.syntax.patterns import parse_arn, parse_pattern
from iam2rego.syntax.places import within


@dataclass(frozen=True, slots=True)
class Used:
    """A variable where it is used: in an ``entry`` or a ``value``, whose field it is in when that is an ARN."""

    variable: Variable
    span: Span
    of: str
    field: int

    @property
    def spelling(self) -> str:
        """The variable as it is written, less the default."""
        return f"${{{self.variable.key}}}"


def used_variables(subject: Subject) -> Sequence[Used]:
    """Return the variables of the resources and values of all statements."""
    return subject.once(_used)


def _used(subject: Subject) -> Sequence[Used]:
    return [each for statement in subject.statements for each in _of_statement(subject, statement)]


def _of_statement(subject: Subject, statement: Written) -> Iterator[Used]:
    for entry in statement.read.resources.entries:
        if isinstance(entry, ArnPattern):
            yield from _in(entry.fields, _arn_parts, entry.span, "entry", subject, statement)
    for condition in statement.read.conditions:
        for value in condition.values:
            match value:
                case TextValue(segments=segments, span=span):
                    yield from _in((segments,), _text_parts, span, "value", subject, statement)
                case ArnValue(fields=fields, span=span):
                    yield from _in(fields, _arn_parts, span, "value", subject, statement)


def _in(
    fields: Sequence[Pattern], parts: Callable[[str], Iterable[Part]], string: Span | None, of: str, subject: Subject, statement: Written
) -> Iterator[Used]:
    found = [(segment, field) for field, pattern in enumerate(fields) for segment in pattern if isinstance(segment, Variable)]
    if found and string:
        written = [part for part in parts(statement.strings[string]) if isinstance(part, Reference)]
        for (variable, field), part in zip(found, written, strict=True):
            yield Used(variable, within(subject.source, string, part.start, part.end), of, field)


def _arn_parts(text: str) -> Iterable[Part]:
    """Parse an ARN as it was read, so that its grammar is not needed beside another."""
    return chain.from_iterable(parse_arn(text, variables=True))


def _text_parts(text: str) -> Iterable[Part]:
    return parse_pattern(text, variables=True)
