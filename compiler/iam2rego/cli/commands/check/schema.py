"""The lines of ``check --format json`` as pydantic models, from which their JSON Schema is published in ``docs/check.schema.json``.

`check` does not import them: pydantic is slow to start, and a test holds what is printed to them.
"""

import json
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt, TypeAdapter

from iam2rego.cli.commands.check.printing import SCHEMA
from iam2rego.diagnostics import Level

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

CodeText: TypeAlias = Annotated[str, Field(pattern=r"^IAM\d{3}$")]


def _open(schema: dict[str, Any]) -> None:
    """Let objects have more members, which may come without another version; and leave out titles, which repeat the names."""
    del schema["additionalProperties"]
    for member in schema["properties"].values():
        member.pop("title", None)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True, json_schema_extra=_open)


class Place(_Model):
    """A stretch of a file. Lines and columns count from 1, columns in characters; the end is just after the last character."""

    file: str
    """The file as the sources name it, `-` for stdin."""
    line: PositiveInt | None
    """The first line, or null if there is no place in the file."""
    column: PositiveInt | None
    end_line: PositiveInt | None
    end_column: PositiveInt | None


class RelatedPlace(Place):
    """Another place that a finding is about."""

    message: str
    """How, in a few words."""


class FindingLine(Place):
    """A finding."""

    code: CodeText
    """The code, which docs/diagnostics.md explains."""
    severity: Level
    message: str
    """What is wrong."""
    hint: str
    """What to do, or an empty text."""
    related: list[RelatedPlace]
    """Other places: those of the same placeholder, or of what makes this one redundant."""
    aws: str | None
    """The issue code of IAM Access Analyzer's policy validation, or null if AWS has none for it."""


class StatisticLine(_Model):
    """How many findings there are of a code, with `--statistics`."""

    code: CodeText
    name: str
    """The name of the code."""
    severity: Level
    """The gravest level among the findings."""
    count: PositiveInt


class CountsLine(_Model):
    """The last line: how many findings there are of each level."""

    errors: NonNegativeInt
    security: NonNegativeInt
    warnings: NonNegativeInt
    notices: NonNegativeInt
    fixed: NonNegativeInt = 0
    """How many findings were fixed, with `--fix`; left out without."""
    version: Annotated[int, Field(json_schema_extra={"const": SCHEMA})]
    """The version of this schema. It rises if a member goes, or changes its meaning; members may come without."""
    catalogue: str
    """The facts about AWS that `check` goes by, with their version."""


LINE: Final[TypeAdapter[FindingLine | StatisticLine | CountsLine]] = TypeAdapter(FindingLine | StatisticLine | CountsLine)
"""What a line is."""


def schema_text() -> str:
    """Return the JSON Schema of a line as its published text."""
    about = {
        "$schema": _DIALECT,
        "$id": f"urn:iam2rego:check:{SCHEMA}",
        "title": "A line of `iam2rego check --format json`",
    }
    return json.dumps({**about, **LINE.json_schema()}, indent=2) + "\n"
