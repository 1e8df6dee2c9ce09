"""What a rule is."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.policy import Policy
from iam2rego.source import Source

Rule: TypeAlias = Callable[[Policy, Source], Iterator[Diagnostic]]
"""Looks at one policy, read from a text, and yields what it finds there."""
