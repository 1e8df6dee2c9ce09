"""Sends questions to a running OPA over HTTP, with opa-python-client, and reports errors in words."""

from collections.abc import Container
from typing import Final
from urllib.parse import SplitResult

import requests
from opa_client.opa import OpaClient  # type: ignore[import-untyped]  # the package ships no types

from iam2rego.opa.errors import BusyError, OpaError, excerpt

_SECONDS_TO_ANSWER: Final = 30.0
_DONE: Final = (requests.codes.ok, requests.codes.no_content)
_BUSY: Final = (requests.codes.too_many, requests.codes.unavailable)


class Transport(OpaClient):  # type: ignore[misc]  # its base has no types
    """The library's client with our own text as body, because its `query_rule` would respell numbers.

    It never retries silently, because reports should show transient errors too.
    """

    def __init__(self, url: SplitResult, token: str | None, *, use_environment: bool) -> None:
        port = url.port or (443 if url.scheme == "https" else 80)
        super().__init__(host=url.hostname, port=port, ssl=url.scheme == "https", token=token, retries=0, timeout=_SECONDS_TO_ANSWER)
        place = url.path.rstrip("/")
        self.root_url: str = f"{url.scheme}://{url.netloc}{place}/v1"
        self.shown: str = f"{url.scheme}://{url.netloc.rpartition('@')[2]}{place}"  # without a password
        self._session.trust_env = use_environment
        if token:  # otherwise `requests` would replace it from the address or a .netrc file
            self._session.auth = lambda request: request

    def post(self, path: str, body: str) -> bytes:
        """Post ``body``, a JSON text, to ``path`` below ``/v1``; return the body of the answer."""
        return self.send("POST", path, body.encode("ascii"))

    def delete(self, path: str) -> None:
        """Delete ``path`` below ``/v1``, if it exists."""
        self._sent("DELETE", path, b"", "", (*_DONE, requests.codes.not_found))

    def send(self, method: str, path: str, body: bytes = b"", form: str = "application/json") -> bytes:
        """Send ``body``, of the media type ``form``, to ``path`` below ``/v1``; return the body of the answer."""
        return self._sent(method, path, body, form, _DONE)

    def _sent(self, method: str, path: str, body: bytes, form: str, done: Container[int | None]) -> bytes:
        try:
            response: requests.Response = self._session.request(
                method,
                f"{self.root_url}/{path}",
                data=body,
                headers={"Content-Type": form},
                timeout=self.timeout,
                allow_redirects=False,
            )
        except requests.RequestException as failure:
            raise OpaError(f"the OPA at {self.shown} does not answer: {_reason(failure)}") from failure
        if response.status_code in done:
            return response.content
        said = f"the OPA at {self.shown} answers with HTTP status {response.status_code}: {excerpt(response.content)}"
        raise BusyError(said, _seconds(response)) if response.status_code in _BUSY else OpaError(said)


def _seconds(response: requests.Response) -> float | None:
    """Return after how many seconds the server asks us to retry; dates are ignored."""
    wanted = response.headers.get("Retry-After", "")
    return float(wanted) if wanted.isdecimal() else None


def _reason(failure: BaseException) -> str:
    """Return the innermost error, the system's, which `requests` and urllib3 wrap in several exceptions."""
    if isinstance(failure, requests.Timeout):
        return f"no answer within {_SECONDS_TO_ANSWER:.0f} seconds"
    while inner := failure.__cause__ or failure.__context__:
        failure = inner
    return (failure.strerror if isinstance(failure, OSError) else None) or str(failure)
