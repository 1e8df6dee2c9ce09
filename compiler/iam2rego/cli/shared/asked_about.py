"""Reads the actions and resources that a question is about."""

from collections.abc import Sequence
from typing import Final

from iam2rego.diagnostics import PolicyError
from iam2rego.ir.policy import Actions, Document, Resources
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.source import Source
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

NO_SUCH_PRINCIPAL: Final = "it is no ARN and no account id, and no policy names such a service or provider"
"""What is wrong with a principal that a question names, if it is none of the callers."""


def asked_about(actions: Sequence[str], resources: Sequence[str], name: str) -> tuple[Actions, Resources]:
    """Read actions and resources as a statement has them, without variables (V1); ``name`` says where they come from.

    Raises:
        PolicyError: one of them is not an entry that a policy may have.
    """
    named: list[JsonValue] = [*actions]
    on: list[JsonValue] = [*resources]
    statement: JsonValue = {"Effect": "Allow", "Action": named, "Resource": on}
    source = Source(name, dumps({"Version": "2008-10-17", "Statement": statement}))
    reading = read_policy(parse_json(source), source)
    if not isinstance(reading.document, Document):
        raise PolicyError(reading.diagnostics)
    (read,) = reading.document.statements
    return read.actions, read.resources
