"""The native evaluator decides as the table of the rules says, whatever types of policy take part (E5 to E15)."""

from collections import Counter
from itertools import islice

import pytest

from tests.truth.natively import native_failures
from tests.truth.table import ROWS, TABLE, row_of
from tests.truth.worlds import all_states, cases, states_by_row

SLICE = 6_000
"""Combinations that a test of ours tries; `make prove` tries all."""


def test_native_agrees_with_the_table() -> None:
    print(f"{SLICE} of {len(all_states())} combinations")  # noqa: T201 - pytest shows it on demand
    assert not list(islice(native_failures(SLICE), 20))


def test_a_slice_has_enough_of_each_decision() -> None:
    counts = Counter(case.expect for case in cases(SLICE))
    assert min(counts[decision] for decision in ("allowed", "explicitDeny", "implicitDeny")) > SLICE // 10


def test_every_row_decides_something() -> None:
    assert set(states_by_row()) == set(range(len(ROWS)))


def test_every_row_is_read() -> None:
    assert len(ROWS) == sum(TABLE.count(f" {decision} ") for decision in ("allowed", "explicitDeny", "implicitDeny"))


@pytest.mark.parametrize(
    ("state", "want"),
    [
        pytest.param("user same ordinary none absent absent account absent absent absent", "implicitDeny", id="E5/account-adds-nothing"),
        pytest.param("session same ordinary none none none direct allow none allow", "allowed", id="E6/direct-beats-caps"),
        pytest.param("session same ordinary none none allow role allow none allow", "implicitDeny", id="E6/boundary-caps-the-role"),
        pytest.param("user cross ordinary none absent absent direct absent absent absent", "implicitDeny", id="E9/both-sides"),
        pytest.param("root same trust none absent absent wild absent absent absent", "implicitDeny", id="E8/root-assumes-no-role"),
        pytest.param("root same ordinary none absent none absent absent absent absent", "implicitDeny", id="E8/session-caps-root"),
        pytest.param("root same ordinary none absent allow absent absent absent absent", "allowed", id="E8/session-lets-root"),
        pytest.param("linked same ordinary allow absent absent none deny deny absent", "allowed", id="E11/service-linked-role"),
        pytest.param("service none linked-role none absent absent direct allow deny absent", "allowed", id="E12/service-linked-role"),
        pytest.param("service none trust none absent absent direct allow deny absent", "explicitDeny", id="E12/another-role"),
        pytest.param("user same linked-role allow absent absent direct allow deny absent", "explicitDeny", id="E12/no-service"),
        pytest.param("user same tag allow absent absent absent absent absent absent", "implicitDeny", id="E14/no-trust-policy"),
        pytest.param("user same key allow absent absent absent absent absent absent", "allowed", id="E15/no-key-policy"),
        pytest.param("user same key none absent absent absent absent absent absent", "implicitDeny", id="E15/no-key-policy-no-allow"),
        pytest.param("role partition identify deny deny deny deny deny deny deny", "allowed", id="E16/who-am-i"),
        pytest.param("service none identify none absent absent none allow none absent", "implicitDeny", id="E16/no-account"),
        pytest.param("root same token none absent deny deny deny deny deny", "allowed", id="E16/token"),
        pytest.param("session same token none absent absent none absent absent absent", "implicitDeny", id="E16/no-token-for-sessions"),
    ],
)
def test_the_table(state: str, want: str) -> None:
    assert ROWS[row_of(tuple(state.split()))].decision == want
