"""Whether one policy set allows only what another one allows, for every request."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from iam2rego.ir.pattern import ActionPattern, AnyRun, Text
from iam2rego.ir.policy import Actions, PolicySet, PolicyType, Resources
from iam2rego.native.principal import CallerKind
from iam2rego.proofs.actions import Classes, Owners, spelled
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.counterexamples import Shown, counterexample
from iam2rego.proofs.differing import differing_actions
from iam2rego.proofs.encoding import names
from iam2rego.proofs.formula import FALSE, TRUE, Formula, conjunction, negation
from iam2rego.proofs.layers import Asked, EncodedSet, Taking
from iam2rego.proofs.mentions import representatives
from iam2rego.proofs.places import resources_of
from iam2rego.proofs.realism import known_actions
from iam2rego.proofs.routes import ANYWHERE, Route
from iam2rego.proofs.slices import Model, solve
from iam2rego.proofs.substitution import variables_of
from iam2rego.proofs.verdict import Proved, Refuted, Undecided, UndecidedError, Verdict


def _element(*texts: str) -> Actions:
    """Return an Action element whose entries have wildcards at most at their ends."""
    ends = {True: (AnyRun(),), False: ()}
    return Actions(
        entries=tuple(ActionPattern(text=text, segments=(Text(text=text.removesuffix("*")), *ends[text.endswith("*")])) for text in texts)
    )


_SPECIAL: Final = (
    _element("sts:GetCallerIdentity"),  # E16
    _element("sts:GetSessionToken"),  # E16
    _element("sts:AssumeRole"),  # E8, E12
    _element("sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"),  # E14
    _element("sts:AssumeRole*", "sts:AssumeRoot", "sts:TagSession", "sts:SetSourceIdentity"),  # E14
    _element("kms:RetireGrant"),  # E12
    _element("kms:*"),  # E15
)
"""Actions that rules treat in their own ways, so that each class is treated in one way."""
_IDENTITY, _TOKEN, _ROLE, _, _TRUST, _RETIREMENT, _ = range(len(_SPECIAL))

NO_REQUEST: Final = "no request was found that shows it, and variables are in the way of a proof"
_KNOWN_TRIED: Final = 5
"""How many of the known actions of a class are tried for a realistic request."""


_Failing: TypeAlias = Mapping[Formula, tuple[Sequence[Representative], Model]]
"""Formulas that can be true, each with the callers whose requests it is about and a model."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """The requests that a question is about; None means any.

    Attributes:
        actions: what must name the action.
        resources: what must name the resource.
        callers: those who ask.
        route: the resources, as policies of single resources tell them apart.
    """

    actions: Actions | None = None
    resources: Resources | None = None
    callers: tuple[Representative, ...] | None = None
    route: Route = ANYWHERE


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer about one class of actions.

    Attributes:
        action: an action of the class.
        named: the numbers of the Action elements that name it.
        verdict: the answer.
        known: the actions of the class that services are known to have, if the verdict is refuted.
        formula: what the request of a refuted verdict makes true.
        callers: those about whom the verdict is refuted.
    """

    action: str
    named: Owners
    verdict: Verdict
    known: tuple[str, ...] = ()
    formula: Formula = FALSE
    callers: tuple[Representative, ...] = ()


