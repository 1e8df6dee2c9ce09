"""When a policy set allows the requests of one caller for one class of actions, as a formula (E1 to E15)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Final, TypeAlias

from iam2rego.ir.attachments import Levels, Names
from iam2rego.ir.policy import Actions, Effect, PolicySet, PolicyType, Statement
from iam2rego.native.attachments import has_policies
from iam2rego.native.grants import Formula as Grant
from iam2rego.native.grants import formula_of
from iam2rego.native.principal import Caller, CallerKind
from iam2rego.native.principals import Match, match_of
from iam2rego.native.request import Request
from iam2rego.native.situation import Situation
from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs.actions import Owners
from iam2rego.proofs.atoms import InLanguage
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.encoding import applies
from iam2rego.proofs.formula import FALSE, Formula, Literal, conjunction, disjunction, negation
from iam2rego.proofs.globs import language
from iam2rego.proofs.symbols import Sequence
from iam2rego.proofs.verdict import UndecidedError

Numbering: TypeAlias = Callable[[Actions], int]
"""Gives every Action element a number, equal ones the same."""

_FIELD: Final[Sequence] = (Wildcard.RUN_IN_FIELD,)
_KEY: Final = Literal(InLanguage(language([(*"arn:", *_FIELD, *":kms:", *_FIELD, ":", *_FIELD, *":key/", Wildcard.RUN)])))
"""The resource is a KMS key (E15)."""
_SERVICE_LINKED: Final = Literal(InLanguage(language([(*"arn:", *_FIELD, *":iam::", *_FIELD, *":role/aws-service-role/", Wildcard.RUN)])))
"""The resource is a service-linked role (E12)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A class of actions: the numbers of the Action elements that name it, and an action of it."""

    named: Owners
    action: str
    assumes_role: bool = False
    retires_grant: bool = False


@dataclass(frozen=True)
class Encoded:
    """A statement and the number of its Action element."""

    policy: str
    statement: Statement
    actions: int
    policy_type: PolicyType

    @cached_property
    def applies(self) -> Formula:
        """When the resource and condition parts of the statement are true."""
        return applies(self.statement, self.policy_type)


@dataclass(frozen=True, slots=True)
class Taking:
    """A statement that can take part in a decision: its policy, and when its resource and condition parts are true."""

    policy: str
    policy_type: PolicyType
    statement: Statement
    applies: Formula


class EncodedSet:
    """A policy set whose statements are encoded.

    Raises:
        UndecidedError: the set has policies that are not encoded.
    """

    def __init__(self, policies: PolicySet, number: Numbering) -> None:
        _refuse_unknown(policies)
        self._given = policies.attachments
        self._policies = {policy.name: policy for policy in policies.policies}
        self._number = number
        given = self._given
        self._identity = self._encoded(given.identity, PolicyType.IDENTITY)
        self._boundary = self._encoded(given.permissions_boundary or (), PolicyType.PERMISSIONS_BOUNDARY)
        self._session = self._encoded(given.session or (), PolicyType.SESSION)
        self._endpoint = self._encoded(given.vpc_endpoint or (), PolicyType.VPC_ENDPOINT)
        self._resource = self._encoded(() if given.resource is None else (given.resource,), PolicyType.RESOURCE)
        self._service_control = self._levels(given.service_control, PolicyType.SERVICE_CONTROL)
        self._resource_control = self._levels(given.resource_control, PolicyType.RESOURCE_CONTROL)

    def allowed(self, by: Representative, asked: Asked) -> Formula:
        """Return when a request of a caller for an action of a class is allowed (E2)."""
        caller = self._bounded(by.caller)
        layers = [*self._of_caller(caller), self._endpoint, self._resource]
        denied = [self._some(Effect.DENY, layer, caller, asked) for layer in (*layers, *self._governing(caller))]
        denied.append(self._controlled(by, caller, asked))
        granted = self._granted(by, caller, asked)
        return conjunction([*self._guards(caller, asked), granted, *map(negation, denied)])

    def taking(self, by: Representative, asked: Asked) -> Iterator[Taking]:
        """Yield the statements about a caller and a class of actions, whatever the resource and the context are."""
        caller = self._bounded(by.caller)
        layers = [*self._of_caller(caller), self._endpoint, self._resource, *self._governing(caller), *self._controlling(by, asked)]
        for each in chain.from_iterable(layers):
            if each.actions in asked.named and match_of(each.statement, caller) is not None:
                yield Taking(each.policy, each.policy_type, each.statement, each.applies)

    def _bounded(self, caller: Caller) -> Caller:
        return replace(caller, bounded=self._given.permissions_boundary is not None and has_policies(caller))

    def _controlling(self, by: Representative, asked: Asked) -> list[tuple[Encoded, ...]]:
        """Return the levels of resource control policies that apply to a request (E12)."""
        return [] if by.is_away or asked.retires_grant else self._resource_control

    def _of_caller(self, caller: Caller) -> Iterator[tuple[Encoded, ...]]:
        """Yield the statements of the caller's own policies."""
        if has_policies(caller):
            yield from (self._identity, self._boundary)
        if caller.account is not None:
            yield self._session

    def _governing(self, caller: Caller) -> list[tuple[Encoded, ...]]:
        """Return the levels of service control policies that apply to the caller (E11)."""
        is_governed = caller.account is not None and not caller.management_account
        return self._service_control if is_governed else []

    def _guards(self, caller: Caller, asked: Asked) -> Iterator[Formula]:
        """Yield what must hold beside the grant (E11, E13); service control policies without a level allow nothing."""
        if self._given.vpc_endpoint is not None:
            yield self._some(Effect.ALLOW, self._endpoint, caller, asked)
        for level in self._governing(caller):
            yield self._some(Effect.ALLOW, level, caller, asked)

    def _controlled(self, by: Representative, caller: Caller, asked: Asked) -> Formula:
        """Return when a resource control policy denies (E12)."""
        denied = disjunction(self._some(Effect.DENY, level, caller, asked) for level in self._controlling(by, asked))
        exempt = caller.kind is CallerKind.SERVICE and asked.assumes_role
        return conjunction([denied, negation(_SERVICE_LINKED)]) if exempt else denied

    def _granted(self, by: Representative, caller: Caller, asked: Asked) -> Formula:
        """Return when the grant formula holds, which for actions on keys depends on the resource (E15)."""
        plain, of_keys = (self._grant(by, caller, asked, is_key=is_key) for is_key in (False, True))
        if plain is of_keys:
            return self._terms(plain, caller, asked)
        return disjunction(
            [
                conjunction([_KEY, self._terms(of_keys, caller, asked)]),
                conjunction([negation(_KEY), self._terms(plain, caller, asked)]),
            ]
        )

    def _grant(self, by: Representative, caller: Caller, asked: Asked, *, is_key: bool) -> Grant:
        owner = caller.account if by.is_owner else None
        resource = f"arn:{caller.partition or 'aws'}:kms:::key/" if is_key else "*"
        request = Request(caller, asked.action, resource, owner, {}, by.is_away)
        given = {PolicyType.RESOURCE: ()} if self._given.resource is not None else {}
        return formula_of(Situation(request, given, {}, simulated=False))

    def _terms(self, grant: Grant, caller: Caller, asked: Asked) -> Formula:
        """Return when a grant formula holds (E5 to E10, E14, E15)."""
        identity = self._some(Effect.ALLOW, self._identity, caller, asked) if has_policies(caller) else FALSE
        uncapped = conjunction(self._caps(caller, asked))
        named, chained, account = self._meaning(caller, asked)
        anybody = disjunction([named, chained, account])
        own = conjunction([identity, uncapped])
        match grant:
            case Grant.ALWAYS:
                return uncapped
            case Grant.EITHER_SIDE:
                return disjunction([named, conjunction([chained, uncapped]), own])
            case Grant.TRUSTED:
                return disjunction([named, conjunction([chained, uncapped]), conjunction([account, own])])
            case Grant.BOTH_SIDES:
                return conjunction([anybody, own])
            case Grant.RESOURCE_SIDE:
                return conjunction([anybody, uncapped])
            case Grant.NAMED_OR_WILD:
                return named
            case Grant.WILD:
                return self._some(Effect.ALLOW, self._resource, caller, asked, frozenset({Match.WILD}))
            case Grant.NEVER:
                return FALSE

    def _caps(self, caller: Caller, asked: Asked) -> Iterator[Formula]:
        """Yield when boundary and session allow, if they take part; a federated-user session needs a session policy (E7)."""
        if caller.bounded:
            yield self._some(Effect.ALLOW, self._boundary, caller, asked)
        is_session = self._given.session is not None and caller.account is not None
        if is_session or caller.kind is CallerKind.FEDERATED_USER:
            yield self._some(Effect.ALLOW, self._session, caller, asked)

    def _meaning(self, caller: Caller, asked: Asked) -> tuple[Formula, Formula, Formula]:
        """Return when the resource's policy allows the caller by name or as anybody, through its role or user, and through its account."""
        kinds = ({Match.DIRECT, Match.WILD}, {Match.ROLE, Match.USER}, {Match.ACCOUNT})
        named, chained, account = (self._some(Effect.ALLOW, self._resource, caller, asked, frozenset(each)) for each in kinds)
        return named, chained, account

    def _some(
        self, effect: Effect, statements: Iterable[Encoded], caller: Caller, asked: Asked, matches: frozenset[Match] = frozenset(Match)
    ) -> Formula:
        """Return when some statement of an effect applies that matches the caller in one of these ways (E3)."""
        concerned = (each for each in statements if each.statement.effect is effect and each.actions in asked.named)
        return disjunction(each.applies for each in concerned if match_of(each.statement, caller) in matches)

    def _levels(self, levels: Levels | None, policy_type: PolicyType) -> list[tuple[Encoded, ...]]:
        """Return the statements of each level; of no level at all, which allows nothing, those of one empty level (E11)."""
        return [] if levels is None else [self._encoded(names, policy_type) for names in levels or ((),)]

    def _encoded(self, names: Names, policy_type: PolicyType) -> tuple[Encoded, ...]:
        statements = ((name, each) for name in names for each in self._policies[name].document.statements)
        return tuple(Encoded(name, each, self._number(each.actions), policy_type) for name, each in statements)


def _refuse_unknown(policies: PolicySet) -> None:
    given = policies.attachments
    if given.resources:
        raise UndecidedError("policies of single resources are not encoded")
    if given.accounts or given.principals:
        raise UndecidedError("account exports are not encoded")
    if given.simulated:
        raise UndecidedError("simulations are not encoded")
