"""The intermediate representation to Rego trees: a policy becomes a module, a statement one or more rules of it.

A module defines up to three sets of statement indexes: ``allow`` and ``deny`` hold the statements that apply (E3), and
``reads_context`` those about the action that ask for context keys. The action stands in every rule as a test of ``input.action``
against constants, which is what OPA indexes; resources and conditions follow in the order in which they cost.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from iam2rego.ir.condition import ArnValue, Condition, TextValue
from iam2rego.ir.pattern import AnyResource, ArnPattern, Pattern, Variable
from iam2rego.ir.policy import Actions, Effect, Policy, Resources, Statement
from iam2rego.rego.conditions import Body, compile_condition
from iam2rego.rego.matching import TEXT, constant_test, fold, is_constant, is_fixed, variable_term, variable_test
from iam2rego.rego.pieces import Fixed, Pieces, Run, of_resource, of_text
from iam2rego.rego.tree import Call, Comment, Infix, Labels, Literal, Module, Name, Not, Rule, Set, SomeIn, String, Term, names

_ACTION: Final = Name("input.action")
_RESOURCE: Final = Name("input.resource")
_READS_CONTEXT: Final = "reads_context"
_LIBRARIES: Final = ("context", "pattern", "read")
_MOST: Final = 16
"""How many patterns one rule tests of actions or resources: with an item a line, a rule stays within Regal's 30 lines."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement in Rego: the lines that must hold, or None when they never do, and the helper rules they call."""

    body: Body | None
    helpers: tuple[Rule, ...] = ()


def lower_policy(policy: Policy, *, module: str, package: str, labels: bool) -> Module:
    """Return the module of ``policy``: ``<package>.policies.<module>``."""
    rules = [
        rule for index, statement in enumerate(policy.document.statements) for rule in _statement(policy, index, statement, labels=labels)
    ]
    imports = tuple(f"data.{package}.lib.{library}" for library in _LIBRARIES if _uses(rules, library))
    return Module(f"{package}.policies.{module}", tuple(_comments(policy, rules)), imports, tuple(rules))


def _comments(policy: Policy, rules: list[Rule]) -> Iterator[Comment]:
    yield Comment("Compiled by iam2rego from", policy.file)
    applying = {rule.contains for rule in rules if rule.name != _READS_CONTEXT}
    for index in range(len(policy.document.statements)):
        if index not in applying:
            yield Comment(f"Statement {index} can never apply, so it has no rule.")


def context_keys(statement: Statement) -> tuple[str, ...]:
    """Return the context keys that a statement asks for, in conditions and variables, each as first spelled (contract.md)."""
    spelled: dict[str, str] = {}
    for key in _keys(statement):
        spelled.setdefault(fold(key), key)
    return tuple(spelled.values())


def _keys(statement: Statement) -> Iterator[str]:
    yield from (condition.key for condition in statement.conditions)
    for pattern in _patterns(statement):
        yield from (segment.key for segment in pattern if isinstance(segment, Variable))


def _patterns(statement: Statement) -> Iterator[Pattern]:
    for entry in statement.resources.entries:
        if isinstance(entry, ArnPattern):
            yield from entry.fields
    for value in (value for condition in statement.conditions for value in condition.values):
        match value:
            case TextValue(segments=segments):
                yield segments
            case ArnValue(fields=fields):
                yield from fields


def _statement(policy: Policy, index: int, statement: Statement, *, labels: bool) -> Iterator[Rule]:
    """Yield the rules of a statement: those that say when it applies, that it reads the context, and their helpers."""
    actions, action_helpers = _action_part(statement.actions, f"statement_{index}_action")
    resources = _resource_part(statement.resources, f"statement_{index}_resource")
    conditions = [_condition_part(each, f"statement_{index}_condition_{number}") for number, each in enumerate(statement.conditions)]
    parts = [resources, *conditions]
    title = f"Statement {index}" + (f": {statement.sid}" if statement.sid else "")
    name = "allow" if statement.effect is Effect.ALLOW else "deny"
    if all(part.body is not None for part in parts):
        rest = tuple(literal for part in parts for literal in part.body or ())
        named = Labels(policy.name, statement.sid, index) if labels else None
        for action in actions:
            yield Rule(name, (*action, *rest), contains=index, title=title, labels=named)
        yield from (rule for part in parts for rule in part.helpers)
    if context_keys(statement):
        for action in actions:
            yield Rule(_READS_CONTEXT, action, contains=index)
    yield from action_helpers


