"""Whether one policy set allows only what another one allows, for every request."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.pattern import ActionPattern, AnyRun, Text
from iam2rego.ir.policy import Actions, PolicySet, PolicyType, Resources
from iam2rego.native.principal import CallerKind
from iam2rego.proofs.actions import Classes, Owners, spelled
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.counterexamples import Shown, counterexample
from iam2rego.proofs.encoding import names
from iam2rego.proofs.formula import FALSE, TRUE, Formula, conjunction, negation
from iam2rego.proofs.layers import Asked, EncodedSet
from iam2rego.proofs.mentions import representatives
from iam2rego.proofs.places import resources_of
from iam2rego.proofs.realism import known_actions
from iam2rego.proofs.slices import Model, solve
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

_NO_REQUEST: Final = "no request was found that shows it, and variables are in the way of a proof"
_KNOWN_TRIED: Final = 5
"""How many of the known actions of a class are tried for a realistic request."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """The requests that a question is about; None means any."""

    actions: Actions | None = None
    resources: Resources | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer about one class of actions.

    Attributes:
        action: an action of the class.
        named: the numbers of the Action elements that name it.
        verdict: the answer.
        known: the actions of the class that services are known to have, if the verdict is refuted.
        formula: what the request of a refuted verdict makes true.
    """

    action: str
    named: Owners
    verdict: Verdict
    known: tuple[str, ...] = ()
    formula: Formula = FALSE


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
        self.elements: Final[dict[Actions, int]] = {}
        self._special: Final = [self._number(each) for each in _SPECIAL]
        given = [each for each in (new, old) if each is not None]
        self._encoded: Final = [EncodedSet(each, self._number) for each in given]
        self._callers: Final = representatives(given, with_root=old is not None)
        if self._restriction.actions is not None:
            self._number(self._restriction.actions)
        self._classes: Final = Classes(self.elements)
        self._spelled: Final = spelled(self.elements)
        self._models: dict[Formula, Model | UndecidedError | None] = {}

    def answers(self) -> Iterator[Answer]:
        """Yield the answer about each class of actions that the question is about."""
        try:
            for named, action in self._classes:
                if self._restriction.actions is None or self.elements[self._restriction.actions] in named:
                    yield self._answer(named, self._spelled.get(action, action))
        except UndecidedError as error:
            yield Answer("*", frozenset(), Undecided(str(error)))

    def may_fail_for(self, answer: Answer, resources: Resources) -> bool:
        """Say whether a refuted answer is also refuted for these resources alone, as far as that can be said."""
        try:
            return solve(conjunction([answer.formula, names(resources, PolicyType.IDENTITY)])) is not None
        except UndecidedError:
            return True

    def _number(self, actions: Actions) -> int:
        return self.elements.setdefault(actions, len(self.elements))

    def _answer(self, named: Owners, action: str) -> Answer:
        doubts: list[str] = []
        failing: dict[Formula, tuple[Representative, Model]] = {}
        for caller in self._callers:
            formula = self._fails(caller, named, action)
            try:
                guess = self._model(formula)
            except UndecidedError as error:
                doubts.append(str(error))
                continue
            if guess is not None:
                failing.setdefault(formula, (caller, guess))
        if failing:
            return self._shown(named, action, failing, doubts)
        return Answer(action, named, Undecided(doubts[0]) if doubts else Proved())

    def _shown(self, named: Owners, action: str, failing: Mapping[Formula, tuple[Representative, Model]], doubts: list[str]) -> Answer:
        """Answer by a request that makes one of some formulas true: a realistic one if there is any."""
        known = known_actions(self._classes, self.elements, named)
        tried = [action] if action in known else []
        tried += [each for each in known if each != action][:_KNOWN_TRIED]
        for realistic in (True, False):
            for formula, (caller, guess) in failing.items():
                shown = Shown(formula, guess, caller, tuple(tried), action)
                if found := counterexample(shown, self.new, self.old, realistic=realistic):
                    return Answer(action, named, Refuted(found), tuple(known), formula)
        return Answer(action, named, Undecided(doubts[0] if doubts else _NO_REQUEST))

    def _model(self, formula: Formula) -> Model | None:
        """Solve a formula, once."""
        if formula not in self._models:
            try:
                self._models[formula] = solve(formula)
            except UndecidedError as error:
                self._models[formula] = error
        found = self._models[formula]
        if isinstance(found, UndecidedError):
            raise found
        return found

    def _fails(self, caller: Representative, named: Owners, action: str) -> Formula:
        """Return when a request of a caller for an action of the class is one that the question forbids."""
        identity, token, role, _, _, retirement, _ = (each in named for each in self._special)
        asked = Asked(named, action, assumes_role=role, retires_grant=retirement)
        is_free = (identity and caller.caller.account is not None) or (token and caller.caller.kind in (CallerKind.USER, CallerKind.ROOT))
        if is_free:
            return FALSE  # no policy controls it (E16)
        new, *old = (each.allowed(caller, asked) for each in self._encoded)
        within = self._restriction.resources
        about = TRUE if within is None else names(within, PolicyType.IDENTITY)
        return conjunction([new, *map(negation, old), about, resources_of(caller)])


def verdict_of(answers: Iterable[Answer]) -> Verdict:
    """Return the answer about all actions: refuted if it is for one class, proved if it is for every one."""
    undecided: Verdict = Proved()
    for answer in answers:
        if isinstance(answer.verdict, Refuted):
            return answer.verdict
        if isinstance(answer.verdict, Undecided):
            undecided = answer.verdict
    return undecided
