"""Leaves of policies only the statements that concern some actions: a question about few actions is then about small policies."""

from collections.abc import Iterator

from iam2rego.ir.attachments import Attachments
from iam2rego.ir.pattern import ActionPattern
from iam2rego.ir.policy import Actions, Policy, PolicySet
from iam2rego.native.case import fold
from iam2rego.proofs.globs import Language, find, language
from iam2rego.proofs.symbols import Sequence, spell


def concerning(policies: PolicySet, actions: Actions) -> PolicySet:
    """Return the set, which decides requests for ``actions`` as before, without statements that name none of these.

    Identity policies of single callers that have no statements left are no longer attached.
    """
    asked, met = language(_sequences(actions)), dict[Actions, bool]()
    kept = tuple(_reduced(each, asked, met) for each in policies.policies)
    empty = {each.name for each in kept if not each.document.statements}
    return PolicySet(policies=kept, attachments=_without(policies.attachments, empty))


def _reduced(policy: Policy, asked: Language, met: dict[Actions, bool]) -> Policy:
    statements = policy.document.statements
    for each in statements:
        if each.actions not in met:
            met[each.actions] = each.actions.negated or find([asked, language(_sequences(each.actions))], []) is not None
    kept = tuple(each for each in statements if met[each.actions])
    return policy.model_copy(update={"document": policy.document.model_copy(update={"statements": kept})})


def _sequences(actions: Actions) -> Iterator[Sequence]:
    """Yield the entries without regard to case (A4)."""
    for entry in actions.entries:
        if isinstance(entry, ActionPattern):
            yield tuple(fold(each) if isinstance(each, str) else each for each in spell(entry.segments))


def _without(given: Attachments, empty: set[str]) -> Attachments:
    principals = (
        each.model_copy(update={"identity": tuple(name for name in each.identity if name not in empty)}) for each in given.principals
    )
    return given.model_copy(update={"principals": tuple(principals)})
