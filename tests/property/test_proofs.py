"""No request contradicts what is proved of random policy sets, and what a request shows is refuted."""

from collections import Counter

from tests.property.inclusions import contradictions


def test_no_request_contradicts_a_proof() -> None:
    tally = Counter[str]()
    assert list(contradictions(60, tally)) == []
    assert tally["Proved"] > 20
    assert tally["Refuted"] > 20
    assert tally["missed"] <= 2
