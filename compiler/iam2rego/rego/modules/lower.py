"""The intermediate representation to Rego trees: a policy becomes a module, a statement one or more rules of it.

A module defines up to three sets of statement indexes: ``allow`` and ``deny`` hold the statements that apply (E3), and
``reads_context`` those about caller and action that ask for context keys, unless an earlier one of the same callers and actions
asks for them. In a resource-based policy ``allow`` holds pairs: the index, and how the statement names the caller (P1). The
action stands in every rule as a test of ``input.action`` against constants, which is what OPA indexes; resources, principals and
conditions follow in the order in which they cost.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from iam2rego.ir.condition import ArnValue, Condition, TextValue
from iam2rego.ir.pattern import ArnPattern, Pattern, Variable
from iam2rego.ir.policy import Actions, Effect, Policy, PolicyType, Statement
from iam2rego.rego.modules.conditions import Body, compile_condition
from iam2rego.rego.modules.matching import constant_test, fixed_text, fold, is_fixed, is_prefix
from iam2rego.rego.modules.parts import Part
from iam2rego.rego.modules.principals import KIND, WILD, principal_part
from iam2rego.rego.modules.resources import resource_part
from iam2rego.rego.modules.tree import (
    Array,
    Call,
    Comment,
    Infix,
    Labels,
    Literal,
    Module,
    Name,
    Not,
    Number,
    Rule,
    Set,
    SomeIn,
    String,
    Term,
    names,
)
from iam2rego.rego.reading.pieces import Fixed, Pieces, Run, of_text

_ACTION: Final = Name("input.action")
_EFFECTS: Final = {Effect.ALLOW: "allow", Effect.DENY: "deny"}
_READS_CONTEXT: Final = "reads_context"
_LIBRARIES: Final = ("context", "ordered", "pattern", "principals", "read")


def lower_policy(policy: Policy, *, module: str, package: str, labels: bool) -> Module:
    """Return the module of ``policy``: ``<package>.policies.<module>``."""
    rules = list(_once_read(policy, labels=labels))
    used = _used(rules)
    imports = tuple(f"data.{package}.lib.{library}" for library in _LIBRARIES if library in used)
    return Module(f"{package}.policies.{module}", tuple(_comments(policy, rules)), imports, tuple(rules))


def _once_read(policy: Policy, *, labels: bool) -> Iterator[Rule]:
    """Yield the rules of all statements, but of those that read context only what asks for keys that no earlier one asks for."""
    asked: dict[Body, set[str]] = {}
    for index, statement in enumerate(policy.document.statements):
        keys = set(map(fold, context_keys(statement)))
        for rule in _statement(policy, index, statement, labels=labels):
            if rule.name != _READS_CONTEXT:
                yield rule
            elif not keys <= asked.setdefault(rule.body, set()):
                asked[rule.body] |= keys
                yield rule


def _comments(policy: Policy, rules: list[Rule]) -> Iterator[Comment]:
    yield Comment("Compiled by iam2rego from", policy.file)
    applying = {rule.title for rule in rules}
    for index, statement in enumerate(policy.document.statements):
        if _title_of(index, statement) not in applying:
            yield Comment(f"Statement {index} can never apply, so it has no rule.")


def _title_of(index: int, statement: Statement) -> str:
    return f"Statement {index}" + (f": {statement.sid}" if statement.sid else "")


def context_keys(statement: Statement) -> tuple[str, ...]:
    """Return the context keys that a statement asks for, in conditions and variables, each as first spelled (D5)."""
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
    actions = _action_tests(statement.actions)
    callers = principal_part(statement, f"statement_{index}_principals", tells_kind=tells_kind(policy, statement))
    resources = resource_part(statement, policy.type, f"statement_{index}_resource")
    conditions = [_condition_part(each, f"statement_{index}_condition_{number}") for number, each in enumerate(statement.conditions)]
    parts = [resources, callers, *conditions]
    applies = all(part.body is not None for part in parts)
    if applies:
        rest = tuple(literal for part in parts for literal in part.body or ())
        named = Labels(policy.name, statement.sid, index) if labels else None
        member = _member(policy, index, statement, callers)
        for action in actions:
            yield Rule(_EFFECTS[statement.effect], (*action, *rest), contains=member, title=_title_of(index, statement), labels=named)
        yield from (rule for part in parts for rule in part.helpers)
    yield from _reads_context(index, statement, actions, helped=applies)


def tells_kind(policy: Policy, statement: Statement) -> bool:
    """Say whether it matters how a statement names the caller: only an Allow of a resource's policy is asked that (P1)."""
    return policy.type is PolicyType.RESOURCE and statement.effect is Effect.ALLOW


def _member(policy: Policy, index: int, statement: Statement, callers: Part) -> Term:
    """Return what a statement adds to its set when it applies."""
    number = Number(str(index))
    if not tells_kind(policy, statement):
        return number
    return Array((number, KIND if any(map(_binds, callers.body or ())) else WILD))


def _reads_context(index: int, statement: Statement, actions: list[Body], *, helped: bool) -> Iterator[Rule]:
    """Yield the rules that say that a statement is about caller and action and asks for context keys, and helpers if none are there."""
    callers = principal_part(statement, f"statement_{index}_principals", tells_kind=False)
    if callers.body is None or not context_keys(statement):
        return
    for action in actions:
        yield Rule(_READS_CONTEXT, (*action, *callers.body), contains=Number(str(index)))
    if not helped:
        yield from callers.helpers


def _action_tests(actions: Actions) -> list[Body]:
    """Return alternative tests of the action (A2 to A8), each of a form that OPA can index, unless it is of NotAction."""
    patterns = action_patterns(actions)
    if (Run(),) in patterns:
        return [] if actions.negated else [()]
    tests = list(_grouped(patterns))
    return [tuple(map(Not, tests))] if actions.negated else [(test,) for test in tests]


def _grouped(patterns: list[Pieces]) -> Iterator[Term]:
    """Yield tests for whole names, for prefixes, and for the other patterns."""
    exact = [each for each in patterns if is_fixed(each)]
    prefixes = [each for each in patterns if is_prefix(each)]
    others = [each for each in patterns if not is_fixed(each) and not is_prefix(each)]
    if exact:
        yield constant_test(exact, _ACTION)
    if prefixes:
        yield _prefix_test(prefixes)
    if others:
        yield constant_test(others, _ACTION)


def _prefix_test(prefixes: Sequence[Pieces]) -> Term:
    if len(prefixes) == 1:
        return constant_test(prefixes, _ACTION)
    texts = dict.fromkeys(map(fixed_text, prefixes))
    return Call("strings.any_prefix_match", (_ACTION, Set(tuple(map(String, texts)))))


def action_patterns(actions: Actions) -> list[Pieces]:
    """Return what the entries of ``Action`` or ``NotAction`` match, in lower case."""
    return [_fold(of_text(entry.segments)) for entry in actions.entries if entry.kind == "action"]


def _fold(pieces: Pieces) -> Pieces:
    return tuple(Fixed(fold(piece.text)) if isinstance(piece, Fixed) else piece for piece in pieces)


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


def _used(rules: list[Rule]) -> set[str]:
    """Return what stands before a dot in names that rules refer to or call; OPA refuses an import that nothing uses."""
    called = {name for rule in rules for literal in rule.body for name in names(literal)}
    return {library for library, dot, _ in (name.partition(".") for name in called) if dot}
