"""Whatever breaks, nobody is served who is not allowed, everybody is answered in time, and service returns by itself."""

from collections.abc import Iterator

import pytest
from authorization import SECONDS
from chains import Chain, chain
from faults import FAULTS, HARMLESS, Fault, survived
from gateway_bundles import Builder, account
from routes import requests

from iam2rego.opa.binary import Binary


@pytest.fixture(scope="module")
def breaking(opa: Binary, builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    with chain(opa, builder.configuration, builder.build().archive, tmp_path_factory.mktemp("faults"), builder.sign(HARMLESS)) as made:
        yield made


@pytest.mark.parametrize(("number", "fault"), [pytest.param(number, FAULTS[name], id=name) for number, name in enumerate(FAULTS)])
def test_a_fault_allows_nothing_and_passes(breaking: Chain, builder: Builder, number: int, fault: Fault) -> None:
    seen = survived(breaking, builder, fault, builder.build(account(number)), list(requests(150, seed=1)), 100)
    assert seen.wrong_allows == 0
    assert seen.slowest < 4 * SECONDS
