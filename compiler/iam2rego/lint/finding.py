"""The definition of a finding: its code, level and texts, and an example of a policy with it and one without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from iam2rego.diagnostics import Code, Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.fix import Remedy, Safety
from iam2rego.source import Span


class Family(StrEnum):
    """What findings are about, in the order of the digit that their codes begin with."""

    TEXT = "text"
    STRUCTURE = "structure"
    ENTRIES = "entries"
    CONDITIONS = "conditions"
    VARIABLES = "variables"
    STATEMENTS = "statements"
    SOURCES = "sources"
    GATEWAYS = "gateways"
    ACCESS = "access"
    RISK = "risk"


TITLES: Final[Mapping[Family, str]] = MappingProxyType(
    {
        Family.TEXT: "Text and JSON",
        Family.STRUCTURE: "Structure",
        Family.ENTRIES: "Actions, resources and principals",
        Family.CONDITIONS: "Conditions",
        Family.VARIABLES: "Variables and placeholders",
        Family.STATEMENTS: "Statements",
        Family.SOURCES: "Sources, requests and output",
        Family.GATEWAYS: "Gateways",
        Family.ACCESS: "Access that is wider than it looks",
        Family.RISK: "Risks and best practices",
    }
)


_USER_GUIDE: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
POLICY_CHECKS: Final = f"{_USER_GUIDE}/access-analyzer-reference-policy-checks.html"
"""The page about every issue code of IAM Access Analyzer's policy validation."""

_GRAMMAR: Final = f"{_USER_GUIDE}/reference_policies_grammar.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The definition of a finding.

    Attributes:
        code: ``IAM`` and three digits, the first of which is the family. A code keeps its meaning forever.
        name: a few words in lower case, joined by hyphens; for a rule, the name of its module.
        level: its severity.
        summary: one sentence that says what is wrong.
        why: its consequences, and when it is found; several paragraphs if useful. Markdown.
        remedy: what to do. Markdown.
        bad: the smallest source with the finding; empty if one file cannot show it.
        good: the most similar source without it.
        kind: the type of both policies, as for ``--policy-type``.
        parameters: the parameters for both, as for ``--param``.
        aws: the issue codes of IAM Access Analyzer's policy validation that it covers.
        reference: a page of AWS.
        lenient: whether ``--lenient`` makes the error a warning.
        score: from 0 to 10, how dangerous it is, for sorting in code scanners; only for security findings.
        default: whether `check` looks for it without being asked to, by ``--select`` or the configuration.
        practice: the best practice of AWS that a policy with it does not follow.
        fix: what applies its fixes, the safest if they differ; None if it has none.
    """

    code: str
    name: str
    level: Level
    summary: str
    why: str = ""
    remedy: str
    bad: str = ""
    good: str = ""
    kind: Kind = Kind.IDENTITY
    parameters: tuple[str, ...] = ()
    aws: tuple[str, ...] = ()
    reference: str = ""
    lenient: bool = False
    score: float | None = None
    default: bool = True
    practice: str = ""
    fix: Safety | None = None

    @property
    def family(self) -> Family:
        """Its family."""
        return tuple(Family)[int(self.code[3])]

    @property
    def page(self) -> str:
        """The page of AWS that says most about it: its own, that of Access Analyzer's checks, or the grammar of policies; or none."""
        if self.reference or self.aws:
            return self.reference or POLICY_CHECKS
        return "" if self.family in (Family.SOURCES, Family.GATEWAYS) else _GRAMMAR

    def as_json(self) -> dict[str, Any]:
        """Return what `rule --format json` prints."""
        return {
            "code": str(self.code),
            "name": self.name,
            "family": self.family.value,
            "level": self.level.value,
            "lenient": self.lenient,
            "default": self.default,
            "summary": self.summary,
            "why": self.why,
            "remedy": self.remedy,
            "bad": self.bad,
            "good": self.good,
            "kind": self.kind.value,
            "parameters": list(self.parameters),
            "aws": list(self.aws),
            "reference": self.reference,
            "practice": self.practice,
            "fix": self.fix,
        }


@dataclass(frozen=True, slots=True)
class Example:
    """A source with a finding and one without it, and how both are read; attributes as in `Finding`."""

    bad: str
    good: str
    kind: Kind = Kind.IDENTITY
    parameters: tuple[str, ...] = ()


_NONE: Final = Example("", "")


def reported(
    code: Code,
    summary: str,
    why: str,
    remedy: str,
    example: Example = _NONE,
    aws: tuple[str, ...] = (),
    *,
    lenient: bool = False,
    fix: Safety | None = None,
) -> Finding:
    """Return the finding of a `Code`, which already has the name and the level."""
    return Finding(
        code=code,
        name=code.name.lower().replace("_", "-"),
        level=code.level,
        summary=summary,
        why=why,
        remedy=remedy,
        bad=example.bad,
        good=example.good,
        kind=example.kind,
        parameters=example.parameters,
        aws=aws,
        lenient=lenient,
        fix=fix,
    )


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a policy has a finding: a message in lower case with user text in backticks, and a hint that says what to do.

    ``aws`` is the issue code of IAM Access Analyzer for this place; needed only if the finding has several. ``level`` is the level for
    this place; None for that of the finding. ``covered_by`` are the places of what makes this one redundant. ``fix`` makes the fix that
    removes the finding here, if the rule knows one.
    """

    span: Span | None
    message: str
    hint: str = ""
    aws: str = ""
    level: Level | None = None
    covered_by: tuple[Span | None, ...] = ()
    fix: Remedy | None = None
