"""Covers the parts of a statement: finds a pair of requests for each, or the reason why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from iam2rego.coverage.candidates import Candidates, homed
from iam2rego.coverage.model import Infeasible, Pair, PartCoverage
from iam2rego.coverage.observe import Observation, Place, observe
from iam2rego.coverage.pairs import Finder, Look
from iam2rego.coverage.parts import Located, parts_of
from iam2rego.coverage.reasons import Cause, Reasons
from iam2rego.coverage.search import Search
from iam2rego.coverage.shadows import halves_of
from iam2rego.coverage.truths import Truths
from iam2rego.ir.policy import Effect, Policy, PolicySet, PolicyType, Statement
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.questions.aim import Aim
from iam2rego.questions.attached import OF_KEYS, OF_TRUST
from iam2rego.questions.parts import home

_ASKERS: Final = 12
"""Maximum number of callers with policies of their own that are tried; the first by name."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A statement to cover: all policies of its set, its own policy, the type with which that takes part, and its index."""

    policies: PolicySet
    policy: Policy
    type: PolicyType
    index: int


def cover(subject: Subject, start: Aim, *, seed: int, count: int) -> tuple[PartCoverage, ...]:
    """Cover the parts of a statement.

    Args:
        subject: the statement.
        start: a request that should match it; pairs are sought near it.
        seed: the same seed gives the same pairs and the same searched requests.
        count: how many requests are searched for parts without a pair.
    """
    policy, index = subject.policy, subject.index
    statement = policy.document.statements[index]
    random = Random(f"{seed}/{policy.name}/{subject.type}/{index}/parts")
    askers = [each.arn for each in subject.policies.attachments.principals[:_ASKERS]]
    candidates = Candidates(statement, _denying(subject), askers, _decided(subject), home(subject.policies), random)
    finder = Finder(Place(policy.name, index), Truths(statement, subject.type), candidates, _watched(subject.policies))
    return _Cover(finder, finder.settled(homed(start)), f"{seed}/{policy.name}/{subject.type}/{index}/search", count).parts()


def _watched(policies: PolicySet) -> Look:
    """Return a function that observes each request once."""
    seen: dict[str, Observation] = {}

    def look(request: JsonValue) -> Observation:
        text = dumps(request)
        if text not in seen:
            seen[text] = observe(policies, request)
        return seen[text]

    return look


def _decided(subject: Subject) -> Sequence[str]:
    """Return the actions for which the type of the subject's policy has special rules (E14, E15)."""
    return (*OF_TRUST, *OF_KEYS) if subject.type is PolicyType.RESOURCE else ()


def _denying(subject: Subject) -> Sequence[Statement]:
    """Return every other Deny statement."""
    own = subject.policy.document.statements[subject.index]
    every = (statement for policy in subject.policies.policies for statement in policy.document.statements)
    return [each for each in every if each.effect is Effect.DENY and each is not own]


@dataclass(frozen=True, slots=True)
class _Cover:
    """The work on one statement."""

    finder: Finder
    start: Aim
    seed: str
    count: int

    def parts(self) -> tuple[PartCoverage, ...]:
        located = list(parts_of(self.finder.truths.statement))
        pairs = {each: pair for each in located if (pair := self.finder.pair(each, [self.start]))}
        missing = [each for each in located if each not in pairs]
        causes = self._searched(missing, pairs) if missing else {}
        return tuple(PartCoverage(each.part, pairs.get(each), self._infeasible(causes.get(each))) for each in located)

    def _searched(self, missing: Sequence[Located], pairs: dict[Located, Pair]) -> dict[Located, Cause]:
        """Search for more pairs, add them to ``pairs``, and return why the others have none."""
        finder = self.finder
        search = Search(finder.truths, finder.candidates, missing, self.start, self.seed, self.count)
        found = search.found()
        reasons = Reasons(finder.truths, list(found))
        causes = {each: cause for each in missing if (cause := reasons.cause(each))}
        left = [each for each in missing if each not in causes]
        if left:
            bases = [*finder.bases(self.start), *(aim for truth, aim in found.items() if truth.applies)]
            pairs |= {each: pair for each in left if (pair := finder.completed(each, [self.start]) or finder.pair(each, bases))}
            hidden = [each for each in left if each not in pairs]
            for each, halves in halves_of(finder, hidden, search.aims()).items():
                if pair := finder.completed(each, halves.shown.values()):
                    pairs[each] = pair
                elif cause := halves.cause():
                    causes[each] = cause
        return causes

    def _infeasible(self, cause: Cause | None) -> Infeasible | None:
        return Infeasible(*cause, self.count) if cause else None
