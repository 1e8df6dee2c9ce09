"""Requests on both sides of every boundary that a proof knows.

When the policies allow the requests of a caller for a class of actions is a formula. A boundary is where one of its atoms decides, a
test of the resource or a condition: there are two requests, one with the atom and one without it. If an atom has several entries or
values, there is also a request for each that only this one matches.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native.operators import NEGATED
from iam2rego.proofs.atoms import Holds, InLanguage
from iam2rego.proofs.counterexamples import spelling
from iam2rego.proofs.formula import FALSE, TRUE, Atom, Formula, Literal, atoms_of, conjunction, disjunction, negation, substituted
from iam2rego.proofs.globs import language
from iam2rego.proofs.inclusion import Inclusion
from iam2rego.proofs.shares import inclusions
from iam2rego.proofs.slices import ANY_RESOURCE, Model, solve
from iam2rego.proofs.substitution import variables_of
from iam2rego.proofs.variables import solve_with_values
from iam2rego.proofs.verdict import UndecidedError

_MOST_ATOMS: Final = 40
"""Of how many atoms of a formula the boundaries are sought."""
_MOST_ENTRIES: Final = 16
"""For how many entries or values of an atom a request is sought that only this one matches."""


def boundaries(policies: PolicySet) -> Iterator[JsonValue]:
    """Yield the requests, those on both sides of a boundary one after the other. A boundary that cannot be decided has none."""
    spelled = spelling(policies)
    try:
        for inclusion in inclusions(policies, None):
            yield from _of_question(inclusion, spelled)
    except UndecidedError:
        return


def _of_question(inclusion: Inclusion, spelled: dict[str, str]) -> Iterator[JsonValue]:
    seen: set[tuple[Formula, Formula]] = set()
    for named, action in inclusion.classes:
        for by in inclusion.callers:
            (allowed,), about = inclusion.allowed(by, named, action), inclusion.about(by, named)
            if (allowed, about) in seen or inclusion.is_free(by, named):
                continue
            seen.add((allowed, about))
            for model in _models(allowed, about):
                context = {spelled.get(key, key): value for key, value in model.context.items()}
                yield by.request(inclusion.spelled.get(action, action), model.resource, context)


def _models(allowed: Formula, about: Formula) -> Iterator[Model]:
    """Yield models of a formula on both sides of each boundary; all are about the same resources."""
    for atom in islice(atoms_of(allowed), _MOST_ATOMS):
        where = conjunction([about, decides(atom, allowed)])
        for holds in (True, False):
            yield from _model(conjunction([where, Literal(atom, holds)]))
        yield from (model for one in islice(_alone(atom), _MOST_ENTRIES) for model in _model(conjunction([where, one])))


def decides(atom: Atom, formula: Formula) -> Formula:
    """Return when the truth of a formula depends on that of an atom."""
    true, false = _settled(formula, atom, TRUE), _settled(formula, atom, FALSE)
    return disjunction([conjunction([true, negation(false)]), conjunction([negation(true), false])])


def _settled(formula: Formula, atom: Atom, truth: Formula) -> Formula:
    return substituted(formula, lambda each: truth if each == atom else Literal(each))


def _alone(atom: Atom) -> Iterator[Formula]:
    """Yield when only one of the entries of an atom matches, or only one of its values, for each of them."""
    match atom:
        case InLanguage(language=whole) if len(whole.sequences) > 1:
            entries = sorted(whole.sequences, key=repr)
            for each in entries:
                others = InLanguage(language(other for other in entries if other != each))
                yield conjunction([Literal(InLanguage(language([each]))), Literal(others, holds=False)])
        case Holds(condition=condition) if len(condition.values) > 1:
            matches = condition.operator not in NEGATED
            for place, value in enumerate(condition.values):
                left = (*condition.values[:place], *condition.values[place + 1 :])
                one, rest = (Holds(condition.model_copy(update={"values": values})) for values in ((value,), left))
                yield conjunction([Literal(one, matches), Literal(rest, not matches)])


def _model(formula: Formula) -> Sequence[Model]:
    """Return a model of a formula, if one is found."""
    try:
        guess = solve(formula)
    except UndecidedError:
        return ()
    if guess is None or not variables_of(formula):
        return () if guess is None else (guess,)
    return tuple(islice(solve_with_values(formula, guess, ANY_RESOURCE, {}), 1))
