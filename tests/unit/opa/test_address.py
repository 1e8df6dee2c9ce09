"""The address and the token of a server."""

from pathlib import Path

import pytest

from iam2rego.opa import OpaError
from iam2rego.opa.client import Client
from tests.unit.opa.answers import DENIED, answering, result


@pytest.mark.parametrize(
    "url",
    [
        "",
        "127.0.0.1:8181",
        "ftp://x",
        "http://",
        "http://[",
        "http://x:0",
        "http://x:99999",
        "file:///x",
        "http://.x",
        f"http://{'a' * 64}.x",
    ],
)
def test_what_is_no_address_is_an_error(url: str) -> None:
    with pytest.raises(OpaError, match="is not the address of an OPA"):
        Client.at(url)


@pytest.mark.parametrize("token", ["a b", "a\nb", "\u20ac", "\udcff", "\x00", "\x7f"])
def test_what_is_no_token_is_an_error_that_does_not_tell_it(token: str) -> None:
    with pytest.raises(OpaError, match=r"^a bearer token consists of visible ASCII characters$"):
        Client.at("http://127.0.0.1:1", token)


def test_the_token_is_sent_whatever_else_the_address_and_the_environment_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    seen: list[tuple[str, bytes, str]] = []
    with answering(result(False, DENIED), seen=seen) as url:
        for address in (url, url.replace("//", "//user:password@")):
            with Client.at(address, "secret") as asked:
                asked.decide("iam", {})
    assert [authorization for _, _, authorization in seen] == ["Bearer secret"] * 2


def test_a_password_in_the_address_is_not_told() -> None:
    with Client.at("http://user:password@127.0.0.1:1/") as asked, pytest.raises(OpaError) as failure:
        asked.decide("iam", {})
    assert str(failure.value) == "the OPA at http://127.0.0.1:1 does not answer: Connection refused"
    assert asked.address == "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        pytest.param("http://opa.example:8181", "http://opa.example:8181", id="port"),
        pytest.param("https://opa.example", "https://opa.example", id="no-port"),
        pytest.param("https://gateway.example/opa/", "https://gateway.example/opa", id="below-a-path"),
        pytest.param("http://[::1]:8181", "http://[::1]:8181", id="ipv6"),
    ],
)
def test_an_address_is_kept(url: str, address: str) -> None:
    with Client.at(url) as asked:
        assert asked.address == address
