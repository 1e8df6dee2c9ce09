"""The rules there are. A new one goes into a file of its own in `rules`, and here."""

from typing import Final

from iam2rego.lint.rule import Rule
from iam2rego.lint.rules.moot_statement import moot_statements
from iam2rego.lint.rules.ungoverned_action import ungoverned_actions
from iam2rego.lint.rules.unknown_action import unknown_actions
from iam2rego.lint.rules.unknown_variable import unknown_variables
from iam2rego.lint.rules.widening_allow import widening_allows

RULES: Final[tuple[Rule, ...]] = (moot_statements, ungoverned_actions, unknown_actions, unknown_variables, widening_allows)
