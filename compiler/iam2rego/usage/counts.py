"""Counts which parts of policies the logged decisions used, in memory bounded by the size of the policies."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from iam2rego.ir.decision import Outcome
from iam2rego.ir.pattern import ActionEntry, ArnPattern, Variable
from iam2rego.ir.policy import Actions, Effect, Policy, PolicySet, PolicyType, Statement
from iam2rego.ir.principal import PrincipalEntry
from iam2rego.native.actions import action_matches
from iam2rego.native.attachments import held_by, known
from iam2rego.native.principal import Caller, read_caller
from iam2rego.native.principals import match_of
from iam2rego.native.resources import resource_matches
from iam2rego.usage.logged import Evidence, Logged, StatementKey
from iam2rego.usage.tally import Tally

MOST_RESOURCES: Final = 20
"""How many different resources of a statement are listed; with more, the statement keeps its own pattern."""

MOST_ACTIONS: Final = 1000
_MOST_OTHERS: Final = 1000
_CALLERS_KEPT: Final = 4096
_GRANTING: Final = frozenset({PolicyType.IDENTITY, PolicyType.RESOURCE})
"""The types whose `Allow` grants. An `Allow` of the other types only limits, and no decision document names it (D2)."""


class StatementUsage:
    """The usage of a statement.

    Attributes:
        statement: the statement.
        grants: whether it is an `Allow` of a type that grants, so that decisions show when it was needed.
        decided: how many decisions it made, alone or together with others.
        without_request: how many of these are logged without the request.
        actions: the actions of the others.
        resources: the resources of the others.
        unused_actions: the entries of `Action` that match none of them.
        unused_principals: the entries of `Principal` that match none of the callers.
    """

    def __init__(self, policy: Policy, statement: Statement) -> None:
        self.statement = statement
        self._type = policy.type
        self.grants = statement.effect is Effect.ALLOW and policy.type in _GRANTING
        self.decided = 0
        self.without_request = 0
        self.actions = Tally(MOST_ACTIONS)
        self.resources = Tally(MOST_RESOURCES)
        self.unused_actions = [] if statement.actions.negated else list(statement.actions.entries)
        principals = statement.principals
        self.unused_principals = [] if principals is None or principals.negated else list(principals.entries)

    @property
    def has_variables(self) -> bool:
        """Whether its resources depend on the caller."""
        fields = chain.from_iterable(entry.fields for entry in self.statement.resources.entries if isinstance(entry, ArnPattern))
        return any(isinstance(segment, Variable) for segment in chain.from_iterable(fields))

    def speaks_of(self, request: dict[str, Any]) -> bool:
        """Return whether it can have decided ``request``. It may not, if the policy has changed since.

        Values that were counted before are not checked again, nor are resources once there are too many to list.
        """
        action, resource = request["action"], request["resource"]
        if action not in self.actions.counts and not action_matches(self.statement.actions, action):
            return False
        if resource in self.resources.counts or self.resources.others or self.has_variables:
            return True
        return resource_matches(self.statement.resources, self._type, resource, {})

    def add(self, request: dict[str, Any] | None, caller: Caller | None) -> None:
        """Count a decision on ``request`` by ``caller``, if these are known."""
        self.decided += 1
        if request is None:
            self.without_request += 1
            return
        self.resources.add(request["resource"])
        if self.actions.add(request["action"]):
            self.unused_actions = [entry for entry in self.unused_actions if not _names(entry, request["action"])]
        if self.unused_principals and caller is not None:
            self.unused_principals = [entry for entry in self.unused_principals if not self._means(entry, caller)]

    def _means(self, entry: PrincipalEntry, caller: Caller) -> bool:
        principals = self.statement.principals
        assert principals is not None, "it has entries"
        alone = self.statement.model_copy(update={"principals": principals.model_copy(update={"entries": (entry,)})})
        return match_of(alone, caller) is not None


def _names(entry: ActionEntry, action: str) -> bool:
    return action_matches(Actions(entries=(entry,)), action)


class Usage:
    """The usage of a policy set.

    Attributes:
        policies: the set.
        statements: by policy and index, in that order.
        outcomes: the number of decision documents of each outcome.
        answers: the number of decisions of which only the answer of `allow` is logged, by that answer.
        refused: the number of documents on malformed requests.
        without_request: the number of decisions that are logged without the request.
        strangers: statements that decided but are not in the set, as ``policy[index]``.
        revisions: the revisions of the bundles that decided.
        allowed: how many requests of each exported principal were allowed.
        first: the time of the first decision, in whole seconds; empty if no log says.
        last: the time of the last decision.
    """

    def __init__(self, policies: PolicySet) -> None:
        self.policies = policies
        self.statements = dict(_statements(policies))
        self.outcomes: Counter[Outcome] = Counter()
        self.answers: Counter[bool] = Counter()
        self.refused = 0
        self.without_request = 0
        self.strangers = Tally(_MOST_OTHERS)
        self.revisions = Tally(_MOST_OTHERS)
        self.allowed: Counter[str] = Counter({each.arn: 0 for each in policies.attachments.principals})
        self.first = self.last = ""
        self._caller = lru_cache(_CALLERS_KEPT)(self._read_caller)

    @property
    def decisions(self) -> int:
        """How many decisions were counted."""
        return self.outcomes.total() + self.answers.total()

    @property
    def is_lower_bound(self) -> bool:
        """Whether the counts are minimums, since logs of `allow` do not list all statements."""
        return self.answers.total() > 0

    def add(self, logged: Logged) -> None:
        """Count a decision."""
        if logged.outcome is None:
            self.answers[logged.allowed] += 1
        else:
            self.outcomes[logged.outcome] += 1
        self.refused += logged.refused
        self.without_request += logged.request is None
        for revision in logged.revisions:
            self.revisions.add(revision)
        self._add_time(logged.time)
        self._add_statements(logged)

    def _add_time(self, time: str) -> None:
        second = time[: len("2026-01-01T00:00:00")]
        self.first = min(self.first, second) if self.first and second else self.first or second
        self.last = max(self.last, second)

    def _add_statements(self, logged: Logged) -> None:
        held, caller = self._caller(json.dumps(logged.request.get("principal"))) if logged.request else ("", None)
        if logged.allowed and held:
            self.allowed[held] += 1
        for evidence in logged.statements:
            usage = self._used(evidence, logged)
            if usage is not None:
                usage.add(logged.request, caller)

    def _used(self, evidence: Evidence, logged: Logged) -> StatementUsage | None:
        """Return the statement that decided; None if the labels name one that applied without deciding, or one outside the set."""
        found = self.statements.get(evidence.key)
        if found is None or not _is_meant(found, evidence, logged.request):
            self.strangers.add("{}[{}]".format(*evidence.key))
            return None
        decided = found.grants if logged.allowed else found.statement.effect is Effect.DENY
        return found if decided or evidence.effect else None

    def _read_caller(self, principal: str) -> tuple[str, Caller | None]:
        """Return the ARN of the caller, or an empty text if it is not an exported principal; and the caller, if it can be read."""
        errors: list[str] = []
        caller = read_caller(json.loads(principal), errors)
        if errors:
            return "", None
        attachments = self.policies.attachments
        held = held_by(caller, attachments)
        return held.arn, known(caller, attachments, held)


def _is_meant(found: StatementUsage, evidence: Evidence, request: dict[str, Any] | None) -> bool:
    """Return whether ``found`` is the statement that decided, as far as the log shows."""
    statement = found.statement
    if statement.sid != evidence.sid or evidence.effect not in (None, statement.effect):
        return False
    return request is None or found.speaks_of(request)


def _statements(policies: PolicySet) -> Iterator[tuple[StatementKey, StatementUsage]]:
    for policy in policies.policies:
        for index, statement in enumerate(policy.document.statements):
            yield (policy.name, index), StatementUsage(policy, statement)
