"""Fills placeholders with parameters: literal text that is inserted once and never parsed (T1, T2)."""

import re
from collections.abc import Mapping
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.source import Span
from iam2rego.syntax.characters import FORBIDDEN, SURROGATE, character_name
from iam2rego.syntax.literals import LiteralKind
from iam2rego.syntax.report import Report, quote

_NEVER_LITERAL: Final = re.compile(r'[*?$<"\\\s]')
_RULE: Final = (
    'a value is literal text: not empty, and without `*`, `?`, `$`, `<`, `"`, `\\`, white space, `:` and `/`; '
    "the value of a name that ends in `_path` may contain `/`, of `_arn` both `:` and `/`"
)


class Parameters:
    """The values of one document's placeholders; a problem of a value is reported once, at the first use of the name."""

    def __init__(self, values: Mapping[str, str], report: Report, *, checked: bool) -> None:
        self._values = values
        self._report = report
        self._checked_characters = checked
        self._filled: dict[str, str | None] = {}
        self._unbound_at: set[Span] = set()
        self._typed: dict[tuple[str, LiteralKind], str | None] = {}

    @property
    def met(self) -> frozenset[str]:
        """The names of the placeholders seen so far."""
        return frozenset(self._filled) | {name for name, _ in self._typed}

    def fill(self, name: str, place: Span) -> str | None:
        """Return the text for ``<name>``, or None after an error; in lenient mode, a name without a value stays ``<name>`` (L7)."""
        if name not in self._values:
            self._filled[name] = self._unbound(name, place)
        elif name not in self._filled:
            self._filled[name] = self._checked(name, place)
        return self._filled[name]

    def fill_typed(self, name: str, place: Span, kind: LiteralKind) -> str | None:
        """Return the value of a bound ``<name>`` where only a value of this type is allowed, which cannot widen a pattern."""
        if (name, kind) not in self._typed:
            value = self._values[name]
            fits = bool(value) and kind.reads(value)
            self._typed[name, kind] = value if fits else None
            if not fits:
                self.refuse(name, place, f"is not {kind.noun}", "bind a value of the type that the operator compares")
        return self._typed[name, kind]

    def refuse(self, name: str, place: Span, complaint: str, hint: str) -> None:
        """Report a value that is not allowed where its placeholder is."""
        self._report.error(Code.INVALID_PARAMETER, place, f"the value of `<{name}>`, {quote(self._values[name])}, {complaint}", hint)

    def is_bound(self, name: str) -> bool:
        """Return whether there is a value for ``<name>``."""
        return name in self._values

    def _unbound(self, name: str, place: Span) -> str | None:
        if place not in self._unbound_at:  # a text may be read more than once
            self._unbound_at.add(place)
            message = f"the placeholder `<{name}>` has no value"
            self._report.tolerate(Code.UNBOUND_PLACEHOLDER, place, message, f"give it one: `--param {name}=VALUE`")
        return f"<{name}>" if self._report.lenient else None

    def _checked(self, name: str, place: Span) -> str | None:
        value = self._values[name]
        if complaint := _complaint(name, value):
            self.refuse(name, place, complaint, _RULE)
            return None
        if self._checked_characters and (found := FORBIDDEN.search(value)):
            message = f"the value of `<{name}>` contains the character {character_name(found[0])}, which a policy may not contain"
            self._report.tolerate(Code.FORBIDDEN_CHARACTER, place, message)
        return value


def _complaint(name: str, value: str) -> str:
    if not value:
        return "is empty"
    if SURROGATE.search(value):
        return "is not valid Unicode"
    if found := _NEVER_LITERAL.search(value):
        return "contains white space" if found[0].isspace() else f"contains `{found[0]}`"
    if ":" in value and not name.endswith("_arn"):
        return "holds `:`"
    if "/" in value and not name.endswith(("_arn", "_path")):
        return "holds `/`"
    return ""
