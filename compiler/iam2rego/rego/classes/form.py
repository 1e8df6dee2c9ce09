"""The form of plain requests: nearly all requests are plain."""

import re
from typing import Final

_TEXT: Final = r'"[^"\\\x{fffd}]*"'
_SCALAR: Final = rf"(?:{_TEXT}|true|false|-?[0-9]{{1,40}}(?:\.[0-9]{{1,40}})?)"
_MEMBER: Final = rf'"[^"\\\x{{fffd}}]+": (?:{_SCALAR}|\[(?:{_SCALAR}(?:, )?)*\])'
_PRINCIPAL: Final = r'"[^"\\\x{fffd}/]+(?:/+[^"\\\x{fffd}/]+)*"'
_UP_TO_RESOURCE: Final = (
    rf'^\{{"action": "[A-Za-z0-9.-]+:[A-Za-z0-9._-]+", "context": \{{(?:{_MEMBER}(?:, )?)*\}}, "principal": {_PRINCIPAL}, "resource": '
)
_FIELD: Final = r'[^:"\\\x{fffd}]*'
_REST: Final = r'[^"\\\x{fffd}]*'


def form(partition: str, account: str) -> str:
    """Return the expression of RE2 for the plain requests of an account's callers, as OPA prints them: members in the order of names.

    The resource belongs to the caller's account, or names no account (E4). Texts have no quotes or backslashes, so OPA prints them
    unchanged. Numbers have few digits (N2), and a session has a name. OPA reads a lone surrogate as U+FFFD, so texts may not have it.
    Each character matches in only one way, so Go never tries alternatives.
    """
    start = rf"arn:{_quoted(partition)}:{_FIELD}:{_FIELD}:"
    return rf'{_UP_TO_RESOURCE}"(?:\*|{start}(?:{account})?:{_REST})"(?:, "resource_account": "{account}")?\}}$'


def _quoted(text: str) -> str:
    """Return the expression of RE2 for a text: a `re.escape` that escapes no letters and nothing outside ASCII."""
    return re.sub(r"[^A-Za-z0-9 -]", lambda found: rf"\x{{{ord(found[0]):x}}}", text)
