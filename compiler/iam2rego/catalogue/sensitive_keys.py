"""Condition keys that say whose a principal, a resource or a network is; values with wildcards or variables hardly ever mean that."""

from typing import Final

SENSITIVE: Final = frozenset(
    {
        "aws:principalaccount",
        "aws:principalorgid",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:sourceaccount",
        "aws:sourceorgid",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:vpceaccount",
        "aws:vpceorgid",
    }
)
"""The folded keys (C2) that the IAM User Guide calls sensitive, page "AWS global condition context keys", as of 2026."""

USER_ID: Final = "aws:userid"
"""The id of the caller: that of a user, or that of a role, a colon and the name of the session."""
