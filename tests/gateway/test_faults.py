"""Whatever breaks, nobody is served who is not allowed, everybody is answered while it is broken, and service returns by itself."""

from collections.abc import Iterator

import pytest

from tests.gateway.chains import QUICK, Chain, chain
from tests.gateway.faults import FAULTS, HARMLESS, Fault, survived
from tests.gateway.gateway_bundles import Builder, Revision, account
from tests.gateway.routes import requests
from tests.gateway.token_times import ENVOY, OPA, Skew, through_its_time


@pytest.fixture(scope="module")
def breaking(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    with chain(builder, builder.build().archive, tmp_path_factory.mktemp("faults"), beside=builder.sign(HARMLESS), seconds=QUICK) as made:
        yield made


@pytest.fixture(scope="module")
def next_ones(builder: Builder) -> tuple[Revision, Revision]:
    return builder.build(account(0)), builder.build(account(1))


@pytest.mark.parametrize(("number", "fault"), [pytest.param(number, FAULTS[name], id=name) for number, name in enumerate(FAULTS)])
def test_a_fault_allows_nothing_and_passes(
    breaking: Chain, builder: Builder, next_ones: tuple[Revision, Revision], number: int, fault: Fault
) -> None:
    seen = survived(breaking, builder, fault, next_ones[number % 2], list(requests(150, seed=1)), 40)
    assert seen.wrong_allows == 0


@pytest.mark.parametrize(("verifier", "skew"), [pytest.param("running", ENVOY, id="Envoy"), pytest.param("by_opa", OPA, id="OPA")])
def test_a_token_is_believed_for_its_time(request: pytest.FixtureRequest, verifier: str, skew: Skew) -> None:
    seen = through_its_time(request.getfixturevalue(verifier), skew)
    assert (seen.wrong_allows, seen.denied, seen.refused > 0) == (0, 0, True)
