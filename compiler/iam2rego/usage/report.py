"""The report of `usage`: as JSON and as text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import Policy
from iam2rego.ir.principal import PrincipalEntry
from iam2rego.source import Source
from iam2rego.usage.counts import StatementUsage, Usage
from iam2rego.usage.narrower import NO_PARAMETERS, allows_only_this, narrower
from iam2rego.usage.tally import Tally

_WORDS: Final = {Outcome.ALLOWED: "allowed", Outcome.IMPLICIT_DENY: "implicitly denied", Outcome.EXPLICIT_DENY: "explicitly denied"}
_LISTED: Final = 10
"""How many entries of a list are shown."""

_LOWER_BOUND: Final = (
    "`allow` logs list only some of the matching statements, so these counts are minimums: what was never used"
    " may have been used, and no narrower policy is suggested; let the gateway query `decision`"
)


def usage_json(
    usage: Usage, sources: Mapping[str, Source], passed_over: Mapping[str, int], parameters: Mapping[str, str] = NO_PARAMETERS
) -> dict[str, Any]:
    """Return the report as an object.

    Args:
        usage: what was counted.
        sources: the texts of the policies.
        passed_over: the number of lines without a decision, by why.
        parameters: the values of ``<placeholders>`` in the policies.
    """
    return {
        "decisions": {outcome.value: usage.outcomes[outcome] for outcome in Outcome},
        "answers_of_allow": {"true": usage.answers[True], "false": usage.answers[False]},
        "lower_bound": usage.is_lower_bound,
        "refused": usage.refused,
        "without_request": usage.without_request,
        "passed_over": dict(passed_over),
        "first": usage.first,
        "last": usage.last,
        "revisions": usage.revisions.ordered,
        "policies": [_policy(usage, policy, sources[policy.name], parameters) for policy in usage.policies.policies],
        "principals": {"allowed": {arn: count for arn, count in usage.allowed.items() if count}, "never_allowed": _never_allowed(usage)},
        "other_statements": usage.strangers.ordered,
    }


def _policy(usage: Usage, policy: Policy, source: Source, parameters: Mapping[str, str]) -> dict[str, Any]:
    usages = _usages_of(usage, policy)
    found = None if usage.is_lower_bound else narrower(policy, source, usages)
    return {
        "policy": policy.name,
        "policy_type": policy.type.value,
        "decided": any(each.decided for each in usages),
        "statements": [_statement(index, each, source) for index, each in enumerate(usages)],
        "narrower": found,
        "narrower_allows_only_this": None if found is None else allows_only_this(found, policy, parameters),
    }


def _statement(index: int, usage: StatementUsage, source: Source) -> dict[str, Any]:
    statement = usage.statement
    assert statement.span is not None, "it was read from a text"
    return {
        "index": index,
        "sid": statement.sid,
        "effect": statement.effect.value,
        "start": {"line": statement.span.line, "column": statement.span.column},
        "decided": usage.decided,
        "actions": usage.actions.ordered,
        "other_actions": usage.actions.others,
        "never_used_actions": [entry.text for entry in usage.unused_actions],
        "resources": usage.resources.ordered,
        "other_resources": usage.resources.others,
        "never_used_principals": [_text(entry, source) for entry in usage.unused_principals],
    }


def _text(entry: PrincipalEntry, source: Source) -> str:
    assert entry.span is not None, "it was read from a text"
    text: str = json.loads(source.cut(entry.span))
    return text


def _usages_of(usage: Usage, policy: Policy) -> Sequence[StatementUsage]:
    return [usage.statements[(policy.name, index)] for index in range(len(policy.document.statements))]


def _never_allowed(usage: Usage) -> list[str]:
    return [arn for arn, count in usage.allowed.items() if not count]


def usage_text(
    usage: Usage, sources: Mapping[str, Source], passed_over: Mapping[str, int], parameters: Mapping[str, str] = NO_PARAMETERS
) -> Iterator[str]:
    """Yield the report as lines of text; for the arguments see `usage_json`."""
    yield from usage_head(usage, passed_over)
    for policy in usage.policies.policies:
        yield ""
        yield from _of_policy(policy, _usages_of(usage, policy), sources[policy.name])
        found = None if usage.is_lower_bound else narrower(policy, sources[policy.name], _usages_of(usage, policy))
        if found is not None:
            yield from _of_narrower(found, allows_only_this(found, policy, parameters))
    if usage.allowed:
        yield ""
        yield _listed("principals that were allowed nothing", _never_allowed(usage)) or "every principal was allowed something"


def usage_head(usage: Usage, passed_over: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines about all decisions together."""
    counts = [f"{usage.outcomes[outcome]:,} {words}" for outcome, words in _WORDS.items() if usage.outcomes[outcome]]
    counts += [f"{usage.answers[answer]:,} with `allow` {str(answer).lower()}" for answer in (True, False) if usage.answers[answer]]
    yield f"{usage.decisions:,} decisions{f' from {usage.first} to {usage.last}' if usage.first else ''}: {', '.join(counts)}"
    if usage.is_lower_bound:
        yield _LOWER_BOUND
    told = {"about malformed requests": usage.refused, "without a request in the log": usage.without_request, **passed_over}
    yield from (f"{words}: {count:,}" for words, count in told.items() if count)
    if usage.strangers.counts:
        yield _listed("decided, but not in the sources", [f"{name} {count:,} times" for name, count in usage.strangers.ordered.items()])


def _of_policy(policy: Policy, usages: Sequence[StatementUsage], source: Source) -> Iterator[str]:
    yield f"{policy.name} ({policy.type.value}){'' if any(each.decided for each in usages) else ': never decided'}"
    for index, each in enumerate(usages):
        yield from map("  {}".format, _of_statement(index, each, source))


def _of_statement(index: int, usage: StatementUsage, source: Source) -> Iterator[str]:
    statement = usage.statement
    name = f"{statement.effect.value} {f'`{statement.sid}`' if statement.sid else f'statement {index}'}"
    if not usage.decided:
        yield f"{name} never decided"
        return
    yield f"{name} decided {'once' if usage.decided == 1 else f'{usage.decided:,} times'}"
    lines = (
        _tallied("  actions", usage.actions),
        _tallied("  resources", usage.resources),
        _listed("  never used", [entry.text for entry in usage.unused_actions]),
        _listed("  never called by", [_text(entry, source) for entry in usage.unused_principals]),
    )
    yield from filter(None, lines)


def _tallied(words: str, tally: Tally) -> str:
    others = [f"others {tally.others:,}"] if tally.others else []
    return _listed(words, others + [f"{value} {count:,}" for value, count in tally.ordered.items()])


def _listed(words: str, texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _LISTED} more" if len(texts) > _LISTED else ""
    return f"{words}: {', '.join(texts[:_LISTED])}{more}" if texts else ""


def _of_narrower(document: dict[str, Any], verdict: str) -> Iterator[str]:
    if not document["Statement"]:
        yield "  narrower: all decisions would have been the same without this policy"
        return
    yield f"  narrower, and {'proved to allow nothing more' if verdict == 'proved' else 'not proved to allow nothing more'}:"
    yield from (f"    {line}" for line in json.dumps(document, indent=2, ensure_ascii=False).splitlines())
