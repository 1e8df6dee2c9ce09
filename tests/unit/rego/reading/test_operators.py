"""What each operator tests of one text (C12 to C22)."""

import pytest

from iam2rego.ir.condition import Operator
from iam2rego.rego.reading.operators import OPERATIONS, Reader


def test_every_operator_but_null_has_an_operation() -> None:
    assert set(OPERATIONS) == set(Operator) - {Operator.NULL}


def test_the_negated_operators_are_those_that_say_not() -> None:
    assert {operator for operator, operation in OPERATIONS.items() if operation.negated} == {each for each in Operator if "Not" in each}


@pytest.mark.parametrize(
    ("prefix", "reader"),
    [
        pytest.param("StringEquals", Reader.TEXT, id="C12/text-as-it-is"),
        pytest.param("StringEqualsIgnoreCase", Reader.FOLDED, id="C12/folded"),
        pytest.param("StringLike", Reader.TEXT, id="C13/text-as-it-is"),
        pytest.param("NumericEquals", Reader.DECIMAL, id="C16/number"),
        pytest.param("NumericLessThan", Reader.DECIMAL, id="C16/ordered-number"),
        pytest.param("DateEquals", Reader.DATE, id="C18/instant"),
        pytest.param("DateGreaterThanEquals", Reader.DATE, id="C18/ordered-instant"),
        pytest.param("Bool", Reader.BOOLEAN, id="C19/boolean"),
        pytest.param("BinaryEquals", Reader.BINARY, id="C20/bytes"),
        pytest.param("IpAddress", Reader.ADDRESS, id="C21/address"),
        pytest.param("ArnEquals", Reader.ARN, id="C22/arn"),
        pytest.param("ArnLike", Reader.ARN, id="C22/arn-with-wildcards"),
    ],
)
def test_what_reads_the_text_of_the_request(prefix: str, reader: Reader) -> None:
    assert OPERATIONS[Operator(prefix)].reader is reader
