"""Requests on both sides of every edge of a policy set: its policies as they are attached, their holders and their resources.

In a set, policies of other types may decide before a statement does. So we search for a request whose decision depends on the
statement as much as possible: we start from one that should match it and move that towards the Allows of the other policies.
The caller supplies the measure of how much depends on the statement.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final, TypeAlias, TypeVar

from iam2rego.ir.condition import Condition, Operator
from iam2rego.ir.policy import Effect, PolicySet, PolicyType, Statement
from iam2rego.jsontext import JsonValue
from iam2rego.questions import aims, base, callers, malformed, special
from iam2rego.questions.actions import UNLIKE
from iam2rego.questions.aim import Aim
from iam2rego.questions.context import plain, satisfying, texts_of, unlike
from iam2rego.questions.fill import fold
from iam2rego.questions.parts import Part, home, owner, parts
from iam2rego.questions.values import hit

_T = TypeVar("_T")

Weigh: TypeAlias = Callable[[JsonValue], int]
"""Says how much a request shows of one statement, at most `ENOUGH`."""

ENOUGH: Final = 300

OF_TRUST: Final = (
    "sts:AssumeRole",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:AssumeRoot",
    "sts:AssumeRoleWithSAML",
    "STS:ASSUMEROLEWITHWEBIDENTITY",
    "sts:GetCallerIdentity",
)
"""Actions that need a trust policy's Allow, and one that does not (E14)."""

OF_KEYS: Final = ("kms:Decrypt", "kms:RetireGrant", "KMS:RETIREGRANT", "kms:RetireGrants")
"""Actions that need a key policy's Allow (E15)."""

_WITH_PRINCIPALS: Final = (PolicyType.RESOURCE, PolicyType.VPC_ENDPOINT)
_FOREIGN: Final = "999999999999"
_MOVES: Final = 12
"""How many of the other Allows, drawn with the seed, a request is moved towards at a time."""

_ROUNDS: Final = 2
"""How many times all moves are tried; some help only after others."""

_EXPORTED: Final = 6
"""For how many exported users and roles, drawn with the seed, all similar callers are tried."""


@dataclass(frozen=True, slots=True)
class _Target:
    """A statement with the role of its policy in the set."""

    part: Part
    index: int

    @property
    def statement(self) -> Statement:
        return self.part.policy.document.statements[self.index]


