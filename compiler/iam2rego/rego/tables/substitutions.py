"""Patterns that are no globs, as the kernel reads them (`lib/substitution.rego`): a form and what it tests.

A text without variables is a string, one with variables a list of strings and variables. A part with a `?` is an object that lists the
texts around it. A variable's value is compared, never part of a glob (V6).
"""

from typing import Any

from iam2rego.rego.modules.matching import fold
from iam2rego.rego.reading.ordered import Form, Part, Words, crossing_fields, fields_of, form_of, parts_of, words_of
from iam2rego.rego.reading.pieces import Fixed, Hole, Pieces


def substitution(pieces: Pieces, *, folded: bool) -> tuple[Any, ...]:
    """Return the form of a pattern and what it tests, in JSON; of a ``folded`` one the text is in lower case (C12)."""
    if folded:
        return "folded", _text(words_of(pieces))
    match form_of(pieces):
        case Form.ORDERED as form:
            return form, list(map(_part, parts_of(pieces)))
        case Form.FIELDS as form:
            return form, _fields(pieces)
        case Form.RESOURCE as form:
            return form, _fields(pieces), crossing_fields(pieces)
        case form:
            return form, _text(words_of(pieces))


def _fields(pieces: Pieces) -> list[list[Any]]:
    return [list(map(_part, field)) for field in fields_of(pieces)]


def _part(part: Part) -> Any:
    texts = list(map(_text, part))
    return texts[0] if len(texts) == 1 else {"texts": texts}


def _text(words: Words) -> Any:
    if all(isinstance(word, Fixed) for word in words):
        return "".join(word.text for word in words if isinstance(word, Fixed))
    return [_variable(word) if isinstance(word, Hole) else word.text for word in words]


def _variable(hole: Hole) -> dict[str, Any]:
    default = {} if hole.default is None else {"otherwise": hole.default}
    return {"key": fold(hole.key), **default, **({"bounded": True} if hole.bounded else {})}
