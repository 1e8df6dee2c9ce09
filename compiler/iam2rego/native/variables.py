"""Policy variables (docs/semantics.md, "Variables")."""

from collections.abc import Iterator

from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Text, Variable
from iam2rego.native.case import fold
from iam2rego.native.request import Context
from iam2rego.native.wildcards import Piece, Wildcard


class UnresolvableError(ValueError):
    """A variable has neither value nor default (V7), or a value that is not allowed in its place (V9)."""


def value_of(variable: Variable, context: Context) -> str:
    """Return the literal text that replaces ``variable`` (V6); raise `UnresolvableError` if there is none."""
    value = context.get(fold(variable.key), "")
    # V8: a list is no value. V4: neither is the empty string.
    if isinstance(value, str) and value:
        return value
    if variable.default is None:
        raise UnresolvableError
    return variable.default


def has_value(variable: Variable, context: Context) -> bool:
    """Say whether ``variable`` has a value or a default (V7)."""
    try:
        value_of(variable, context)
    except UnresolvableError:
        return False
    return True


def text_of(pattern: Pattern, context: Context) -> str:
    """Return the only text that a pattern without wildcards matches; raise `UnresolvableError` if a variable has no value."""
    texts = [piece for piece in pieces(pattern, context) if isinstance(piece, str)]
    assert len(texts) == len(pattern), "the front end gives wildcards to Like operators only"
    return "".join(texts)


def pieces(pattern: Pattern, context: Context) -> Iterator[Piece]:
    """Yield the pieces of ``pattern`` with its variables replaced by their values; its wildcards match any character."""
    for segment in pattern:
        match segment:
            case Text(text=text):
                yield text
            case AnyRun():
                yield Wildcard.RUN
            case AnyOne():
                yield Wildcard.ONE
            case Variable():
                yield value_of(segment, context)
