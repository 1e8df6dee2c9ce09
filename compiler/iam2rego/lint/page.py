"""What people read about findings: a section for each, and the page of all of them."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import TITLES, Family, Finding

_LONGEST: Final = 1_000
_LEVELS: Final = {Level.ERROR: "Error", Level.SECURITY: "Security", Level.WARNING: "Warning", Level.NOTICE: "Notice"}
_HEAD: Final = """<!-- `python -m tests.docs.refresh` writes this page from the modules below compiler/iam2rego/lint. -->

# Diagnostics

Every message carries a code, and each code has a section here: what it means, an example, and what to do.
`iam2rego rule CODE` prints the section.

| level | what it does |
|---|---|
| error | stops everything, with status 2; all errors of all files are reported at once |
| security | makes the status of `check` 1: the policy may allow more than it seems to |
| warning | makes the status of `check` 1 |
| notice | never counts |

Every command reports errors in texts and sources. Only `check` reports questionable points of well-formed policies; it checks each
statement without errors, even if others have some.

Rule numbers are those of [semantics.md](semantics.md). A code keeps its meaning; one that is retired is not used again.
"""


def section(finding: Finding) -> str:
    """Return the section of a finding, in Markdown."""
    return "\n\n".join(_paragraphs(finding)) + "\n"


def page(findings: Iterable[Finding]) -> str:
    """Return docs/diagnostics.md; the findings are ordered by code."""
    ordered = tuple(findings)
    families = (_family(family, tuple(group)) for family, group in groupby(ordered, lambda finding: finding.family))
    return "\n".join([_HEAD, _table(ordered), *families])


def _table(findings: Iterable[Finding]) -> str:
    rows = (f"| [{each.code}](#{each.code.lower()}-{each.name}) | {each.level} | {each.summary} |" for each in findings)
    return "\n".join(["| code | level | what is wrong |", "|---|---|---|", *rows, ""])


def _family(family: Family, findings: Iterable[Finding]) -> str:
    return "\n".join([f"## {TITLES[family]}\n", *map(section, findings)])


def _paragraphs(finding: Finding) -> Iterator[str]:
    yield f"### {finding.code}: {finding.name}"
    yield f"*{_LEVELS[finding.level]}{', a warning with `--lenient`' if finding.lenient else ''}.* {finding.summary}"
    if finding.why:
        yield finding.why
    if finding.bad and max(len(finding.bad), len(finding.good)) < _LONGEST:
        yield _example(f"Example{_how(finding)}:", finding.bad, finding.family)
        yield _example("Fixed:", finding.good, finding.family)
    yield finding.remedy
    if finding.aws:
        yield f"IAM Access Analyzer calls it {', '.join(f'`{each}`' for each in finding.aws)}."
    if finding.reference:
        yield f"See [AWS's documentation]({finding.reference})."


def _how(finding: Finding) -> str:
    options = [f"--param {each}" for each in finding.parameters]
    options += [] if finding.kind is Kind.IDENTITY else [f"--policy-type {finding.kind}"]
    return f", with `{' '.join(options)}`" if options else ""


def _example(what: str, text: str, family: Family) -> str:
    language = "toml" if family is Family.GATEWAYS else "json"
    return f"{what}\n\n```{language}\n{text.rstrip()}\n```"
