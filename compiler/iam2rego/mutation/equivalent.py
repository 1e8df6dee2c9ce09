"""Equivalent mutants, which answer every request like the original: a list kept with the policies, with a reason for each."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from iam2rego.mutation.mutant import Mutant, Operator

_Words: TypeAlias = Annotated[str, Field(min_length=1)]


class Equivalent(BaseModel):
    """A mutant, identified by operator, place and the lines before and after, and why no request can kill it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    module: _Words
    line: int
    operator: Operator
    before: str
    after: str
    reason: _Words

    def is_of(self, mutant: Mutant) -> bool:
        """Return whether this entry describes ``mutant``."""
        change = mutant.change
        said = (mutant.module, mutant.operator, change.line, change.before, change.after)
        return said == (self.module, self.operator, self.line, self.before, self.after)


class _List(BaseModel):
    model_config = ConfigDict(extra="forbid")

    mutant: tuple[Equivalent, ...]


class ListError(ValueError):
    """A list of equivalent mutants is malformed."""


def equivalents(text: str) -> tuple[Equivalent, ...]:
    """Read a list: TOML with a table `[[mutant]]` for each, of strings and a `line` number.

    Raises:
        ListError: the text is not TOML, or a table is malformed.
    """
    try:
        return _List.model_validate(tomllib.loads(text)).mutant
    except tomllib.TOMLDecodeError as failure:
        raise ListError(f"this is not TOML: {str(failure).lower()}") from None
    except ValidationError as failure:
        first = failure.errors()[0]
        raise ListError(f"`{'.'.join(map(str, first['loc']))}`: {first['msg'].lower()}") from None


@dataclass(frozen=True, slots=True)
class Survivors:
    """The mutants that no request killed, listed as equivalent or unexplained; and stale entries of the list."""

    equivalent: tuple[Mutant, ...]
    unexplained: tuple[Mutant, ...]
    stale: tuple[Equivalent, ...]


def sort_out(survived: Sequence[Mutant], listed: Sequence[Equivalent]) -> Survivors:
    """Separate the survivors that are ``listed`` from the others."""
    explained = [mutant for mutant in survived if any(each.is_of(mutant) for each in listed)]
    return Survivors(
        tuple(explained),
        tuple(mutant for mutant in survived if mutant not in explained),
        tuple(each for each in listed if not any(each.is_of(mutant) for mutant in survived)),
    )
