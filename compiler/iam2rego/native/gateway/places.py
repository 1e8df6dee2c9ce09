"""Looks up members of a document."""

from iam2rego.jsontext import JsonValue


def at(document: JsonValue, *names: str, otherwise: JsonValue = None) -> JsonValue:
    """Return the value below members of these names; ``otherwise`` if one of them is absent."""
    for name in names:
        if not isinstance(document, dict) or name not in document:
            return otherwise
        document = document[name]
    return document
