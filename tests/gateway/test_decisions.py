"""Envoy serves what the native evaluator allows, and nothing else."""

from tests.gateway.chains import Chain
from tests.gateway.deciding import decided, differing, milliseconds, texts
from tests.gateway.gateway_bundles import Revision
from tests.gateway.loads import load, logged
from tests.gateway.routes import ROUTES, requests


def test_statuses_are_decisions(running: Chain, example: Revision) -> None:
    failures = running.plugin.service.failures
    assert differing(running, example.policies, list(requests(150, seed=1))) == []
    assert running.plugin.service.failures == failures


def test_the_log_tells_the_request_that_was_meant(running: Chain) -> None:
    asked = list(requests(150, seed=1))
    with load(running, texts(running, asked)) as asking:
        asking.await_answers(len(asked))
    told = {number: entry["result"]["request"] for number, entry in logged(running)}
    assert [each for number, each in enumerate(asked) if told[number] != each.meant] == []


def test_every_route_is_allowed_to_some_and_denied_to_others(example: Revision) -> None:
    asked = list(requests(2_000, seed=1))
    assert {(each.route, status) for each, status in zip(asked, decided(example.policies, asked), strict=True)} == {
        (route, status) for route in ROUTES for status in (200, 403)
    }


def test_a_gateway_that_allows_everything_is_found_out(allowing: Chain, example: Revision) -> None:
    assert {status for _, status in differing(allowing, example.policies, list(requests(150, seed=1)))} == {200}


def test_latency_is_measured_beside_that_of_a_bundle_that_allows_everything(running: Chain, allowing: Chain) -> None:
    assert min(milliseconds((running, allowing), list(requests(50, seed=1)), blocks=1)) > 0
