"""Adds a mask for OPA's decision log to a bundle: the members that must not be logged."""

import re
from collections.abc import Iterable
from importlib import resources
from typing import Final

from iam2rego.rego.bundle.assemble import Bundle, beside

MASK: Final = "system/log/mask.rego"
"""The module that masks."""

_ALWAYS: Final = ("authorization", "cookie", "proxy-authorization", "set-cookie", "x-amz-security-token")
"""The headers with credentials."""

_PLAIN: Final = re.compile(r"[a-z0-9:/._-]+")
"""Names that JSON never escapes; only for these can a search of the text show that a name is absent."""


def masking(bundle: Bundle, names: Iterable[str]) -> Bundle:
    """Return ``bundle`` with a mask for the decision log; its revision stays, because decisions stay the same.

    The mask covers the members called ``names``, ignoring case, anywhere in a question or an answer, and headers with credentials.
    """
    hidden = sorted({name.lower() for name in (*_ALWAYS, *names)})
    query = f"(?i)((?:^|[?&;])(?:{'|'.join(map(re.escape, hidden))}))=[^&;#\\s]*"
    text = resources.files("iam2rego.rego").joinpath("lib", "log", "mask.rego").read_text("utf-8")
    masked = {"names": hidden, "query": query, "in_texts": hidden if all(map(_PLAIN.fullmatch, hidden)) else [""]}
    return beside(bundle, {MASK: text}, {"log": {"masked": masked}}, ("log",), "system")
