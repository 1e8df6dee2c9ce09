"""Fixes what `check` finds: edits files by source place, and proves that a safe fix does not change what a policy means."""

from iam2rego.fixing.fixer import Fixed, Fixer, Left, Wish

__all__ = ["Fixed", "Fixer", "Left", "Wish"]
