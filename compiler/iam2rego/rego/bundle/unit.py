"""Compiles one policy independently of the rest of the bundle, so that any process can do it and the result can be cached."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from iam2rego.ir.policy import Effect, Policy, Statement
from iam2rego.rego.bundle.data import broken
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.language.printer import print_comments, print_rules
from iam2rego.rego.modules.policy import compile_module
from iam2rego.rego.reading.statements import context_keys
from iam2rego.rego.tables.policy import Tables, compile_tables
from iam2rego.rego.tables.statements import packed


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
        described: the policy and its statements for decision documents, as JSON; for modules, as `broken` prints it.
    """

    name: str
    # Tables first: trying to read them as text costs more than the reverse.
    made: Annotated[Tables | ModuleText, Field(union_mode="left_to_right")]
    statements: int
    uses: tuple[str, ...]
    described: str


def compile_policy(policy: Policy, *, labels: bool, layout: Layout) -> Unit:
    """Compile one policy; for ``labels`` and ``layout`` see `compile_policies`."""
    described, count, uses = _described(policy), len(policy.document.statements), _uses(policy)
    if layout is Layout.PACKED:
        return Unit(policy.name, compile_tables(policy), count, uses, json.dumps(packed(described)))
    return Unit(policy.name, _module(policy, labels=labels), count, uses, broken(described))


def _module(policy: Policy, *, labels: bool) -> ModuleText:
    module = compile_module(policy, module="", package="", labels=labels)
    libraries = tuple(path.rpartition(".")[2] for path in module.imports)
    return ModuleText(print_comments(module), libraries, print_rules(module))


def _uses(policy: Policy) -> tuple[str, ...]:
    statements = policy.document.statements
    effects = {statement.effect for statement in statements}
    uses = {"allow": Effect.ALLOW in effects, "deny": Effect.DENY in effects, "reads_context": any(map(context_keys, statements))}
    return tuple(use for use, has in uses.items() if has)


def _described(policy: Policy) -> dict[str, Any]:
    statements = [_statement(statement) for statement in policy.document.statements]
    return {"policy": policy.name, "statements": statements}


def _statement(statement: Statement) -> dict[str, Any]:
    span = statement.span
    assert span is not None, "the front end gives every statement its place"
    return {
        "sid": statement.sid,
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
        "context_keys": list(context_keys(statement)),
    }
