"""Files of claims to keep beside policies: TOML, a table for each claim."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from iam2rego.cli.shared.claims import Claim, Claimed
from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.source import Source, Span
from iam2rego.sources.files import read_path
from iam2rego.sources.revisions import is_revision
from iam2rego.syntax.toml import parse_toml
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject

_Texts = Annotated[list[str], Field(min_length=1)]


class _Claim(BaseModel):
    """A claim as a file has it; paths are relative to the folder of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1)]
    prove: Claim
    sources: _Texts
    reference: str | None = None
    actions: list[str] = []
    resources: list[str] = []
    principals: list[str] = []


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    claim: Annotated[list[_Claim], Field(min_length=1)]


def read_claims(paths: Sequence[str]) -> Mapping[str, Claimed]:
    """Read the claims of files, by their names.

    Raises:
        PolicyError: a file cannot be read, has another form, or a claim that makes no sense; or two claims have one name.
    """
    found: dict[str, Claimed] = {}
    for path in paths:
        source = read_path(path)
        root = parse_toml(source, Code.BAD_CONFIGURATION)
        for index, each in enumerate(_read(source, root).claim):
            claimed = _claimed(each, Path(path).parent)
            if mistake := claimed.mistake():
                raise PolicyError([_wrong(f"the claim `{each.name}`: {mistake[0]}", source, _place(root, ("claim", index)))])
            if each.name in found:
                raise PolicyError([_wrong(f"another claim has the name `{each.name}` too", source, _place(root, ("claim", index)))])
            found[each.name] = claimed
    return found


def _read(source: Source, root: JsonObject) -> _File:
    try:
        return _File.model_validate(tomllib.loads(source.text))
    except ValidationError as refusal:
        raise PolicyError(_mistakes(refusal, source, root)) from None


def _mistakes(refusal: ValidationError, source: Source, root: JsonObject) -> list[Diagnostic]:
    found = [(each["loc"], each["msg"]) for each in refusal.errors()]
    return [_wrong(f"`{'.'.join(map(str, where))}`: {said[0].lower()}{said[1:]}", source, _place(root, where)) for where, said in found]


def _place(root: JsonNode, where: Sequence[int | str]) -> Span:
    """Return the place of a value, or of the innermost table on the way to one that is not there."""
    node = root
    for part in where:
        if isinstance(node, JsonObject):
            node = next((each.value for each in node.members if each.name == part), node)
        elif isinstance(node, JsonArray) and isinstance(part, int):
            node = node.items[part]
    return node.span


def _wrong(message: str, source: Source, span: Span) -> Diagnostic:
    return Diagnostic(Code.BAD_CONFIGURATION, message, source, span)


def _claimed(given: _Claim, folder: Path) -> Claimed:
    reference = None if given.reference is None else _path(folder, given.reference)
    sources = [_path(folder, each) for each in given.sources]
    return Claimed(given.prove, sources, reference, given.actions, given.resources, given.principals)


def _path(folder: Path, path: str) -> str:
    """Return a path that is relative to a folder; one of a git revision stays relative to the current folder."""
    return path if is_revision(path) else str(folder / path)
