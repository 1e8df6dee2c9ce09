"""The faults that `make prove` plants into the proofs are faults of the code that there is."""

from tests.mutation.faults import faults


def test_every_fault_can_be_planted() -> None:
    assert len(list(faults())) >= 30
