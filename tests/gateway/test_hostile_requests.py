"""What is made to deceive the gateway gets what the table says, and nothing reaches the service that its user may not do."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from iam2rego.ir.decision import Outcome
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue
from iam2rego.native import authorize
from tests.gateway.chains import Chain, chain
from tests.gateway.clients import statuses
from tests.gateway.envoys import NORMALISING
from tests.gateway.gateway_bundles import Builder, Revision
from tests.gateway.hostile import CLAIMS, LOOK, PATHS, ROWS, TOKENS, Row, row, sent
from tests.gateway.hostile_tokens import tokens
from tests.gateway.http2 import ROWS2, Row2, ask
from tests.gateway.readings import served


@pytest.fixture(scope="module")
def of(running: Chain) -> Mapping[str, str]:
    return tokens(running.key)


def test_the_table_is_long_and_its_names_differ() -> None:
    assert len({each.name for each in ROWS}) == len(ROWS) >= 60


def bypasses(chain: Chain, policies: PolicySet, request: bytes) -> list[JsonValue]:
    """Send a request; return what the service may have been made to do by it that the policies deny."""
    before = len(chain.upstream.reached)
    statuses(chain.port, request)
    return denied(policies, chain.upstream.reached[before:])


def denied(policies: PolicySet, heads: Sequence[bytes]) -> list[JsonValue]:
    """Return what the service may have been made to do by requests that the policies deny."""
    done = [each for head in heads for each in served(head)]
    return [each for each in done if authorize(policies, each).decision is not Outcome.ALLOWED]


@pytest.mark.parametrize("row", [pytest.param(each, id=each.name) for each in ROWS])
def test_a_hostile_request_is_answered_as_it_says(running: Chain, of: Mapping[str, str], row: Row) -> None:
    before = len(running.upstream.reached)
    assert statuses(running.port, sent(row, of)) == row.statuses
    assert len(running.upstream.reached) - before == row.statuses.count(200)


@pytest.mark.parametrize("row", [pytest.param(each, id=each.name) for each in ROWS])
def test_a_hostile_request_is_no_bypass(running: Chain, of: Mapping[str, str], example: Revision, row: Row) -> None:
    assert bypasses(running, example.policies, sent(row, of)) == []


@pytest.mark.parametrize("name", ["denied", "dots", "overlong dots", "parameter of a segment", "NUL escaped twice", "case of the resource"])
def test_the_table_finds_a_gateway_that_allows_everything(allowing: Chain, example: Revision, name: str) -> None:
    row = next(each for each in ROWS if each.name == name)
    assert bypasses(allowing, example.policies, sent(row, tokens(allowing.key))) != []


@pytest.fixture(scope="module")
def lenient(builder: Builder, example: Revision, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """Behind an Envoy that leaves paths as they are."""
    with chain(builder, example.archive, tmp_path_factory.mktemp("lenient"), without=NORMALISING) as made:
        yield made


@pytest.mark.parametrize("row", [pytest.param(each, id=each.name) for each in PATHS])
def test_a_hostile_path_that_envoy_leaves_as_it_is_is_no_bypass(lenient: Chain, of: Mapping[str, str], example: Revision, row: Row) -> None:
    assert bypasses(lenient, example.policies, sent(row, of)) == []


def test_opa_believes_a_good_token(by_opa: Chain, of: Mapping[str, str]) -> None:
    assert statuses(by_opa.port, sent(row("good", LOOK, 200), of)) == (200,)


@pytest.mark.parametrize("row", [pytest.param(each, id=each.name) for each in (*TOKENS, *CLAIMS)])
def test_opa_believes_no_token_that_nobody_should_believe(by_opa: Chain, of: Mapping[str, str], row: Row) -> None:
    assert statuses(by_opa.port, sent(row, of)) == (row.by_opa,)


@pytest.fixture(scope="module")
def reached(running: Chain, of: Mapping[str, str]) -> Sequence[bytes]:
    """What has reached the service of all rows of HTTP/2, which are sent at once because Envoy takes a second to end a connection."""
    before = len(running.upstream.reached)
    with ThreadPoolExecutor(len(ROWS2)) as pool:
        list(
            pool.map(
                lambda each: ask(running.port, (*each.fields, ("authorization", f"Bearer {of['alice']}"), ("x-row", each.name))), ROWS2
            )
        )
    return running.upstream.reached[before:]


@pytest.mark.parametrize("row", [pytest.param(each, id=each.name) for each in ROWS2])
def test_a_hostile_request_of_http_2_reaches_the_service_if_it_says_so(reached: Sequence[bytes], row: Row2) -> None:
    assert sum(f"\r\nx-row: {row.name}\r\n".encode() in head for head in reached) == row.served


def test_no_hostile_request_of_http_2_is_a_bypass(reached: Sequence[bytes], example: Revision) -> None:
    assert len(reached) == sum(each.served for each in ROWS2)
    assert denied(example.policies, reached) == []
