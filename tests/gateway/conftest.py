"""One Envoy for the tests that break nothing."""

from collections.abc import Iterator

import pytest

from iam2rego.opa.binary import Binary
from tests.gateway.chains import Chain, chain
from tests.gateway.envoys import VERIFYING
from tests.gateway.gateway_bundles import ALLOWING, BY_OPA, Builder, Revision


@pytest.fixture(scope="session")
def builder(opa: Binary, tmp_path_factory: pytest.TempPathFactory) -> Builder:
    """Builds bundles whose signatures the OPAs of these tests believe."""
    made = Builder(opa, tmp_path_factory.mktemp("built"))
    made.build()  # by which it has a configuration of OPA
    return made


@pytest.fixture(scope="session")
def example(builder: Builder) -> Revision:
    """The example as it is."""
    return builder.build()


@pytest.fixture(scope="session")
def running(builder: Builder, example: Revision, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """The example behind Envoy."""
    with chain(builder, example.archive, tmp_path_factory.mktemp("envoy")) as made:
        yield made


@pytest.fixture(scope="session")
def allowing(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """The same with a bundle that allows everything."""
    with chain(builder, builder.sign(ALLOWING), tmp_path_factory.mktemp("allowing")) as made:
        yield made


@pytest.fixture(scope="session")
def by_opa(builder: Builder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """The example behind an Envoy that verifies no token, because OPA does."""
    with chain(builder, builder.build(mapping=BY_OPA).archive, tmp_path_factory.mktemp("by-opa"), without={VERIFYING}) as made:
        yield made
