"""The page that compares the checks of linters, written from what each printed."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from iam2rego.lint.finding import POLICY_CHECKS
from iam2rego.lint.page import link
from iam2rego.lint.registry import all_findings

PAGE: Final = Path(__file__).parents[2] / "docs" / "comparison-of-checks.md"
RESULTS: Final = Path(__file__).with_name("results.json")
"""What the linters printed last."""

NOT_RUN: Final = "-"
"""Stands for a linter that takes no policy of the cases of a check."""

_HEAD: Final = """\
<!-- `python -m tests.comparison` runs the linters and writes this page. -->

# Checks compared

Which checks do [parliament](https://github.com/duo-labs/parliament), [cloudsplaining](https://github.com/salesforce/cloudsplaining) and
[checkov](https://www.checkov.io/) have that iam2rego has, too? Each row is a check. Its cases are policies with one mistake and similar
policies without it, the same for all: {cases} policies in [issues_of_aws.jsonl](../tests/unit/lint/issues_of_aws.jsonl) and
[beyond_aws.jsonl](../tests/unit/lint/beyond_aws.jsonl). The linters were run on them on
{day}: {versions}.

- A cell names what a linter prints for every policy with the mistake and for no policy without it, whatever it says.
- *In part*: it prints that for a larger share of the policies with the mistake than of those without.
- *No*: it prints nothing like that.
- `{not_run}`: it takes no such policy. cloudsplaining reads identity policies. checkov reads templates: each policy was put into one of
  CloudFormation.

The linters have checks that these cases do not ask for. Those of checkov are about much more than policies.

The rows with an issue code are checks of IAM Access Analyzer's [policy validation]({checks}). That was not run: it
takes an AWS account. It has these checks by its documentation. iam2rego has all that are listed, as its tests show.

"""
_ABSENT: Final = "no"


def page(results: Mapping[str, Any]) -> str:
    """Return the page: `results` has the day, the versions, the number of cases, and by check what each linter tells apart."""
    versions = [f"{name} {version}" for name, version in results["versions"].items()]
    head = _HEAD.format(
        cases=results["cases"],
        day=results["day"],
        versions=f"{', '.join(versions[:-1])} and {versions[-1]}",
        checks=POLICY_CHECKS,
        not_run=NOT_RUN,
    )
    return head + "\n".join([*_table(results["checks"], tuple(results["versions"])), ""])


def _table(checks: Mapping[str, Mapping[str, Any]], linters: tuple[str, ...]) -> Iterator[str]:
    yield f"| check | iam2rego | IAM Access Analyzer | {' | '.join(linters)} |"
    yield f"|---|---|---|{'---|' * len(linters)}"
    for check, told in checks.items():
        known = all_findings().get(check)
        name, aws = (known.name, _ABSENT) if known else (f"`{check}`", "yes")
        yield f"| {name} | {_ours(check)} | {aws} | {' | '.join(_cell(told[each]) for each in linters)} |"


def _ours(check: str) -> str:
    found = [each for each in all_findings().values() if check in (each.code, *each.aws)]
    return ", ".join(link(each) for each in found)


def _cell(told: Any) -> str:
    if told is None:
        return NOT_RUN
    names = _listed(told["always"])
    return names or (f"in part: {_listed(told['in part'])}" if told["in part"] else _ABSENT)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in names)
