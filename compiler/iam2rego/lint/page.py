"""What people read about findings: a page for each code, a table for each family, and the table of all codes."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from iam2rego.diagnostics import Level
from iam2rego.ir.policy import Kind
from iam2rego.lint.finding import POLICY_CHECKS, TITLES, Family, Finding
from iam2rego.lint.fix import Safety

_LONGEST: Final = 1_000
_LONGEST_LINE: Final = 80
_LEVELS: Final = {Level.ERROR: "Error", Level.SECURITY: "Security", Level.WARNING: "Warning", Level.NOTICE: "Notice"}
_FIXED: Final = {
    Safety.SAFE: "`check --fix` [fixes it](fixes.md) if the fixed policy is proven to mean the same; else only with `--unsafe-fixes`.",
    Safety.UNSAFE: "`check --fix --unsafe-fixes` [fixes it](fixes.md), which may change what the policy means.",
}
_GENERATED: Final = "<!-- `python -m tests.docs.refresh` writes this page from the modules below compiler/iam2rego/lint. -->\n\n"
_BESIDE: Final = re.compile(r"\]\((?=[\w-]+\.md[)#])")
_HEAD: Final = """# Diagnostics

Every message has a code. Each has a page with an example and the remedy; `iam2rego rule CODE` prints the same text.

| level | effect |
|---|---|
| error | the command stops with status 2, after reporting all errors of all files |
| security | the status of `check` is 1: the policy may allow more than it seems to |
| warning | the status of `check` is 1 |
| notice | none |

Every command reports what is wrong with a text or a source. Only `check` looks for oddities in policies that can be read. It checks
every statement that has no error, even if others have some. [configuration.md](configuration.md) says how to choose what it reports.

Rule numbers, such as G14, are those of [semantics.md](semantics.md). Codes keep their meaning; a retired code is not used again.
"""
_OF_AWS: Final = f"""\
## Issue codes of IAM Access Analyzer

IAM Access Analyzer's [policy validation]({POLICY_CHECKS}) has codes of its own.
`check --format json` and SARIF name the code of each finding that has one.
"""


def explanation(finding: Finding) -> str:
    """Return what explains a finding, in Markdown; its links are relative to docs/."""
    return "\n\n".join(_paragraphs(finding)) + "\n"


def pages(findings: Iterable[Finding]) -> Mapping[str, str]:
    """Return the text of each page by its path below docs/. The findings are ordered by code."""
    ordered = tuple(findings)
    families = groupby(ordered, lambda finding: finding.family)
    texts = {
        "diagnostics.md": _index(ordered),
        **{_table_path(family): _family(family, group) for family, group in families},
        **{_path(each): _page(each) for each in ordered},
    }
    return {path: _GENERATED + text for path, text in texts.items()}


def _path(finding: Finding) -> str:
    return f"diagnostics/{finding.code}.md"


def _table_path(family: Family) -> str:
    return f"diagnostics/{family}.md"


def _index(findings: Sequence[Finding]) -> str:
    return "\n".join([_HEAD, *_families(findings), *_table(findings), "", _OF_AWS, *_issues(findings), ""])


def _table(findings: Iterable[Finding]) -> Iterator[str]:
    rows = (f"| {link(each)} | {each.name} | {each.level} | {each.summary} |" for each in findings)
    yield from ("| code | name | level | what is wrong |", "|---|---|---|---|", *rows)


def _families(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the line that leads to the page of each family."""
    families = dict.fromkeys(each.family for each in findings)
    yield "By family: " + "; ".join(f"[{TITLES[each]}]({_table_path(each)})" for each in families) + ".\n"


def _issues(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield the rows of the table from AWS's issue codes to ours."""
    ours = defaultdict[str, list[str]](list)
    for each in findings:
        for issue in each.aws:
            ours[issue].append(link(each))
    yield from ("| AWS | here |", "|---|---|", *(f"| `{issue}` | {', '.join(links)} |" for issue, links in sorted(ours.items())))


def link(finding: Finding) -> str:
    """Return a link from a page of docs/ to the page of a finding."""
    return f"[{finding.code}]({_path(finding)})"


def _family(family: Family, findings: Iterable[Finding]) -> str:
    return _from_below("\n".join([f"# {TITLES[family]}", "", "[All codes](diagnostics.md)", "", *_table(findings), ""]))


def _page(finding: Finding) -> str:
    above = f"[All codes](diagnostics.md) / [{TITLES[finding.family]}]({_table_path(finding.family)})"
    return _from_below(f"{explanation(finding)}\n{above}\n")


def _from_below(text: str) -> str:
    """Return the text for a page in docs/diagnostics/, given with links for one in docs/."""
    return _BESIDE.sub("](../", text).replace("](diagnostics/", "](")


def _paragraphs(finding: Finding) -> Iterator[str]:
    yield f"# {finding.code}: {finding.name}"
    lenient = ", a warning with `--lenient`" if finding.lenient else ""
    opt_in = "" if finding.default else f", off by default (`--select {finding.code}`)"
    yield f"*{_LEVELS[finding.level]}{lenient}{opt_in}.* {finding.summary}"
    if finding.why:
        yield finding.why
    if finding.bad and max(len(finding.bad), len(finding.good)) < _LONGEST:
        yield _example(f"Reported{_how(finding)}:", finding.bad, finding.family)
        yield _example("Not reported:", finding.good, finding.family)
    yield finding.remedy
    if finding.fix:
        yield _FIXED[finding.fix]
    if finding.practice:
        yield f"AWS's best practice: *{finding.practice}*."
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
    return f"{what}\n\n```{language}\n{_laid_out(text.rstrip())}\n```"


def _laid_out(text: str) -> str:
    """Lay out JSON that is one long line. Any other text stays: how it is written may be what is wrong with it."""
    try:
        value = json.loads(text) if len(text) > _LONGEST_LINE and "\n" not in text else None
    except ValueError:
        return text
    return json.dumps(value, indent=2) if value and json.dumps(value) == text else text
