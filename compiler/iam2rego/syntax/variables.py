"""Variables that can have no value, and what their author may have meant (V7, V8).

The text alone decides here; whether a service has the key is for the linter, which knows services.
"""

import re
from collections.abc import Iterable
from typing import Final

from iam2rego.catalogue.global_keys import GLOBAL_KEYS, HOLDS, TAG, TAGS, Holds
from iam2rego.diagnostics import Code
from iam2rego.ir.condition import ConditionValue, TextValue
from iam2rego.ir.pattern import Variable
from iam2rego.source import Span
from iam2rego.syntax.keys import fold
from iam2rego.syntax.parts import Part, Reference, spell
from iam2rego.syntax.report import closest, quote
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.tree import JsonString

_OF_A_SERVICE: Final = re.compile(r"[A-Za-z0-9./_-]+:[A-Za-z0-9].*")
"""A key of a service or of an identity provider."""

_AUTHORS: Final = (
    (re.compile(r"(?i:aws)::.+|[A-Z][A-Za-z0-9]*\.[A-Za-z0-9.]+|[A-Z]+[a-z][A-Za-z0-9]*"), "CloudFormation"),
    (re.compile(r"(?:var|local|data|module|each|count|path|terraform|self|aws_[a-z0-9_]+)\..+"), "Terraform"),
    (re.compile(r"aws:(?:accountId|region)"), "the Serverless Framework"),
    (re.compile(r"[^:]*:[-=?+].*|[A-Z][A-Z0-9_]*"), "a shell"),
    (re.compile(r"[^:]+"), "Terraform or another template"),
)
"""Who writes variables like that; the first that fits is named."""


def check_variables(parts: Iterable[Part], string: JsonString, what: str, scope: Scope) -> None:
    """Warn of variables in ``string`` that never have a value; ``what`` is then without effect: an entry or a value."""
    for part in parts:
        if isinstance(part, Reference):
            _check(part, string, what, scope)


def _check(variable: Reference, string: JsonString, what: str, scope: Scope) -> None:
    name = spell(variable.key)
    place = scope.inside(string, variable.start, variable.end)
    spelled = quote(f"${{{name}}}")
    effect = f"so this {what} matches nothing" if variable.default is None else "so it always has its default"
    if not _is_key(name):
        scope.report.warn(Code.UNKNOWN_VARIABLE, place, f"{spelled} is no variable of IAM and never has a value, {effect}", _hint(name))
    elif HOLDS.get(fold(name)) is Holds.LIST:
        message = f"{spelled} is a list, which is no value for a variable, {effect}"
        scope.report.warn(Code.IMPOSSIBLE_VARIABLE, place, message, "test the list under `Condition`, with `ForAnyValue` or `ForAllValues`")


def check_comparisons(key: str, values: Iterable[ConditionValue], scope: Scope) -> None:
    """Warn of values that are a variable alone, where AWS's table says that it and the key never hold the like (C26)."""
    for value in values:
        match value:
            case TextValue(segments=(Variable(key=other, default=None),), span=Span() as span):
                _check_comparison(key, other, span, scope)


def _check_comparison(key: str, other: str, span: Span, scope: Scope) -> None:
    one, two = HOLDS.get(fold(key), Holds.TEXT), HOLDS.get(fold(other), Holds.TEXT)
    if one is not two and not {one, two} & {Holds.TEXT, Holds.LIST}:
        message = f"{quote(key)} is {one} and `${{{other}}}` is {two}, so the two are hardly ever equal"
        scope.report.warn(Code.IMPOSSIBLE_VARIABLE, span, message, f"compare {quote(key)} with {one}")


def _is_key(name: str) -> bool:
    """Say whether a request may have the key ``name``, as far as its form and AWS's global keys tell."""
    folded = fold(name)
    if folded.startswith("aws:"):
        return folded in HOLDS or TAG.fullmatch(folded) is not None
    return _OF_A_SERVICE.fullmatch(name) is not None


def _hint(name: str) -> str:
    """Name the likely cause."""
    meant = _meant(name)
    author = next((author for form, author in _AUTHORS if form.fullmatch(name)), None)
    if meant and (author is None or ":" not in name):
        return f"did you mean `${{{meant}}}`?"
    if author:
        return f"{author} writes variables like this: check the policy that is rendered, with the value filled in"
    return f"a variable is a condition key: {'AWS has no global one of that name' if name.lower().startswith('aws:') else '`service:Name`'}"


def _meant(name: str) -> str | None:
    """Return the global key that ``name`` is, without its prefix or misspelled."""
    prefix, colon, rest = name.partition(":")
    if not colon:
        known = {key.removeprefix("aws:").lower(): key for key in GLOBAL_KEYS}
        return known.get(fold(name)) or (f"aws:{name}" if TAG.fullmatch(f"aws:{fold(name)}") else None)
    if prefix.lower() != "aws":
        return None
    family, slash, tag = rest.partition("/")
    choices = TAGS if slash else (*TAGS, *(key.removeprefix("aws:") for key in GLOBAL_KEYS))
    found = closest(family, choices)
    if found in TAGS:
        return f"aws:{found}/{tag or '<name of the tag>'}"
    return f"aws:{found}" if found else None
