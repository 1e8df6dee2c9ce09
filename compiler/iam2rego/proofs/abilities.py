"""Who can do something: every principal, in which contexts, and by which statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from typing import Final

from iam2rego.ir.policy import Actions, PolicySet, Resources
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native.wildcards import Wildcard
from iam2rego.proofs.actions import Owners
from iam2rego.proofs.askers import Asker, askers
from iam2rego.proofs.atoms import InLanguage
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.concerning import concerning
from iam2rego.proofs.counterexamples import Shown, counterexample
from iam2rego.proofs.formula import FALSE, TRUE, Formula, Literal, conjunction, disjunction, negation
from iam2rego.proofs.globs import language
from iam2rego.proofs.inclusion import NO_REQUEST, Inclusion, Restriction
from iam2rego.proofs.layers import Taking
from iam2rego.proofs.leave import with_leave
from iam2rego.proofs.realism import keys_of_caller, known_actions
from iam2rego.proofs.shares import shares
from iam2rego.proofs.slices import Model
from iam2rego.proofs.substitution import Values, with_values
from iam2rego.proofs.verdict import UndecidedError

_FIELD: Final = Wildcard.RUN_IN_FIELD
_DIGITS: Final = 12
_TRIED: Final = 5
"""How many known actions of a class are tried for a realistic request."""


class Contexts(StrEnum):
    """In which contexts a principal can do something."""

    EVERY = "every"
    SOME = "some"
    NONE = "none"
    UNDECIDED = "undecided"


@dataclass(slots=True)
class Ability:
    """What a principal can do.

    Attributes:
        name: the principal.
        is_known: whether its own policies are known; those of a stranger have to allow it too.
        request: one that is allowed; None if there is none.
        statements: those that can take part in the decision: Allows, and Denies that may forbid it.
        reason: why it is undecided.
    """

    name: str
    is_known: bool
    request: dict[str, JsonValue] | None = None
    statements: dict[int, Taking] = field(default_factory=dict)
    reason: str | None = None
    _is_refusable: bool = False

    @property
    def contexts(self) -> Contexts:
        """The contexts in which the principal can do it."""
        if self.request is None:
            return Contexts.NONE if self.reason is None else Contexts.UNDECIDED
        return Contexts.SOME if self._is_refusable else Contexts.EVERY

    def add(self, *, is_refusable: bool, reason: str | None = None) -> None:
        """Note whether some request is refused, or may be, and why something is undecided."""
        self._is_refusable |= is_refusable
        self.reason = reason or self.reason


def who_can(policies: PolicySet, actions: Actions, resources: Resources) -> list[Ability]:
    """Return what every principal can do of ``actions`` on ``resources``, by requests that say nothing unusual about the resource's owner.

    Raises:
        UndecidedError: the policies have something that is not encoded.
    """
    policies = concerning(policies, actions)
    asking = list(askers(policies))
    found = {each.name: Ability(each.name, each.is_known) for each in asking}
    for are_known in (True, False):
        part = policies if are_known else with_leave(policies)
        by_caller = {dumps(each.caller.principal): each for each in asking if each.is_known is are_known}
        for share in shares([part], among=[each.caller for each in by_caller.values()]):
            restriction = Restriction(actions, resources, share.callers, share.route)
            _ask(Inclusion(share.sets[0], None, restriction), by_caller, found, policies.attachments.accounts)
    return list(found.values())


def _ask(inclusion: Inclusion, by_caller: Mapping[str, Asker], found: Mapping[str, Ability], accounts: Sequence[str]) -> None:
    classes = list(inclusion.classes)
    for by in (each for each in inclusion.callers if not each.is_away):
        asker = by_caller[dumps(by.principal)]
        fixed = keys_of_caller(by.caller) if asker.is_named else {}
        owned = _owned(by) if asker.is_known or not accounts else _held_by(accounts, by)
        for named, action in classes:
            about = conjunction([inclusion.about(by, named), owned])
            one = _Asked(inclusion, by, named, inclusion.spelled.get(action, action), about, fixed)
            _ask_one(one, found[asker.name])


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question about one caller and one class of actions, on the resources of ``about``.

    `fixed` are the keys that describe the caller, and what they hold: other values are not asked about.
    """

    inclusion: Inclusion
    by: Representative
    named: Owners
    action: str
    about: Formula
    fixed: Values

    @property
    def allowed(self) -> Formula:
        """When the caller is allowed to do it."""
        if self.inclusion.is_free(self.by, self.named):
            return TRUE
        (allowed,) = self.inclusion.allowed(self.by, self.named, self.action)
        return allowed

    def model(self, formula: Formula) -> Model | None:
        """Return a model of a formula for the resources and keys asked about."""
        return self.inclusion.model(with_values(conjunction([formula, self.about]), self.fixed))


def _ask_one(asked: _Asked, ability: Ability) -> None:
    """Add to what is known of a principal what one of its callers can do by one class of actions."""
    allowed = asked.allowed
    try:
        if asked.model(TRUE) is None:
            return
        guess = asked.model(allowed)
        ability.add(is_refusable=asked.model(negation(allowed)) is not None)
    except UndecidedError as error:
        ability.add(is_refusable=True, reason=str(error))
        return
    if guess is None:
        return
    if ability.request is None:
        ability.request = _request(asked, guess)
        if ability.request is None:
            ability.add(is_refusable=True, reason=NO_REQUEST)
    ability.statements.update(_taking(asked))


def _request(asked: _Asked, guess: Model) -> dict[str, JsonValue] | None:
    """Return an allowed request, a realistic one if there is any."""
    inclusion = asked.inclusion
    is_named = asked.action in inclusion.spelled.values()
    known = [asked.action] if is_named else known_actions(inclusion.classes, inclusion.elements, asked.named)
    tried = tuple(known[:_TRIED])
    formula = conjunction([asked.allowed, asked.about])
    shown = Shown(formula, guess, asked.by, tried, asked.action)
    plainer = counterexample(shown, inclusion.new, None, realistic=True)
    if plainer is not None:
        return plainer
    return counterexample(replace(shown, known=()), inclusion.new, None, realistic=bool(asked.fixed))


def _taking(asked: _Asked) -> Iterator[tuple[int, Taking]]:
    """Yield the statements that can apply to such a request."""
    for each in asked.inclusion.taking(asked.by, asked.named):
        try:
            applies = asked.model(each.applies) is not None
        except UndecidedError:
            applies = True
        if applies:
            yield id(each.statement), each


def _owned(by: Representative) -> Formula:
    """Return which resources a request says to be of the caller's account, or of another one, by their ARNs alone (E4)."""
    account = by.caller.account
    if account is None:
        return TRUE
    own = Literal(InLanguage(language([_of_account(account)])))
    others = Literal(InLanguage(language([_of_account((Wildcard.ONE_IN_FIELD,) * _DIGITS)])))
    foreign = conjunction([others, negation(own)])
    return negation(foreign) if by.is_owner else foreign


def _held_by(accounts: Iterable[str], by: Representative) -> Formula:
    """Return which resources can be of the exported accounts, for a caller of another one."""
    if by.is_owner:
        return FALSE
    exported = Literal(InLanguage(language([*map(_of_account, accounts)])))
    others = Literal(InLanguage(language([_of_account((Wildcard.ONE_IN_FIELD,) * _DIGITS)])))
    return disjunction([exported, negation(others)])


def _of_account(account: Iterable[str | Wildcard]) -> tuple[str | Wildcard, ...]:
    return (*"arn:", _FIELD, ":", _FIELD, ":", _FIELD, ":", *chain(account), ":", Wildcard.RUN)
