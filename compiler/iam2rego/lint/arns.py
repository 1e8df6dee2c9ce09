"""The fields of ARNs among the resources of a policy."""

from collections.abc import Iterator
from enum import IntEnum

from iam2rego.ir.pattern import ArnPattern, Text
from iam2rego.lint.subject import Subject


class Field(IntEnum):
    """The places of the fields."""

    PARTITION = 1
    SERVICE = 2
    REGION = 3
    ACCOUNT = 4


def literal_fields(subject: Subject, field: Field) -> Iterator[tuple[ArnPattern, str]]:
    """Yield the resources that have this field without wildcards and variables, and not empty, each with its text."""
    for statement in subject.statements:
        for entry in statement.read.resources.entries:
            if isinstance(entry, ArnPattern) and (text := literal(entry, field)):
                yield entry, text


def literal(arn: ArnPattern, field: Field) -> str:
    """Return the text of a field; empty if it is missing, or has wildcards or variables, even ones that are text before 2012 (V1)."""
    match arn.fields[field : field + 1]:
        case ((Text(text=text),),) if "${" not in text:
            return text
        case _:
            return ""