class Inclusion:
    """The question whether every request that ``new`` allows is allowed by ``old`` too.

    Without ``old``, whether the policies grant nothing: then it is not about what no policy controls, root users (E8) and calls that only
    identify or authenticate the caller (E16).

    Raises:
        UndecidedError: a set has something that is not encoded.
    """

    def __init__(self, new: PolicySet, old: PolicySet | None, restriction: Restriction | None = None) -> None:
        self.new: Final = new
        self.old: Final = old
        self._restriction: Final = restriction or Restriction()
        self.route: Final = self._restriction.route
        self.elements: Final[dict[Actions, int]] = {}
        self._special: Final = [self._number(each) for each in _SPECIAL]
        given = [each for each in (new, old) if each is not None]
        self._encoded: Final = [EncodedSet(each, self._number) for each in given]
        asking = self._restriction.callers
        self.callers: Final = representatives(given, with_root=old is not None) if asking is None else asking
        within = [self._number(each) for each in self._named_by() if each is not None]
        within += [self._special[_TRUST]] if self.route.is_of_roles else []
        self.classes: Final = Classes(self.elements, within)
        self.spelled: Final = spelled(self.elements)
        self._models: dict[Formula, Model | UndecidedError | None] = {}

    def answers(self) -> Iterator[Answer]:
        """Yield the answer about each class of actions that the question is about."""
        try:
            for named, action in self.classes:
                yield self._answer(named, self.spelled.get(action, action))
        except UndecidedError as error:
            yield Answer("*", frozenset(), Undecided(str(error)))

    def may_fail_for(self, answer: Answer, resources: Resources) -> bool:
        """Say whether a refuted answer is also refuted for these resources alone, as far as that can be said."""
        try:
            return solve(conjunction([answer.formula, names(resources, PolicyType.IDENTITY)])) is not None
        except UndecidedError:
            return True

    def _named_by(self) -> Iterator[Actions | None]:
        """Yield elements that name all actions that the question is about."""
        yield self._restriction.actions
        yield None if self.old is None else differing_actions(self.new, self.old)

    def _number(self, actions: Actions) -> int:
        return self.elements.setdefault(actions, len(self.elements))

    def _answer(self, named: Owners, action: str) -> Answer:
        doubts: list[str] = []
        failing: dict[Formula, tuple[list[Representative], Model]] = {}
        for caller in self.callers:
            formula = self.fails(caller, named, action)
            try:
                guess = self.model(formula)
            except UndecidedError as error:
                doubts.append(str(error))
                continue
            if guess is not None:
                failing.setdefault(formula, ([], guess))[0].append(caller)
        if failing:
            return self._shown(named, action, failing, doubts)
        return Answer(action, named, Undecided(doubts[0]) if doubts else Proved())

    def _shown(self, named: Owners, action: str, failing: _Failing, doubts: list[str]) -> Answer:
        """Answer by a request that makes one of some formulas true: a realistic one if there is any."""
        known = known_actions(self.classes, self.elements, named)
        tried = [action] if action in known else []
        tried += [each for each in known if each != action][:_KNOWN_TRIED]
        for formula, caller, realistic in _to_try(failing):
            callers, guess = failing[formula]
            shown = Shown(formula, guess, caller, tuple(tried), action)
            if found := counterexample(shown, self.new, self.old, realistic=realistic):
                asks_who = self._restriction.callers is not None
                others = {other: pair for other, pair in failing.items() if other != formula and asks_who}
                more = self._certain(others, tuple(tried), action)
                return Answer(action, named, Refuted(found), tuple(known), formula, (*callers, *more))
        return Answer(action, named, Undecided(doubts[0] if doubts else NO_REQUEST))

    def _certain(self, failing: _Failing, known: tuple[str, ...], action: str) -> Iterator[Representative]:
        """Yield the callers of those formulas that a request makes true for certain; without variables, each guess is one."""
        for formula, (callers, guess) in failing.items():
            shown = Shown(formula, guess, callers[0], known, action)
            if not variables_of(formula) or counterexample(shown, self.new, self.old, realistic=False):
                yield from callers

    def model(self, formula: Formula) -> Model | None:
        """Return a resource and a context that make a formula true, as `solve` does, but once for each formula."""
        if formula not in self._models:
            try:
                self._models[formula] = solve(formula)
            except UndecidedError as error:
                self._models[formula] = error
        found = self._models[formula]
        if isinstance(found, UndecidedError):
            raise found
        return found

    def fails(self, caller: Representative, named: Owners, action: str) -> Formula:
        """Return when a request of a caller for an action of the class is one that the question forbids."""
        if self.is_free(caller, named):
            return FALSE
        new, *old = self.allowed(caller, named, action)
        if old == [new]:
            return FALSE
        return conjunction([new, *map(negation, old), self.about(caller, named)])

    def is_free(self, by: Representative, named: Owners) -> bool:
        """Say whether no policy controls an action of a caller (E16)."""
        identity, token = (self._special[each] in named for each in (_IDENTITY, _TOKEN))
        return (identity and by.caller.account is not None) or (token and by.caller.kind in (CallerKind.USER, CallerKind.ROOT))

    def allowed(self, by: Representative, named: Owners, action: str) -> list[Formula]:
        """Return when each set allows a caller's request for an action of a class."""
        return [each.allowed(by, self._asked(named, action)) for each in self._encoded]

    def taking(self, by: Representative, named: Owners) -> Iterator[Taking]:
        """Yield the statements of the first set about a caller and a class of actions."""
        return self._encoded[0].taking(by, self._asked(named, ""))

    def _asked(self, named: Owners, action: str) -> Asked:
        role, retirement = (self._special[each] in named for each in (_ROLE, _RETIREMENT))
        return Asked(named, action, assumes_role=role, retires_grant=retirement)

    def about(self, by: Representative, named: Owners) -> Formula:
        """Return which resources a caller can ask for, as far as the question is about them."""
        within, route = self._restriction.resources, self.route
        asked = TRUE if within is None else names(within, PolicyType.IDENTITY)
        return conjunction([asked, route.asked(for_trust=self._special[_TRUST] in named), resources_of(by)])


def _to_try(failing: _Failing) -> Iterator[tuple[Formula, Representative, bool]]:
    """Yield which formula to show by a request of which caller, and whether by a realistic one: these first, of callers of every kind."""
    for formula, (callers, _) in failing.items():
        of_each_kind = {each.caller.kind: each for each in reversed(callers)}
        yield from ((formula, each, True) for each in reversed(of_each_kind.values()))
    yield from ((formula, callers[0], False) for formula, (callers, _) in failing.items())


def verdict_of(answers: Iterable[Answer]) -> Verdict:
    """Return the answer about all actions: refuted if it is for one class, proved if it is for every one."""
    undecided: Verdict = Proved()
    for answer in answers:
        if isinstance(answer.verdict, Refuted):
            return answer.verdict
        if isinstance(answer.verdict, Undecided):
            undecided = answer.verdict
    return undecided
