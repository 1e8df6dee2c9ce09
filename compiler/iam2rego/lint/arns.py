"""The fields of ARNs among the resources of a policy."""

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from iam2rego.ir.pattern import ArnPattern, Text
from iam2rego.lint.subject import Subject

TEMPLATE: Final = re.compile(r"<[^<>]*>|\$\{[^{}]*\}")
"""A placeholder without a value (L7), or a variable that is text before 2012 (V1)."""

_CLOUD_FORMATION: Final = "${AWS::"


FIELDS: Final = 6
"""The fields of a whole ARN."""


class Field(IntEnum):
    """The places of the fields."""

    PARTITION = 1
    SERVICE = 2
    REGION = 3
    ACCOUNT = 4


def arns_of(subject: Subject) -> Iterator[ArnPattern]:
    """Yield the ARNs of ``Resource`` and ``NotResource``, except those that CloudFormation fills in."""
    for statement in subject.statements:
        for entry in statement.read.resources.entries:
            if isinstance(entry, ArnPattern) and _CLOUD_FORMATION not in entry.text:
                yield entry


def literal_fields(subject: Subject, field: Field) -> Iterator[tuple[ArnPattern, str]]:
    """Yield the resources that have this field without wildcards and variables, and not empty, each with its text."""
    for entry in arns_of(subject):
        if text := literal(entry, field):
            yield entry, text


def literal(entry: ArnPattern, field: Field) -> str | None:
    """Return the text of a field; None if it is missing, or has wildcards, variables or placeholders."""
    match entry.fields[field : field + 1]:
        case ((),):
            return ""
        case ((Text(text=text),),) if not TEMPLATE.search(text):
            return text
        case _:
            return None


def with_field(entry: ArnPattern, field: Field, old: str, new: str | None) -> str | None:
    """Return an ARN with a literal field spelled anew; None if there is no other spelling, or the field cannot be told from its text."""
    parts = entry.text.split(":")
    if new is None or parts[field : field + 1] != [old]:
        return None
    return ":".join([*parts[:field], new, *parts[field + 1 :]])
