"""Hints about requests: names in them that AWS does not have, so that no policy can match them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from iam2rego.catalogue.service_keys import holds_list
from iam2rego.catalogue.services import Catalogue
from iam2rego.jsontext import JsonValue
from iam2rego.lint.inclusion import fold_key
from iam2rego.lint.rules.statements.unknown_action import unknown_action
from iam2rego.lint.rules.statements.unknown_condition_key import unknown_key
from iam2rego.lint.rules.statements.unknown_service import unknown_prefix
from iam2rego.syntax.report import quote

_FORMS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "principal": ("arn:", "*", "arn:aws:iam::123456789012:user/ann"),
        "action": (":", "", "s3:GetObject"),
        "resource": ("arn:", "*", "arn:aws:s3:::reports/2026.csv"),
    }
)
"""For each member what its text has in it, the one text that needs nothing, and an example."""


def hints(request: JsonValue, known: Catalogue) -> Iterator[str]:
    """Yield a line about each member that has not its form, and about the action and each context key that AWS does not have."""
    if isinstance(request, list):
        yield "several requests are JSON Lines: one on each line, without brackets and commas around them"
    if not isinstance(request, dict):
        return
    yield from _of_forms(request)
    action, context = request.get("action"), request.get("context")
    if isinstance(action, str) and ":" in action and (found := unknown_action(action, known)):
        yield f"{found[0]}: {found[1]} ({known.source})"
    for key, value in context.items() if isinstance(context, dict) else ():
        yield from _of_key(key, value, known)
    if "context" not in request:
        yield 'a request has a `context`, if only an empty one: add `"context": {}`'


def _of_forms(request: Mapping[str, JsonValue]) -> Iterator[str]:
    for name, (mark, whole, example) in _FORMS.items():
        value = request.get(name)
        if isinstance(value, str) and value != whole and mark not in value:
            yield f"the {name} {quote(value)} is not complete: write it as in `{example}`"


def _of_key(key: str, value: JsonValue, known: Catalogue) -> Iterator[str]:
    if unknown := unknown_key(key, known):
        yield f"{unknown[0]}: {unknown[1]}"
    elif prefix := unknown_prefix(key, known):
        yield f"{prefix[0]} of {quote(key)}: {prefix[1]}"
    elif holds_list(fold_key(key), known) and not isinstance(value, list):
        yield f"{quote(key)} holds a list in AWS, so conditions may not match one value alone"
