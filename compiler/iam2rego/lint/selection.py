"""Which findings `check` looks for: by prefixes of codes, and names of families."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.lint.finding import Family, Finding
from iam2rego.lint.registry import all_findings
from iam2rego.syntax.report import closest

_PREFIX: Final = re.compile(r"IAM[0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the configuration or the command line selects, as `prefix` returns it.

    Attributes:
        select: what to look for instead of what was chosen before; None to keep that.
        extend: what to look for too.
        ignore: what not to look for.
    """

    select: Sequence[str] | None = None
    extend: Sequence[str] = ()
    ignore: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """The findings that are looked for, by choices of which a later one has the last word."""

    choices: Sequence[Choice] = ()

    def __call__(self, finding: Finding) -> bool:
        """Return whether to look for a finding."""
        return self.covers(finding.code, default=finding.default)

    def covers(self, code: str, *, default: bool = True) -> bool:
        """Return whether to look for what has the ``code``. Of two prefixes in one choice the longer decides; ignoring wins a tie."""
        covered = default
        for choice in self.choices:
            wanted = _longest((*(choice.select or ()), *choice.extend), code)
            ignored = _longest(choice.ignore, code)
            if wanted or ignored:
                covered = wanted > ignored
            elif choice.select is not None:
                covered = False
        return covered


def _longest(prefixes: Iterable[str], code: str) -> int:
    """Return the length of the longest prefix of ``code``; 0 if none is."""
    return max((len(each) for each in prefixes if code.startswith(each)), default=0)


def prefix(text: str) -> str:
    """Return the prefix of codes that a user has named: a code or its beginning, in any letter case, or a family.

    Raises:
        ValueError: no finding has it; the message says so.
    """
    if text in tuple(Family):
        return f"IAM{tuple(Family).index(Family(text))}"
    if not _PREFIX.fullmatch(text.upper()) or not any(code.startswith(text.upper()) for code in all_findings()):
        near = closest(text, (*all_findings(), *Family))
        raise ValueError(f"no code begins with `{text}`, and no family has this name{f'; did you mean `{near}`?' if near else ''}")
    return text.upper()


def findings_prefix(text: str) -> str:
    """Return what `prefix` does, for what must not have errors only: they cannot be ignored, accepted or lowered.

    Raises:
        ValueError: no finding has it, or all that have it are errors.
    """
    found = prefix(text)
    if all(each.level is Level.ERROR and not each.lenient for code, each in all_findings().items() if code.startswith(found)):
        raise ValueError(f"`{text}` is an error, and errors cannot be ignored")
    return found
