"""Compiles one policy independently of the rest of the bundle, so that any process can do it and the result can be cached."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from iam2rego.ir.policy import Effect, Policy, Statement
from iam2rego.rego.bundle.data import broken
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.classes.parts import Part, read_parts
from iam2rego.rego.language.printer import print_comments, print_rules
from iam2rego.rego.modules.policy import compile_module
from iam2rego.rego.reading.statements import Reading, read_statements
from iam2rego.rego.tables.policy import Tables, compile_tables


@dataclass(frozen=True, slots=True)
class ModuleText:
    """The text of a module without its name and package, which depend on more than the policy.

    Attributes:
        head: the text before ``package``.
        libraries: the modules of the runtime library that it imports.
        rules: the text after the imports.
    """

    head: str
    libraries: tuple[str, ...]
    rules: str


@dataclass(frozen=True, slots=True)
class Unit:
    """The part of a bundle for one policy.

    Attributes:
        name: the policy's name.
        made: its module, or its tables.
        statements: the number of its statements.
        uses: the sets that it has statements for, among ``allow``, ``deny`` and ``reads_context``.
        context_keys: the keys that its statements read, each as first spelled.
        parts: the actions of its statements.
        described: the policy and its statements for decision documents, as JSON; for modules, as `broken` prints it.
    """

    name: str
    # Tables first: trying to read them as text costs more than the reverse.
    made: Annotated[Tables | ModuleText, Field(union_mode="left_to_right")]
    statements: int
    uses: tuple[str, ...]
    context_keys: tuple[str, ...]
    parts: tuple[Part, ...]
    described: str


def compile_policy(policy: Policy, *, labels: bool, layout: Layout) -> Unit:
    """Compile one policy; for ``labels`` and ``layout`` see `compile_policies`."""
    readings = read_statements(policy)
    described = _described(policy, readings)
    made: Tables | ModuleText
    if layout is Layout.PACKED:
        made, text = compile_tables(policy, readings), json.dumps(described)
    else:
        made, text = _module(policy, readings, labels=labels), broken(described)
    keys = dict.fromkeys(key for reading in readings for key in reading.context_keys)
    return Unit(policy.name, made, len(readings), _uses(policy, readings), tuple(keys), read_parts(policy, readings), text)


def _module(policy: Policy, readings: Sequence[Reading], *, labels: bool) -> ModuleText:
    module = compile_module(policy, readings, module="", package="", labels=labels)
    libraries = tuple(path.rpartition(".")[2] for path in module.imports)
    return ModuleText(print_comments(module), libraries, print_rules(module))


def _uses(policy: Policy, readings: Sequence[Reading]) -> tuple[str, ...]:
    effects = {statement.effect for statement in policy.document.statements}
    reads_context = any(reading.context_keys for reading in readings)
    uses = {"allow": Effect.ALLOW in effects, "deny": Effect.DENY in effects, "reads_context": reads_context}
    return tuple(use for use, has in uses.items() if has)


def _described(policy: Policy, readings: Sequence[Reading]) -> dict[str, Any]:
    statements = zip(policy.document.statements, readings, strict=True)
    return {"policy": policy.name, "statements": [_statement(statement, reading) for statement, reading in statements]}


def _statement(statement: Statement, reading: Reading) -> list[Any]:
    """Return a statement's Sid, the places of its start and end, and the context keys that it reads."""
    span = statement.span
    assert span is not None, "the front end gives every statement its place"
    return [statement.sid, span.line, span.column, span.end_line, span.end_column, list(reading.context_keys)]