def _action_part(actions: Actions, name: str) -> tuple[list[Body], tuple[Rule, ...]]:
    """Return alternative tests of the action (A2 to A8), each of a form that OPA can index, and the helper rules that they call.

    What is not an action of NotAction cannot be indexed, so many tests of it may as well stand in helpers.
    """
    patterns = [of_text(_fold(entry.segments)) for entry in actions.entries if entry.kind == "action"]
    if (Run(),) in patterns:
        return ([] if actions.negated else [()]), ()
    tests = list(_grouped(patterns))
    if not actions.negated:
        return [(test,) for test in tests], ()
    if len(patterns) <= _MOST:
        return [tuple(map(Not, tests))], ()
    return [(Not(Name(name)),)], tuple(Rule(name, (test,)) for test in tests)


def _grouped(patterns: list[Pieces]) -> Iterator[Term]:
    """Yield tests for whole names, for prefixes, and for the other patterns."""
    exact = [each for each in patterns if is_fixed(each)]
    prefixes = [each for each in patterns if _is_prefix(each)]
    others = [each for each in patterns if not is_fixed(each) and not _is_prefix(each)]
    yield from (constant_test(part, _ACTION) for part in _parts(exact))
    yield from map(_prefix_test, _parts(prefixes))
    yield from (constant_test(part, _ACTION) for part in _parts(others))


def _parts(patterns: list[Pieces]) -> Iterator[list[Pieces]]:
    """Cut a long list into parts of about the same length, none longer than `_MOST`."""
    count = -(-len(patterns) // _MOST)
    return (patterns[number * len(patterns) // count : (number + 1) * len(patterns) // count] for number in range(count))


def _prefix_test(prefixes: list[Pieces]) -> Term:
    if len(prefixes) == 1:
        return constant_test(prefixes, _ACTION)
    texts = dict.fromkeys(piece.text for pieces in prefixes for piece in pieces if isinstance(piece, Fixed))
    return Call("strings.any_prefix_match", (_ACTION, Set(tuple(map(String, texts)))))


def _is_prefix(pieces: Pieces) -> bool:
    match pieces:
        case (Fixed(), Run()):
            return True
    return False


def _fold(pattern: Pattern) -> Pattern:
    return tuple(segment.model_copy(update={"text": fold(segment.text)}) if segment.kind == "text" else segment for segment in pattern)


def _resource_part(resources: Resources, name: str) -> Part:
    """Return the test of the resource: one of the entries matches, or none does (R2, R10)."""
    if any(isinstance(entry, AnyResource) for entry in resources.entries):
        return Part(None if resources.negated else ())
    patterns = [of_resource(entry.fields) for entry in resources.entries if isinstance(entry, ArnPattern)]
    constants = list(_parts([each for each in patterns if is_constant(each)]))
    variables = [each for each in patterns if not is_constant(each)]
    if not variables and len(constants) <= 1:
        return Part(_resource_body([constant_test(part, _RESOURCE) for part in constants], negated=resources.negated))
    if not constants and not resources.negated and (term := variable_term(variables, _RESOURCE)):
        return Part((term,))
    bodies: list[Body] = [*((constant_test(part, TEXT),) for part in constants), *map(variable_test, variables)]
    rules = tuple(Rule(name, body, parameters=(TEXT.path,)) for body in bodies)
    return Part(_resource_body([Call(name, (_RESOURCE,))], negated=resources.negated), rules)


def _resource_body(tests: list[Term], *, negated: bool) -> Body | None:
    if negated:
        return tuple(map(Not, tests))
    return tuple(tests) or None


def _condition_part(condition: Condition, name: str) -> Part:
    """Put a condition of one line into the statement's rule, and any other into a helper rule with a comment that names it."""
    test = compile_condition(condition, name)
    if not test.bodies:
        return Part(None)
    if () in test.bodies:
        return Part((), test.helpers)
    if len(test.bodies) == 1 and not any(map(_binds, test.bodies[0])):
        return Part(test.bodies[0], test.helpers)
    first, *others = test.bodies
    comment = Comment(_title(condition), condition.key)
    rules = (Rule(name, first, comments=(comment,)), *(Rule(name, body) for body in others))
    return Part((Name(name),), (*rules, *test.helpers))


def _title(condition: Condition) -> str:
    qualifier = f"{condition.qualifier}:" if condition.qualifier else ""
    return f"{qualifier}{condition.operator}{'IfExists' if condition.if_exists else ''}"


def _binds(literal: Literal) -> bool:
    return isinstance(literal, SomeIn) or (isinstance(literal, Infix) and literal.operator == ":=")


def _uses(rules: list[Rule], library: str) -> bool:
    """Say whether a rule calls ``library``; OPA refuses an import that nothing uses."""
    return any(name.startswith(f"{library}.") for rule in rules for literal in rule.body for name in names(literal))
