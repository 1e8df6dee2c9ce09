"""The mask of OPA's decision log: which members OPA leaves out."""

import re
from collections.abc import Iterable
from importlib import resources
from typing import Final

from iam2rego.rego.bundle.assemble import Bundle, beside

MASK: Final = "system/log/mask.rego"
"""The module that masks."""

_ALWAYS: Final = ("authorization", "cookie", "proxy-authorization", "set-cookie", "x-amz-security-token")
"""The headers that carry credentials."""

_PLAIN: Final = re.compile(r"[a-z0-9:/._-]+")
"""Names that JSON writes without escapes. With any other name, every text is searched."""


def masking(bundle: Bundle, names: Iterable[str]) -> Bundle:
    """Return ``bundle`` with a mask of the decision log. The revision stays: it says what decisions follow from.

    The mask removes members called ``names``, in any letter case and anywhere in a question or an answer, and headers that
    carry credentials.
    """
    hidden = sorted({name.lower() for name in (*_ALWAYS, *names)})
    query = f"(?i)((?:^|[?&;])(?:{'|'.join(map(re.escape, hidden))}))=[^&;#\\s]*"
    text = resources.files("iam2rego.rego").joinpath("lib", "log", "mask.rego").read_text("utf-8")
    masked = {"names": hidden, "query": query, "in_texts": hidden if all(map(_PLAIN.fullmatch, hidden)) else [""]}
    return beside(bundle, {MASK: text}, {"log": {"masked": masked}}, ("log",), "system")
