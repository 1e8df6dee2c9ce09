"""A server that others use too is asked at a rate, and later where it says so."""

from collections.abc import Iterator

import pytest

from iam2rego.engines import pace
from iam2rego.engines.pace import Pace
from iam2rego.opa.errors import BusyError


class Clock:
    """Time that passes while somebody sleeps, and no other."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(pace, "time", made)
    return made


def busy(*seconds: float | None) -> Iterator[BusyError]:
    return iter([BusyError("busy", each) for each in seconds])


def ask(refusals: Iterator[BusyError]) -> str:
    """Be refused as long as there are refusals."""
    for refusal in refusals:
        raise refusal
    return "decided"


@pytest.mark.parametrize(
    ("rate", "questions", "slept"),
    [
        pytest.param(None, 3, [], id="no-rate"),
        pytest.param(4.0, 4, [0.25, 0.25, 0.25], id="four-a-second"),
        pytest.param(0.5, 2, [2.0], id="one-in-two-seconds"),
    ],
)
def test_questions_are_spaced(clock: Clock, rate: float | None, questions: int, slept: list[float]) -> None:
    kept = Pace(rate)
    assert [kept.kept(lambda: "decided") for _ in range(questions)] == ["decided"] * questions
    assert clock.slept == slept


def test_time_without_questions_is_not_made_up_for(clock: Clock) -> None:
    kept = Pace(1.0)
    for pause in (10.0, 0.0, 0.0):
        kept.kept(lambda: "decided")
        clock.now += pause
    assert clock.slept == [1.0]


@pytest.mark.parametrize(
    ("seconds", "slept"),
    [
        pytest.param((None, None, None), [1.0, 2.0, 4.0], id="longer-each-time"),
        pytest.param((5.0, None), [5.0, 2.0], id="as-the-server-says"),
        pytest.param((86400.0,), [60.0], id="but-not-a-day"),
        pytest.param((0.0,), [0.0], id="at-once"),
    ],
)
def test_a_busy_server_is_asked_later(clock: Clock, seconds: tuple[float | None, ...], slept: list[float]) -> None:
    refusals = busy(*seconds)
    assert Pace().kept(lambda: ask(refusals)) == "decided"
    assert clock.slept == slept


def test_a_server_that_stays_busy_is_an_error(clock: Clock) -> None:
    refusals = busy(*[None] * 6)
    with pytest.raises(BusyError):
        Pace().kept(lambda: ask(refusals))
    assert clock.slept == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_pauses_keep_the_rate_too(clock: Clock) -> None:
    refusals = busy(None)
    assert Pace(0.25).kept(lambda: ask(refusals)) == "decided"
    assert clock.slept == [1.0, 3.0]
