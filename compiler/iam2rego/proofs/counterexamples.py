"""Requests that show what a formula says, confirmed by the native evaluator: as realistic and as small as they can be found."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from iam2rego.native.case import fold
from iam2rego.native.statements import context_keys
from iam2rego.proofs.callers import Representative
from iam2rego.proofs.formula import Formula
from iam2rego.proofs.globs import Language
from iam2rego.proofs.realism import keys_of_caller, realistic_resources
from iam2rego.proofs.slices import ANY_RESOURCE, Model, solve
from iam2rego.proofs.substitution import variables_of
from iam2rego.proofs.variables import keys_of, solve_with_values
from iam2rego.proofs.verdict import UndecidedError


@dataclass(frozen=True, slots=True)
class Shown:
    """What a counterexample must show: a formula, a guess that makes it true, the caller, and the actions that may be shown.

    `known` are actions of the class that services have, to be tried first; `action` is one that need not exist.
    """

    formula: Formula
    guess: Model
    caller: Representative
    known: tuple[str, ...]
    action: str


def counterexample(shown: Shown, new: PolicySet, old: PolicySet | None, *, realistic: bool) -> dict[str, JsonValue] | None:
    """Return a request that ``new`` allows and ``old`` does not; None if none was found.

    A ``realistic`` one fits its caller, and has an action and a resource that are known, if any action of the class is.
    """
    spelled = spelling(new, old)
    for action, model in _models(shown, realistic=realistic):
        context = {spelled.get(key, key): value for key, value in model.context.items()}
        request = shown.caller.request(action, model.resource, context)
        if _shows(request, new, old):
            return _shortened(request, new, old)
    return None


def spelling(*sets: PolicySet | None) -> dict[str, str]:
    """Return the keys that policies read, as they are first spelled, by their folded form."""
    spelled: dict[str, str] = {}
    for policy in (policy for each in sets if each is not None for policy in each.policies):
        for key in (key for statement in policy.document.statements for key in context_keys(statement)):
            spelled.setdefault(fold(key), key)
    return spelled


def _models(shown: Shown, *, realistic: bool) -> Iterator[tuple[str, Model]]:
    """Yield actions with models of the formula, the plainest first."""
    by_action = [[(action, resources) for resources in realistic_resources(action)] for action in shown.known]
    for action, resources in (each for equally_plain in zip_longest(*by_action) for each in equally_plain if each is not None):
        yield from ((action, model) for model in _solutions(shown, resources, realistic=realistic))
    if not (realistic and shown.known):
        yield from ((shown.action, model) for model in _solutions(shown, ANY_RESOURCE, realistic=realistic))


def _solutions(shown: Shown, resources: Language, *, realistic: bool) -> Iterator[Model]:
    fixed = keys_of_caller(shown.caller.caller) if realistic else {}
    if variables_of(shown.formula) or not fixed.keys().isdisjoint(keys_of(shown.formula)):
        yield from solve_with_values(shown.formula, shown.guess, resources, fixed)
        return
    try:
        found = solve(shown.formula, resources)
    except UndecidedError:
        return
    if found is not None:
        yield found


def _shows(request: dict[str, JsonValue], new: PolicySet, old: PolicySet | None) -> bool:
    """Say whether the native evaluator confirms a request."""
    sees = [authorize(each, request).decision is Outcome.ALLOWED for each in (new, old) if each is not None]
    return sees[0] and not any(sees[1:])


def _shortened(request: dict[str, JsonValue], new: PolicySet, old: PolicySet | None) -> dict[str, JsonValue]:
    """Leave out the context keys that are not needed."""
    context = request["context"]
    assert isinstance(context, dict)
    for key in list(context):
        fewer: dict[str, JsonValue] = {name: value for name, value in context.items() if name != key}
        if _shows({**request, "context": fewer}, new, old):
            context = fewer
    return {**request, "context": context}
