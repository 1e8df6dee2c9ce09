"""Compiles a policy to a Rego module, with one or more rules for each statement.

A module defines up to three sets of statement indexes: ``allow`` and ``deny`` contain the statements that apply (E3), and
``reads_context`` those whose action and principal parts match and that read context keys, unless an earlier statement for the same
callers and actions reads them. In a resource-based policy, ``allow`` contains pairs: the index, and how the statement names the caller
(P1). Every rule tests `input.action` against constants, which OPA indexes; resources, principals and conditions follow, cheapest first.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from iam2rego.ir.policy import Effect, Policy, Statement
from iam2rego.rego.language.tree import Array, Comment, Labels, Module, Number, Rule, Term, names
from iam2rego.rego.modules.actions import action_bodies
from iam2rego.rego.modules.conditions import condition_fragment
from iam2rego.rego.modules.fragment import Body, Fragment
from iam2rego.rego.modules.principals import KIND, WILD, principal_fragment
from iam2rego.rego.modules.resources import resource_fragment
from iam2rego.rego.reading.folding import fold
from iam2rego.rego.reading.principals import CallerTest, Question
from iam2rego.rego.reading.statements import Reading

_EFFECTS: Final = {Effect.ALLOW: "allow", Effect.DENY: "deny"}
_READS_CONTEXT: Final = "reads_context"
_LIBRARIES: Final = ("context", "ordered", "pattern", "principals", "read")


def compile_module(policy: Policy, readings: Sequence[Reading], *, module: str, package: str, labels: bool) -> Module:
    """Return the module of ``policy``, ``<package>.policies.<module>``, given what its statements test."""
    rules = list(_once_read(policy, readings, labels=labels))
    used = _used(rules)
    imports = tuple(f"data.{package}.lib.{library}" for library in _LIBRARIES if library in used)
    return Module(f"{package}.policies.{module}", tuple(_comments(policy, rules)), imports, tuple(rules))


def _once_read(policy: Policy, readings: Sequence[Reading], *, labels: bool) -> Iterator[Rule]:
    """Yield the rules of all statements, except `reads_context` rules for keys that an earlier statement reads."""
    asked: dict[Body, set[str]] = {}
    for index, reading in enumerate(readings):
        keys = set(map(fold, reading.context_keys))
        for rule in _statement(policy, index, reading, labels=labels):
            if rule.name != _READS_CONTEXT:
                yield rule
            elif not keys <= asked.setdefault(rule.body, set()):
                asked[rule.body] |= keys
                yield rule


def _comments(policy: Policy, rules: list[Rule]) -> Iterator[Comment]:
    yield Comment("Compiled by iam2rego from", policy.file)
    applying = {rule.title for rule in rules}
    for index, statement in enumerate(policy.document.statements):
        if _title(index, statement) not in applying:
            yield Comment(f"Statement {index} can never apply, so it has no rule.")


def _title(index: int, statement: Statement) -> str:
    return f"Statement {index}" + (f": {statement.sid}" if statement.sid else "")


def _statement(policy: Policy, index: int, reading: Reading, *, labels: bool) -> Iterator[Rule]:
    """Yield the rules of a statement: when it applies, when it reads the context, and their helpers."""
    statement = policy.document.statements[index]
    actions = action_bodies(reading.actions)
    fragments = list(_fragments(index, statement, reading))
    if not reading.never_applies:
        rest = tuple(literal for fragment in fragments for literal in fragment.body or ())
        named = Labels(policy.name, statement.sid, index) if labels else None
        member = _member(index, reading)
        for action in actions:
            yield Rule(_EFFECTS[statement.effect], (*action, *rest), contains=member, title=_title(index, statement), labels=named)
        yield from (rule for fragment in fragments for rule in fragment.helpers)
    yield from _reads_context(index, reading, actions, helped=not reading.never_applies)


def _fragments(index: int, statement: Statement, reading: Reading) -> Iterator[Fragment]:
    """Yield the fragments for everything except the action, cheapest first."""
    yield resource_fragment(reading.resource, f"statement_{index}_resource")
    yield principal_fragment(reading.callers, f"statement_{index}_principals")
    for number, (condition, test) in enumerate(zip(statement.conditions, reading.conditions, strict=True)):
        yield condition_fragment(test, condition, f"statement_{index}_condition_{number}")


def _member(index: int, reading: Reading) -> Term:
    """Return the member that a statement adds to its set when it applies."""
    number = Number(str(index))
    match reading.callers:
        case CallerTest(question=Question.KIND):
            return Array((number, KIND))
    return Array((number, WILD)) if reading.wants_kind else number


def _reads_context(index: int, reading: Reading, actions: list[Body], *, helped: bool) -> Iterator[Rule]:
    """Yield the rules for `reads_context`, with helpers if they do not exist yet."""
    callers = principal_fragment(reading.concerned, f"statement_{index}_principals")
    if callers.body is None or not reading.context_keys:
        return
    for action in actions:
        yield Rule(_READS_CONTEXT, (*action, *callers.body), contains=Number(str(index)))
    if not helped:
        yield from callers.helpers


def _used(rules: list[Rule]) -> set[str]:
    """Return the names before a dot in references and calls of rules; OPA rejects unused imports."""
    called = {name for rule in rules for literal in rule.body for name in names(literal)}
    return {library for library, dot, _ in (name.partition(".") for name in called) if dot}
