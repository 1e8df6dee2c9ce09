"""Makes the narrower policy that would have been enough: the used part of each `Allow`, and every `Deny` unchanged.

It never allows more than the policy: wildcards are replaced by actions and resources that matched them, and conditions and
principals stay.
"""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from iam2rego.ir.policy import Policy, PolicyType, Statement
from iam2rego.source import Source
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json
from iam2rego.usage.counts import StatementUsage

NO_PARAMETERS: Final[Mapping[str, str]] = MappingProxyType({})

_NOT_LITERAL: Final = frozenset("*?$<")
"""Characters with a special meaning in a resource of a policy."""


def narrower(policy: Policy, source: Source, usages: Sequence[StatementUsage]) -> dict[str, Any] | None:
    """Return the narrower document of ``policy``, whose text is ``source``; None if nothing can be left out.

    ``usages`` has the usage of each statement. If the policy was not needed, its list of statements is empty. A resource's policy stays
    even then, because other rules apply to a resource without one (E14, E15).
    """
    pairs = [(usage, _raw(usage.statement, source)) for usage in usages]
    before = [raw for _, raw in pairs]
    after = [_narrowed(usage, raw) for usage, raw in pairs if usage.decided or not usage.grants]
    if after == before or (not after and policy.type is PolicyType.RESOURCE):
        return None
    version = {"Version": policy.document.version} if policy.document.version else {}
    return {**version, "Statement": after}


def allows_only_this(document: dict[str, Any], policy: Policy, parameters: Mapping[str, str]) -> str:
    """Return the verdict, in a word, on the claim that a narrower document allows nothing more than its policy, for every request."""
    if not document["Statement"]:
        return "proved"  # every Deny stays, so there was none
    from iam2rego.proofs.within import allows_only  # here, since most policies have no narrower one

    source = Source(policy.file, json.dumps(document))
    read = read_policy(parse_json(source), source, FORMS[policy.kind], lenient=True, parameters=parameters).document
    if read is None:
        return "undecided"
    return type(allows_only(policy.model_copy(update={"document": read}), policy)).__name__.lower()


def _raw(statement: Statement, source: Source) -> dict[str, Any]:
    assert statement.span is not None, "it was read from a text"
    raw: dict[str, Any] = json.loads(source.cut(statement.span))
    return raw


def _narrowed(usage: StatementUsage, raw: dict[str, Any]) -> dict[str, Any]:
    if not usage.grants or usage.without_request:
        return raw
    replaced = {**_actions(usage, raw), **_resources(usage, raw)}
    return {renamed: value for name, value in raw.items() for renamed, value in [replaced.get(name, (name, value))]}


def _actions(usage: StatementUsage, raw: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Return the actions to replace a member with, by its name, with the new member's name."""
    actions = usage.statement.actions
    used = {action.lower(): action for action in reversed(usage.actions.counts)}
    if usage.actions.others or (not actions.negated and used.keys() == {entry.text.lower() for entry in actions.entries}):
        return {}
    name = "NotAction" if actions.negated else "Action"
    return {name: ("Action", sorted(used.values()))} if name in raw else {}


def _resources(usage: StatementUsage, raw: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Return the narrower resources. A variable differs for each caller, so it stays."""
    resources = usage.statement.resources
    used = set(usage.resources.counts)
    if usage.resources.others or usage.has_variables or any(_NOT_LITERAL & set(each) for each in used):
        return {}
    if not resources.negated and used == {entry.text for entry in resources.entries}:
        return {}
    name = "NotResource" if resources.negated else "Resource"
    return {name: ("Resource", sorted(used))} if name in raw else {}
