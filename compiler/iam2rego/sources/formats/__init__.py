"""The formats of source files, one module each. A module that is added here, with a `FORMAT` in it, is a format: nothing lists them."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source
from iam2rego.sources.format import Format, TextFormat
from iam2rego.sources.members import has_all
from iam2rego.syntax.report import quote
from iam2rego.syntax.tree import JsonNode, JsonObject, kind

_NAMED: Final = 5


@cache
def all_formats() -> tuple[Format | TextFormat, ...]:
    """Return the formats, in the order of their modules' names."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").FORMAT for name in names)


def text_formats() -> tuple[TextFormat, ...]:
    """Return the formats whose files are read as texts."""
    return tuple(each for each in all_formats() if isinstance(each, TextFormat))


def format_of(root: JsonNode, source: Source) -> Format:
    """Return the format of a parsed file.

    Raises:
        PolicyError: no format recognises it, or several do.
    """
    match [each for each in all_formats() if isinstance(each, Format) and each.recognises(root)]:
        case [one]:
            return one
        case []:
            message, hint = f"not a policy: found {_found(root)}", _wanted(root)
        case several:
            message, hint = f"this could be {_listed(_known(several), 'or')}", "a file has one format: remove the members of the others"
    raise PolicyError([Diagnostic(Code.UNKNOWN_SOURCE, message, source, root.span, hint)])


def _wanted(root: JsonNode) -> str:
    if has_all(root, ("principal", "action", "resource")):
        return "this looks like a request: name it with --request, after the policies"
    return f"iam2rego reads {_listed(_known(all_formats()), 'and')}"


def _known(formats: Sequence[Format | TextFormat]) -> list[str]:
    return [f"{each.name} ({each.known_by})" for each in formats if each.known_by]


def _listed(items: list[str], last: str) -> str:
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _found(root: JsonNode) -> str:
    if not isinstance(root, JsonObject):
        return kind(root)
    if not root.members:
        return "an empty object"
    noun = "member" if len(root.members) == 1 else "members"
    return f"top-level {noun} {', '.join(quote(member.name) for member in root.members[:_NAMED])}"
