"""Statements as formulas over the resource and context keys; their principals and actions are settled before (E3)."""

from collections.abc import Iterable

from iam2rego.ir.pattern import AnyResource, ArnPattern
from iam2rego.ir.policy import Effect, PolicyType, Resources, Statement
from iam2rego.native.resources import may_be_short
from iam2rego.proofs.atoms import HasValue, InLanguage, MatchesEntry, holds
from iam2rego.proofs.formula import TRUE, Formula, Literal, conjunction, disjunction, negation
from iam2rego.proofs.globs import language
from iam2rego.proofs.symbols import Sequence, Value, is_static, spell_resource


def applies(statement: Statement, policy_type: PolicyType) -> Formula:
    """Return when the resource and condition parts of a statement are true."""
    return conjunction([_resource_part(statement, policy_type), *(Literal(holds(each)) for each in statement.conditions)])


def names(resources: Resources, policy_type: PolicyType) -> Formula:
    """Return when one of the entries matches the resource (R2 to R9)."""
    if any(isinstance(entry, AnyResource) for entry in resources.entries):
        return TRUE
    entries = _sequences(resources, policy_type)
    static = [each for each in entries if is_static(each)]
    parts = [Literal(InLanguage(language(static)))] if static else []
    return disjunction([*parts, *(_matches(each) for each in entries if not is_static(each))])


def _matches(entry: Sequence) -> Formula:
    """Return when an entry with variables matches: those without a default need a value (V7)."""
    return conjunction([Literal(MatchesEntry(entry)), *(Literal(HasValue(key)) for key in _needed([entry]))])


def _needed(entries: Iterable[Sequence]) -> list[str]:
    """Return the folded keys of variables without a default."""
    values = (each for entry in entries for each in entry if isinstance(each, Value))
    return list(dict.fromkeys(each.key for each in values if each.default is None))


def _resource_part(statement: Statement, policy_type: PolicyType) -> Formula:
    """Return when the resource part is true; an Allow with NotResource needs a value for every variable in it (R10)."""
    named = names(statement.resources, policy_type)
    if not statement.resources.negated:
        return named
    if statement.effect is Effect.DENY:
        return negation(named)
    needed = _needed(_every_sequence(statement.resources))
    return conjunction([negation(named), *(Literal(HasValue(key)) for key in needed)])


def _sequences(resources: Resources, policy_type: PolicyType) -> list[Sequence]:
    arns = (entry for entry in resources.entries if isinstance(entry, ArnPattern))
    return [spell_resource(each) for each in arns if may_be_short(each.fields, policy_type)]


def _every_sequence(resources: Resources) -> list[Sequence]:
    """Return also the entries that are too short to match (R5)."""
    return [spell_resource(entry) for entry in resources.entries if isinstance(entry, ArnPattern)]
