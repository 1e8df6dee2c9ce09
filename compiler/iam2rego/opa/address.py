"""Where an OPA runs, and what it wants to be shown: refused before anything is sent."""

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from iam2rego.opa.errors import OpaError

_TOKEN: Final = re.compile("[!-~]+")


def check_address(url: str) -> SplitResult:
    """Return the parts of ``url``; raise `OpaError` if no OPA can be there."""
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            parts.hostname.encode("idna")  # refuses an empty or an overlong label, as the socket module would
            return parts
    except ValueError:
        pass
    raise OpaError(f"`{url}` is not the address of an OPA, such as `http://127.0.0.1:8181`")


def check_token(token: str) -> None:
    """Raise `OpaError` if no header can hold ``token``; the message does not tell it."""
    if not _TOKEN.fullmatch(token):
        raise OpaError("a bearer token consists of visible ASCII characters")
