"""Reads strings of a policy: parses them, fills placeholders, and reports every problem at its characters."""

import re
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.source import Span
from iam2rego.syntax.literals import LiteralKind
from iam2rego.syntax.parts import Chars, Placeholder, Reference, Wildcard, spell
from iam2rego.syntax.patterns import Parts, PatternError, parse_arn, parse_pattern
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.tree import JsonString

_LEADING_ARN: Final = re.compile(r"<([A-Za-z_][A-Za-z0-9_-]*_arn|_arn)>")
_WHOLE_ARN: Final = re.compile(r"arn(?::[^:]*){4}:.+")
_PLACEHOLDER: Final = re.compile(r"<([A-Za-z_][A-Za-z0-9_-]*)>")
_KEY: Final = re.compile(r"[^\s,${}]+")


def read_pattern(string: JsonString, scope: Scope, *, variables: bool) -> Parts | None:
    """Return the parts of ``string`` without placeholders, or None after an error; for ``variables`` see V1 and V2."""
    try:
        return _filled(parse_pattern(string.value, variables=variables), string, scope)
    except PatternError as error:
        _report(error, string, scope)
        return None


def read_arn(string: JsonString, scope: Scope) -> tuple[Parts, ...] | None:
    """Return the fields of ``string`` (R3, C22), each as `read_pattern` does.

    A placeholder whose name ends in ``_arn`` may begin an ARN; its value then supplies all six fields.
    """
    if (leading := _LEADING_ARN.match(string.value)) and scope.parameters.is_bound(leading[1]):
        return _begun_by_parameter(string, scope, leading[1])
    try:
        fields = parse_arn(string.value, variables=scope.variables)
    except PatternError as error:
        _report(error, string, scope)
        return None
    if "<" not in string.value:
        return fields
    return _filled_fields(fields, string, scope)


def read_literal(string: JsonString, scope: Scope, kind: LiteralKind) -> str | None:
    """Return the text of ``string``, which may not have variables or wildcards; None after an error (V2).

    A placeholder that is the whole string accepts any value of the kind, whatever its characters (T2).
    """
    if (whole := _PLACEHOLDER.fullmatch(string.value)) and scope.parameters.is_bound(whole[1]):
        return scope.parameters.fill_typed(whole[1], scope.inside(string, 0, len(string.value)), kind)
    parts = read_pattern(string, scope, variables=False)
    return None if parts is None else spell(parts)


def _report(error: PatternError, string: JsonString, scope: Scope) -> None:
    place = scope.inside(string, error.start, error.end)
    hint = "a variable is `${key}` or `${key, 'default'}`; `${*}`, `${?}` and `${$}` are the characters themselves"
    scope.report.error(Code.MALFORMED_VARIABLE, place, str(error), hint, error.aws)


def _begun_by_parameter(string: JsonString, scope: Scope, name: str) -> tuple[Parts, ...] | None:
    parts = read_pattern(string, scope, variables=scope.variables)
    if parts is None:
        return None
    begin = parts[0]
    assert isinstance(begin, Chars)  # the filled placeholder
    if not _WHOLE_ARN.fullmatch(begin.text):
        place = scope.inside(string, 0, len(name) + 2)
        scope.parameters.refuse(name, place, "is not an ARN of six fields", "a value that begins an ARN must be a whole ARN")
        return None
    *fields, last = ((Chars(field, field),) if field else () for field in begin.text.split(":", 5))
    return (*fields, (*last, *parts[1:]))


def _filled_fields(fields: tuple[Parts, ...], string: JsonString, scope: Scope) -> tuple[Parts, ...] | None:
    filled = [_filled(field, string, scope) for field in fields]
    colons = [_colons(field, string, scope) for field in fields[:5]]
    if any(colons):
        return None
    complete = tuple(field for field in filled if field is not None)
    return complete if len(complete) == len(filled) else None


def _colons(field: Parts, string: JsonString, scope: Scope) -> bool:
    """Report values that would shift the fields of an ARN (V9, T2); return whether there are any."""
    found = False
    for part in field:
        if isinstance(part, Placeholder) and ":" in (_value(part, string, scope) or ""):
            hint = "a value with `:` may begin an ARN or be in its last field"
            scope.parameters.refuse(part.name, _place(part, string, scope), "would shift the fields of the ARN", hint)
            found = True
    return found


def _filled(parts: Parts, string: JsonString, scope: Scope) -> Parts | None:
    """Fill placeholders, and report all that cannot be filled."""
    if "<" not in string.value:
        return parts
    filled = [_filled_part(part, string, scope) for part in parts]
    complete = tuple(part for part in filled if part is not None)
    return complete if len(complete) == len(filled) else None


def _filled_part(part: Chars | Wildcard | Placeholder | Reference, string: JsonString, scope: Scope) -> Chars | Wildcard | Reference | None:
    match part:
        case Placeholder():
            value = _value(part, string, scope)
            return None if value is None else Chars(value, value)
        case Reference():
            return _filled_reference(part, string, scope)
        case _:
            return part


def _filled_reference(part: Reference, string: JsonString, scope: Scope) -> Reference | None:
    key = _filled_literal(part.key, string, scope)
    default = _filled_literal(part.default or (), string, scope)
    if key is None or default is None:
        return None
    if not _KEY.fullmatch(key.text):
        unfit = next(each for each in part.key if isinstance(each, Placeholder))
        hint = "the name of a variable may not contain white space, `,`, `$`, `{` or `}`"
        scope.parameters.refuse(unfit.name, _place(unfit, string, scope), "cannot be part of a variable's name", hint)
        return None
    return Reference((key,), None if part.default is None else (default,), part.start, part.end)


def _filled_literal(parts: tuple[Chars | Placeholder, ...], string: JsonString, scope: Scope) -> Chars | None:
    """Join text and values; return None if a placeholder is unfilled."""
    values = [part.text if isinstance(part, Chars) else _value(part, string, scope) for part in parts]
    known = "".join(value for value in values if value is not None)
    return None if None in values else Chars(known, known)


def _value(part: Placeholder, string: JsonString, scope: Scope) -> str | None:
    return scope.parameters.fill(part.name, _place(part, string, scope))


def _place(part: Placeholder, string: JsonString, scope: Scope) -> Span:
    return scope.inside(string, part.start, part.end)
