"""The condition keys that a statement tests."""

from iam2rego.ir.policy import Statement
from iam2rego.lint.inclusion import fold_key


def tested_keys(statement: Statement) -> frozenset[str]:
    """Return the keys of all conditions, folded as `fold_key` does (C2)."""
    return frozenset(fold_key(condition.key) for condition in statement.conditions)