class Attached:
    """Makes the requests for a policy set; the same set and seed always give the same requests.

    `home` is the account that the requests are about.
    """

    def __init__(self, policies: PolicySet, seed: int) -> None:
        self._policies = policies
        self._seed = seed
        self.home = home(policies)
        self._targets = [_Target(part, index) for part in parts(policies) for index, _ in enumerate(part.policy.document.statements)]
        self._allows = [self._plain(target) for target in self._targets if target.statement.effect is Effect.ALLOW]
        self._denying = [
            condition for target in self._targets if target.statement.effect is Effect.DENY for condition in target.statement.conditions
        ]

    def statements(self) -> Iterator[tuple[Part, int]]:
        """Yield every statement once for each part that its policy takes: the part, and the statement's index."""
        yield from ((target.part, target.index) for target in self._targets)

    def start(self, part: Part, index: int, weigh: Weigh) -> Aim:
        """Return the request, of those tried, whose decision depends most on one statement."""
        return self._best(_Target(part, index), weigh, self._random("start", part, index))

    def requests(self, part: Part, index: int, aim: Aim) -> Iterator[JsonValue]:
        """Yield the requests for one statement around ``aim``: its edges, callers near its principals, guardrails on and off."""
        target, random = _Target(part, index), self._random("requests", part, index)
        for each in (*aims(target.statement, aim, random), *self._of_resource(target, aim)):
            yield each.request()
        for caller in self._callers(target):
            yield aim.by(caller).request()
            yield replace(aim, owner=_FOREIGN).by(caller).request()
            if target.statement.conditions:
                yield replace(aim, context={}).by(caller).request()
        for each in (aim, aim.doing(UNLIKE)):
            yield from _switched(each)

    def unusual(self) -> Iterator[JsonValue]:
        """Yield requests for no particular statement: by callers of every kind and similar to exported ones, and for special actions."""
        random = Random(f"{self._seed}/exported")
        for aim in self._allows[:1]:
            yield from malformed.callers(aim)
            yield from special.requests(aim)
        known = [principal.arn for principal in self._policies.attachments.principals]
        for arn in random.sample(known, min(_EXPORTED, len(known))):
            for caller in callers.exported(arn):
                yield from (aim.by(caller).request() for aim in _some(self._allows, random))

    def _random(self, purpose: str, part: Part, index: int) -> Random:
        return Random(f"{self._seed}/{part.policy.name}/{part.type}/{part.resource}/{index}/{purpose}")

    def _plain(self, target: _Target) -> Aim:
        """Return a request that should match the statement, whatever other policies say."""
        part, statement = target.part, target.statement
        aim = replace(base(statement), owner=self.home)
        if part.resource is not None:
            below = aim.resource.startswith(part.resource) and not statement.resources.negated
            aim = replace(aim, resource=aim.resource if below else part.resource, owner=owner(part.resource) or self.home)
        return aim.by(next(self._askers(target)))

    def _askers(self, target: _Target) -> Iterator[JsonValue]:
        """Yield callers that the statement may apply to."""
        yield from target.part.holders
        if target.part.type in _WITH_PRINCIPALS and target.statement.principals and not target.statement.principals.negated:
            yield from callers.met(target.statement.principals)
        yield from callers.usual(self.home)

    def _best(self, target: _Target, weigh: Weigh, random: Random) -> Aim:
        """Return the request, of those tried, that shows most of the statement."""
        best = self._plain(target)
        most = weigh(best.request())
        for _ in range(_ROUNDS):
            for aim in self._moved(target, best, random):
                if most == ENOUGH:
                    return best
                weight = weigh(aim.request())
                if weight > most:
                    best, most = aim, weight
        return best

    def _moved(self, target: _Target, aim: Aim, random: Random) -> Iterator[Aim]:
        """Yield the request with one part replaced, or with several replaced together by those of another Allow."""
        yield from (aim.by(caller) for caller in self._askers(target))
        yield from (aim.by(principal.arn) for principal in _some(self._policies.attachments.principals, random))
        yield from self._of_resource(target, aim)
        for condition in _some(self._denying, random):
            yield from otherwise(condition, aim)
        for other in _some(self._allows, random):
            together = replace(aim, context=_joined(aim, other))
            yield from (together, aim.by(other.principal), together.by(other.principal))
            for each in (aim, together, together.by(other.principal)):
                yield from (each.doing(other.action), each.on(other.resource), each.doing(other.action).on(other.resource))

    def _of_resource(self, target: _Target, aim: Aim) -> Iterator[Aim]:
        """Yield requests for the resource of a policy, for resources in it, and with the actions that need its Allow (E14, E15)."""
        resource = target.part.resource
        if target.part.type is not PolicyType.RESOURCE:
            return
        for each in (resource, f"{resource}/probe", f"{resource}x") if resource else (aim.resource,):
            yield aim.on(each)
            yield from (aim.on(each).doing(action) for action in (*OF_TRUST, *OF_KEYS))

    def _callers(self, target: _Target) -> Iterator[JsonValue]:
        """Yield callers on both sides of the principals, callers of other kinds, and callers similar to its holders."""
        if target.part.type in _WITH_PRINCIPALS and target.statement.principals:
            yield from callers.edges(target.statement.principals, self.home)
        else:
            yield from callers.usual(self.home)
        yield from target.part.holders
        for arn in target.part.holders[:1]:
            yield from callers.exported(arn)


def _switched(aim: Aim) -> Iterator[JsonValue]:
    """Yield the request exempt from guardrails, and with callers and owners of the same and of another account."""
    yield from (aim.by(caller).request() for caller in (*callers.switched(aim.principal), *callers.usual(_FOREIGN)))
    for action in (aim.action, *OF_KEYS[:2]):
        yield from ({**aim.doing(action).request(), "resource_in_management_account": truth} for truth in (True, False))
    yield from ({**aim.request(), "resource_account": account} for account in (_FOREIGN, aim.owner))
    yield {name: value for name, value in aim.request().items() if name != "resource_account"}


def otherwise(condition: Condition, aim: Aim) -> Iterator[Aim]:
    """Yield the request with the key of a Deny's condition absent, matching and different, so that the Deny may not apply."""
    yield aim.without(condition.key)
    for value in (*satisfying(condition, texts_of(aim.context)), unlike(condition), *_named(condition, aim)):
        yield aim.having(condition.key, value if plain(condition) else [value])


def _named(condition: Condition, aim: Aim) -> list[JsonValue]:
    return [
        hit(condition.operator, value, texts_of(aim.context)) for value in condition.values[:1] if condition.operator is not Operator.NULL
    ]


def _joined(aim: Aim, other: Aim) -> dict[str, JsonValue]:
    own = {fold(key) for key in aim.context}
    return {**{key: value for key, value in other.context.items() if fold(key) not in own}, **aim.context}


def _some(items: Sequence[_T], random: Random) -> Iterable[_T]:
    return items if len(items) <= _MOVES else random.sample(items, _MOVES)
