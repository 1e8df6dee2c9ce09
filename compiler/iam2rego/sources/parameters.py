"""Reads the values of `<placeholders>`: ``NAME=VALUE`` pairs, and a file with one table of names to strings."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.sources.files import Place, read
from iam2rego.sources.members import refuse_repeated, text_of
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.places import at
from iam2rego.syntax.tree import JsonObject

_FROM_COMMAND_LINE: Final = Source("--param", "")
_TOML_PLACE: Final = re.compile(r"at line (\d+), column (\d+)")


def parameters(pairs: Iterable[str], path: str | None) -> Mapping[str, str]:
    """Return the parameters by name; a pair of the command line wins over the file at ``path``.

    Raises:
        PolicyError: a pair without ``=`` or a name, one name with two values, or a file of another form.
    """
    return {**(_from_file(path) if path else {}), **_from_pairs(pairs)}


def _from_pairs(pairs: Iterable[str]) -> dict[str, str]:
    bound: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name or not equals:
            raise _refused(f"`{pair}` is not NAME=VALUE", _FROM_COMMAND_LINE)
        if bound.setdefault(name, value) != value:
            raise _refused(f"the parameter `{name}` has two values", _FROM_COMMAND_LINE)
    return bound


def _from_file(path: str) -> dict[str, str]:
    """Read JSON where the text starts as an object, TOML otherwise: no TOML starts with a brace."""
    source = read(Place(path, path)).source
    return _from_json(source) if source.text.lstrip().startswith("{") else _from_toml(source)


def _from_json(source: Source) -> dict[str, str]:
    root = parse_json(source)
    assert isinstance(root, JsonObject)
    refuse_repeated(root.members, source)
    return {member.name: text_of(member.value, source, f"the parameter `{member.name}`") for member in root.members}


def _from_toml(source: Source) -> dict[str, str]:
    try:
        table = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as failure:
        raise _refused(f"this is neither JSON nor TOML: {str(failure).lower()}", source, _place(str(failure), source.text)) from None
    except (ValueError, RecursionError):
        raise _refused("a number is too long, or values are nested too deeply", source) from None
    wrong = [f"`{name}`" for name, value in table.items() if not isinstance(value, str)]
    if wrong:
        raise _refused(f"a parameter must be a string: {', '.join(wrong)}", source)
    return table


def _place(message: str, text: str) -> Span | None:
    """Find the place in a message of `tomllib`, which has it only in words."""
    if message.endswith("(at end of document)"):
        return at(text, len(text))
    found = _TOML_PLACE.search(message)
    return Span(line := int(found[1]), column := int(found[2]), line, column + 1) if found else None


def _refused(message: str, source: Source, span: Span | None = None) -> PolicyError:
    return PolicyError([Diagnostic(Code.BAD_PARAMETERS, message, source, span)])
