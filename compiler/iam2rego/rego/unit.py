"""What one policy becomes, whatever else is in the bundle: any process can make it, and it keeps as long as the policy does."""

from dataclasses import dataclass
from typing import Any

from iam2rego.ir.policy import Effect, Policy, Statement
from iam2rego.rego.data import broken
from iam2rego.rego.lower import context_keys, lower_policy
from iam2rego.rego.printer import print_comments, print_rules


@dataclass(frozen=True, slots=True)
class Unit:
    """The part of a bundle that one policy makes.

    Attributes:
        name: the policy's name.
        head: the text of its module before ``package``.
        libraries: the modules of the runtime library that it imports.
        rules: the text after the imports. What a module's name and package are depends on more than the policy.
        uses: the sets that the module defines, out of ``allow``, ``deny`` and ``reads_context``.
        described: what a decision document says of the policy and its statements, as JSON that `broken` has printed.
    """

    name: str
    head: str
    libraries: tuple[str, ...]
    rules: str
    uses: tuple[str, ...]
    described: str


def compile_policy(policy: Policy, *, labels: bool) -> Unit:
    """Compile one policy; ``labels`` are those of `compile_policies`."""
    module = lower_policy(policy, module="", package="", labels=labels)
    libraries = tuple(path.rpartition(".")[2] for path in module.imports)
    return Unit(policy.name, print_comments(module), libraries, print_rules(module), _uses(policy), broken(_described(policy)))


def _uses(policy: Policy) -> tuple[str, ...]:
    statements = policy.document.statements
    effects = {statement.effect for statement in statements}
    uses = {"allow": Effect.ALLOW in effects, "deny": Effect.DENY in effects, "reads_context": any(map(context_keys, statements))}
    return tuple(use for use, has in uses.items() if has)


def _described(policy: Policy) -> dict[str, Any]:
    statements = [_statement(statement) for statement in policy.document.statements]
    return {"policy": policy.name, "policy_type": policy.type, "statements": statements}


def _statement(statement: Statement) -> dict[str, Any]:
    span = statement.span
    assert span is not None, "the front end gives every statement its place"
    return {
        "sid": statement.sid,
        "effect": statement.effect,
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
        "context_keys": list(context_keys(statement)),
    }
