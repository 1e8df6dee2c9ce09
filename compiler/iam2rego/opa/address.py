"""Checks the address of an OPA and its token before anything is sent."""

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from iam2rego.opa.errors import OpaError

_TOKEN: Final = re.compile("[!-~]+")


def check_address(url: str) -> SplitResult:
    """Return the parts of ``url``; raise `OpaError` if it cannot be the address of an OPA."""
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            parts.hostname.encode("idna")  # rejects an empty or overlong label, as the socket module would
            return parts
    except ValueError:
        pass
    raise OpaError(f"`{url}` is not the address of an OPA, such as `http://127.0.0.1:8181`")


def check_token(token: str) -> None:
    """Raise `OpaError` if ``token`` cannot be in a header; the message does not include it."""
    if not _TOKEN.fullmatch(token):
        raise OpaError("a bearer token consists of visible ASCII characters")
