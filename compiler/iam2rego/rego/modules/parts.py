"""What a part of a statement becomes."""

from dataclasses import dataclass

from iam2rego.rego.modules.conditions import Body
from iam2rego.rego.modules.tree import Rule


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a statement in Rego: the lines that must hold, or None when they never do, and the helper rules they call."""

    body: Body | None
    helpers: tuple[Rule, ...] = ()
