"""The configuration of `check`: ``iam2rego.toml``, its form as pydantic models, and how it is read."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, StringConstraints, ValidationError, model_validator

from iam2rego.diagnostics import Code, Diagnostic, Level, PolicyError
from iam2rego.globs import Glob, relative
from iam2rego.ir.policy import Kind
from iam2rego.lint.registry import all_findings
from iam2rego.lint.selection import Choice, findings_prefix, prefix
from iam2rego.source import Source, Span
from iam2rego.syntax.report import did_you_mean
from iam2rego.syntax.toml import parse_toml
from iam2rego.syntax.tree import JsonArray, JsonNode, JsonObject

_TYPES: Final = {
    "model_type": "a table",
    "dict_type": "a table",
    "list_type": "an array",
    "string_type": "a string",
    "string_too_short": "a text that is not empty",
    "int_type": "a whole number",
    "date_type": "a date",
}
"""What a value must be, by pydantic's name for the error."""


_ACCOUNT: Final = re.compile(r"[0-9]{12}")


def _code(text: str) -> str:
    """Return a code in upper case; raise `ValueError` if no finding has it, or if it is an error."""
    found = findings_prefix(text)
    if found not in all_findings():
        raise ValueError(f"`{text}` is not one code")
    return found


def _glob(value: object) -> Glob:
    if not isinstance(value, str) or not value:
        raise ValueError("a pattern of paths must be a string that is not empty")
    return Glob(value)


def _account(text: str) -> str:
    if not _ACCOUNT.fullmatch(text):
        raise ValueError(f"`{text}` is not an account id, which has twelve digits")
    return text


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Selected = Annotated[str, AfterValidator(prefix)]
_Findings = Annotated[str, AfterValidator(findings_prefix)]
_Pattern = Annotated[Glob, PlainValidator(_glob)]
"""A pattern of paths, which are relative to the folder of the file."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Accept(_Table):
    """Accepted findings: those of the code that are in the files, the statement and the entry that are given, until the end of a day."""

    code: Annotated[str, AfterValidator(_code)]
    path: _Pattern
    sid: str | None = None
    statement: Annotated[int, Field(ge=0)] | None = None
    """The number of the statement, from 0, as messages count."""
    entry: str | None = None
    """The text that is marked; of a JSON string, its value."""
    reason: _Text
    until: date | None = None

    @model_validator(mode="after")
    def _one_statement(self) -> Self:
        if self.sid is not None and self.statement is not None:
            raise ValueError("`sid` and `statement` both name a statement: leave one of them out")
        return self


class Policies(_Table):
    """How the policies in some files are read: their type, and values of placeholders."""

    path: _Pattern
    type: Annotated[Kind, Field(strict=False)] | None = None
    parameters: dict[str, _Text] = {}


class Lint(_Table):
    """The table ``[lint]``."""

    select: list[_Selected] | None = None
    extend_select: list[_Selected] = Field([], alias="extend-select")
    ignore: list[_Findings] = []
    severity: dict[_Findings, Annotated[Level, Field(strict=False)]] = {}
    exclude: list[_Pattern] = []
    accounts: list[Annotated[str, AfterValidator(_account)]] = []
    """The ids of the user's own accounts."""
    policies: list[Policies] = []
    accept: list[Accept] = []

    @property
    def choice(self) -> Choice:
        """What the file selects."""
        return Choice(self.select, self.extend_select, self.ignore)


class _File(_Table):
    lint: Lint = Lint()


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration that was read, with its text and the places of `lint.accept` in it."""

    source: Source
    lint: Lint
    accepts: Sequence[Span]

    def relative(self, path: str) -> str:
        """Return a path relative to the folder of the file."""
        return relative(path, self.folder)

    @property
    def folder(self) -> Path:
        """The folder of the file."""
        return Path(self.source.name).parent


def configuration(source: Source) -> Configuration:
    """Read a configuration, whose name is its path.

    Raises:
        PolicyError: it is not TOML, or has impossible settings; all of these are reported.
    """
    root = parse_toml(source, Code.BAD_CONFIGURATION)
    try:
        lint = _File.model_validate(tomllib.loads(source.text)).lint
    except ValidationError as refusal:
        raise PolicyError(_diagnostics(refusal, root, source)) from None
    return Configuration(source, lint, [_place(root, ("lint", "accept", index)) for index, _ in enumerate(lint.accept)])


def _diagnostics(refusal: ValidationError, root: JsonObject, source: Source) -> Iterator[Diagnostic]:
    for each in refusal.errors(include_url=False):
        where, kind = each["loc"], each["type"]
        table, last = _path(where[:-1]), str(where[-1])
        message, hint = f"`{_path(where)}`: {each['msg'][0].lower()}{each['msg'][1:]}", ""
        if kind in _TYPES:
            message = f"`{_path(where)}` must be {_TYPES[kind]}"
        elif kind == "missing":
            message = f"`{table}` is missing the required member `{last}`"
        elif kind == "extra_forbidden":
            message = f"unknown member `{last}`{f' in `{table}`' if table else ''}"
            below = not table and last in _members("lint")
            hint = "write it below `[lint]`" if below else did_you_mean(last, _members(table))
        elif kind == "value_error":
            message = str(each["ctx"]["error"])
        yield Diagnostic(Code.BAD_CONFIGURATION, message, source, _place(root, where, named=kind == "extra_forbidden"), hint)


def _members(table: str) -> Sequence[str]:
    models: Mapping[str, type[_Table]] = {"": _File, "lint": Lint, "lint.accept": Accept, "lint.policies": Policies}
    return [each.alias or name for name, each in models[table].model_fields.items()]


def _path(where: Sequence[int | str]) -> str:
    return ".".join(each for each in where if isinstance(each, str) and each != "[key]")


def _place(root: JsonNode, where: Sequence[int | str], *, named: bool = False) -> Span:
    """Return the place of a value, or of the table that misses it; the place of the name of a member, if ``named`` or the path says so."""
    span, name = root.span, root.span
    node: Any = root
    for part in where:
        if isinstance(node, JsonObject) and (member := next((each for each in node.members if each.name == part), None)):
            node, span, name = member.value, member.value.span, member.name_span
        elif isinstance(node, JsonArray) and isinstance(part, int):
            node = node.items[part]
            span = name = node.span
    return name if named or "[key]" in where else span
