"""The action part of a statement (docs/semantics.md, "Actions")."""

from iam2rego.ir.pattern import ActionEntry, ActionPattern, Pattern, Unmatchable
from iam2rego.ir.policy import Actions
from iam2rego.native.case import fold
from iam2rego.native.variables import pieces
from iam2rego.native.wildcards import Piece, matches


def action_matches(actions: Actions, action: str) -> bool:
    """Say whether ``Action`` names the requested action, or ``NotAction`` does not (A8)."""
    named = any(_entry_matches(entry, action) for entry in actions.entries)
    return named is not actions.negated


def _entry_matches(entry: ActionEntry, action: str) -> bool:
    match entry:
        case ActionPattern(segments=segments):
            return matches(_folded(segments), fold(action))
        case Unmatchable():
            return False


def _folded(segments: Pattern) -> list[Piece]:
    """Return the pieces of an entry, which holds no variables (A11), without regard to case (A4)."""
    return [fold(piece) if isinstance(piece, str) else piece for piece in pieces(segments, {})]
