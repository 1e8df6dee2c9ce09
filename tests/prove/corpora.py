"""A claim about the policies that others publish: how many have each finding."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.lint.registry import all_findings
from tests.prove.corpus_counts import COUNTS, NAMES, POLICIES
from tests.prove.corpus_sources import CORPORA
from tests.prove.setting import Setting, Verdict
from tests.support.accounts import Json
from tests.support.marked_policies import findings, problems_of_reading
from tests.support.policy_texts import kind_of

_OURS: Final[Mapping[str, str]] = {ours: name for name, ours in NAMES.items()}


def findings_of_corpora_are_as_expected(_setting: Setting) -> Verdict:
    """In each collection as many policies have a finding as were expected, or there is a reason why not."""
    with TemporaryDirectory() as folder:
        corpora = {corpus.name: corpus.policies(Path(folder)) for corpus in CORPORA}
    wrong = [line for name, policies in corpora.items() for line in _differences(name, policies)]
    compared = [count for counts in COUNTS.values() for count in counts.values() if count.expected is not None]
    equal = sum(count.found == count.expected for count in compared)
    return Verdict(
        not wrong,
        f"{len(corpora)} corpora, {sum(map(len, corpora.values()))} policies; {equal} of {len(compared)} counts are those of the "
        f"prototype, the others differ for a reason; {len(wrong)} are not as they were",
        "\n".join(wrong),
    )


def counted(policies: Iterable[Json]) -> Counter[str]:
    """Return how many policies have each finding: by the issue code of AWS, or by the name in the table for what AWS has not."""
    return Counter(name for policy in policies for name in names_of(policy))


def names_of(policy: Json) -> frozenset[str]:
    """Return the names of what is found in a policy, with all findings selected."""
    text, kind = json.dumps(policy), kind_of(policy)
    found = [*problems_of_reading(text, kind, False, {}), *findings(text, kind, False, {}, selected=lambda _finding: True)]
    return frozenset(filter(None, (each.aws or _only(str(each.code)) or _OURS.get(str(each.code)) for each in found)))


def _only(code: str) -> str | None:
    issues = all_findings()[code].aws
    return issues[0] if len(issues) == 1 else None


def _differences(name: str, policies: list[Json]) -> Iterator[str]:
    if len(policies) != POLICIES[name]:
        yield f"{name}: {len(policies)} policies, not {POLICIES[name]}"
    found, counts = counted(policies), COUNTS[name]
    for finding in sorted({*found, *counts}):
        was = counts[finding].found if finding in counts else 0
        if found[finding] != was:
            yield f"{name}: {found[finding]} policies have {finding}, not {was}"
