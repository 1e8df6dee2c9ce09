"""Envoy asks OPA, and what it serves is what OPA allows."""

import pytest

from tests.gateway.chains import Chain
from tests.gateway.clients import request
from tests.support.tokens import claims, token


@pytest.mark.parametrize(
    ("user", "method", "path", "status"),
    [
        pytest.param("alice", "GET", "/clusters/default", 200, id="allowed"),
        pytest.param("mary", "GET", "/clusters/default", 403, id="denied"),
        pytest.param("alice", "GET", "/unmapped", 403, id="unmapped"),
        pytest.param("nobody", "GET", "/clusters", 403, id="unknown user"),
    ],
)
def test_the_status_is_the_decision(running: Chain, user: str, method: str, path: str, status: int) -> None:
    asked = request(method, path, token(running.key, claims(user)))
    assert running.connection().ask(asked).status == status


def test_without_a_token_nobody_is_served(running: Chain) -> None:
    assert running.connection().ask(request("GET", "/clusters")).status == 401
