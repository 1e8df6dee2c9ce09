"""Reads resource entries (docs/semantics.md, "Resources"; G17)."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.ir.pattern import AnyResource, ArnPattern, ResourceEntry, Unmatchable
from iam2rego.ir.policy import Resources
from iam2rego.syntax.entries import read_entries
from iam2rego.syntax.forms import ShortArns
from iam2rego.syntax.parts import Part, Wildcard, spell
from iam2rego.syntax.patterns import Parts
from iam2rego.syntax.report import quote
from iam2rego.syntax.scope import Scope
from iam2rego.syntax.segments import to_pattern
from iam2rego.syntax.strings import read_arn
from iam2rego.syntax.tree import JsonString, Member
from iam2rego.syntax.wildcards import check_stars

_ARN_FIELDS: Final = 6
_ALL_FIELDS: Final = "write all six fields, with `*` for those that may have any value"
_COMPLETION: Final = {
    ShortArns.WITH_WILDCARD: "write all six fields; only an ARN with a `*` may leave fields out",
    ShortArns.WITH_WILDCARD_AT_THE_END: "write all six fields; only an ARN that ends in `*` may leave fields out",
    ShortArns.NONE: "write all six fields",
    ShortArns.REFUSED: _ALL_FIELDS,
}
_FORM: Final = "a resource is `*` or an ARN: `arn:partition:service:region:account:resource`"


def read_resources(member: Member, scope: Scope) -> Resources:
    """Return the entries of ``Resource`` or ``NotResource``."""
    entries: tuple[ResourceEntry, ...] = read_entries(member, _entry, scope)
    return Resources(negated=member.name == "NotResource", entries=entries, span=member.name_span.to(member.value.span))


def _entry(string: JsonString, scope: Scope) -> ResourceEntry | None:
    """Return the entry, or None after an error that makes it unusable."""
    if string.value and not string.value.strip("*"):
        return AnyResource(text=string.value, span=string.span)
    fields = read_arn(string, scope)
    if fields is None:
        return None
    text = ":".join(spell(field) for field in fields)
    if not text.startswith("arn:"):
        scope.misfit(Code.INVALID_RESOURCE, string.span, f"{quote(text)} is not a resource", _hint(text))
        return Unmatchable(text=text, span=string.span)
    if len(fields) < _ARN_FIELDS and not _is_completed(fields, string, text, scope):
        return Unmatchable(text=text, span=string.span)
    check_stars(fields, string, scope)
    return ArnPattern(text=text, fields=tuple(to_pattern(field) for field in fields), span=string.span)


def _is_completed(fields: tuple[Parts, ...], string: JsonString, text: str, scope: Scope) -> bool:
    """Return whether the missing fields count as ``*`` (R5); report ARNs that AWS rejects, that match nothing, or that lack a ``:``."""
    which = scope.form.short_arns
    completed = _completes(fields, which)
    short = f"{quote(text)} has fewer than six fields"
    if which is ShortArns.REFUSED:
        scope.misfit(Code.SHORT_ARN, string.span, f"{short}, which AWS rejects in {scope.form.noun}", _COMPLETION[which])
    elif not completed:
        scope.misfit(Code.SHORT_ARN, string.span, f"{short}, so it matches nothing in {scope.form.noun}", _COMPLETION[which])
    elif not _ends_in_star(fields):
        scope.report.warn(Code.SHORT_ARN, string.span, f"{short}, and the missing ones count as `*`: is a `:` missing?", _ALL_FIELDS)
    return completed


def _completes(fields: tuple[Parts, ...], which: ShortArns) -> bool:
    """Return whether ``*`` is where it must be, as a wildcard and not as ``${*}`` or the text of a variable."""
    match which:
        case ShortArns.ALL | ShortArns.REFUSED:
            return True
        case ShortArns.WITH_WILDCARD:
            return any(_is_star(part) for field in fields for part in field)
        case ShortArns.WITH_WILDCARD_AT_THE_END:
            return _ends_in_star(fields)
        case ShortArns.NONE:
            return False


def _ends_in_star(fields: tuple[Parts, ...]) -> bool:
    return bool(fields[-1]) and _is_star(fields[-1][-1])


def _is_star(part: Part) -> bool:
    return isinstance(part, Wildcard) and part.spelling == "*"


def _hint(text: str) -> str:
    return "write `arn` in lower case" if text.lower().startswith("arn:") else _FORM
