"""The resource part of statements (docs/semantics.md, "Resources") to the bodies of Rego rules."""

from itertools import chain
from typing import Final

from iam2rego.ir.pattern import AnyResource, ArnPattern, Variable
from iam2rego.ir.policy import Effect, PolicyType, Resources, Statement
from iam2rego.rego.modules.conditions import Body
from iam2rego.rego.modules.matching import TEXT, constant_test, fold, is_simple, ordered_test
from iam2rego.rego.modules.parts import Part
from iam2rego.rego.modules.tree import Call, Name, Not, Rule, String, Term
from iam2rego.rego.reading.pieces import Pieces, of_resource

_RESOURCE: Final = Name("input.resource")


def resource_part(statement: Statement, policy_type: PolicyType, name: str) -> Part:
    """Return the test of the resource: one of the entries matches, or none does (R2, R10); ``name`` is free for a helper of it."""
    part = _entries_part(statement.resources, policy_type, name)
    needed = tuple(Call("context.variable", (String(key),)) for key in variables_needed(statement))
    return part if part.body is None else Part((*needed, *part.body), part.helpers)


def variables_needed(statement: Statement) -> tuple[str, ...]:
    """Return the keys of the variables without which an Allow with NotResource does not apply (R10), each once and in lower case."""
    if statement.effect is Effect.DENY or not statement.resources.negated:
        return ()
    fields = chain.from_iterable(entry.fields for entry in statement.resources.entries if isinstance(entry, ArnPattern))
    variables = (segment for field in fields for segment in field if isinstance(segment, Variable))
    return tuple(dict.fromkeys(fold(each.key) for each in variables if each.default is None))


def resource_patterns(resources: Resources, policy_type: PolicyType) -> list[Pieces]:
    """Return what the ARNs of ``Resource`` or ``NotResource`` match."""
    entries = [of_resource(entry.fields, policy_type) for entry in resources.entries if isinstance(entry, ArnPattern)]
    return [each for each in entries if each is not None]


def _entries_part(resources: Resources, policy_type: PolicyType, name: str) -> Part:
    if any(isinstance(entry, AnyResource) for entry in resources.entries):
        return Part(None if resources.negated else ())
    patterns = resource_patterns(resources, policy_type)
    simple = [each for each in patterns if is_simple(each)]
    others = [each for each in patterns if not is_simple(each)]
    if not others:
        return Part(_body([constant_test(simple, _RESOURCE)] if simple else [], negated=resources.negated))
    if len(patterns) == 1 and not resources.negated:
        return Part((ordered_test(patterns[0], _RESOURCE),))
    tests = [*([constant_test(simple, TEXT)] if simple else []), *(ordered_test(each, TEXT) for each in others)]
    rules = tuple(Rule(name, (test,), parameters=(TEXT.path,)) for test in tests)
    return Part(_body([Call(name, (_RESOURCE,))], negated=resources.negated), rules)


def _body(tests: list[Term], *, negated: bool) -> Body | None:
    if negated:
        return tuple(map(Not, tests))
    return tuple(tests) or None
