"""The table of operators (C12 to C22)."""

import pytest

from iam2rego.ir.condition import Operator
from iam2rego.rego.modules.operators import OPERATIONS
from iam2rego.rego.modules.printer import print_module
from iam2rego.rego.modules.tree import Module, Name, Rule
from iam2rego.rego.reading.pieces import Fixed

TEXT = "text"


def test_every_operator_but_null_has_an_operation() -> None:
    assert set(OPERATIONS) == set(Operator) - {Operator.NULL}


def test_the_negated_operators_are_those_that_say_not() -> None:
    assert {operator for operator, operation in OPERATIONS.items() if operation.negated} == {each for each in Operator if "Not" in each}


@pytest.mark.parametrize(
    ("prefix", "reader"),
    [
        pytest.param("StringEquals", None, id="C12/text-as-it-is"),
        pytest.param("StringEqualsIgnoreCase", "lower", id="C12/folded"),
        pytest.param("StringLike", None, id="C13/text-as-it-is"),
        pytest.param("NumericEquals", "read.decimal", id="C16/number"),
        pytest.param("NumericLessThan", "read.decimal", id="C16/ordered-number"),
        pytest.param("DateEquals", "read.date", id="C18/instant"),
        pytest.param("DateGreaterThanEquals", "read.date", id="C18/ordered-instant"),
        pytest.param("Bool", "read.boolean", id="C19/boolean"),
        pytest.param("BinaryEquals", "read.binary", id="C20/bytes"),
        pytest.param("IpAddress", "read.address", id="C21/address"),
        pytest.param("ArnEquals", "read.arn", id="C22/arn"),
        pytest.param("ArnLike", "read.arn", id="C22/arn-with-wildcards"),
    ],
)
def test_what_reads_the_text_of_the_request(prefix: str, reader: str | None) -> None:
    assert OPERATIONS[Operator(prefix)].reader == reader


@pytest.mark.parametrize(
    ("operator", "constants", "line"),
    [
        ("StringEquals", ["a"], 'text == "a"'),
        ("StringEquals", ["b", "a", "b"], 'text in {"b", "a"}'),
        ("StringEqualsIgnoreCase", ["A", "a", "\u212a"], 'text in {"a", "k"}'),
        ("NumericEquals", ["10", "1e1", "10.0"], "text == 10"),
        ("NumericEquals", ["2", "x", "1"], "text in {2, 1}"),
        ("NumericLessThan", ["9", "10", "-11"], "text < 10"),
        ("NumericLessThanEquals", ["0.1", "0.10000000000000001"], "text <= 0.10000000000000001"),
        ("NumericGreaterThan", ["9", "10", "-11"], "text > -11"),
        ("NumericGreaterThanEquals", ["9", "1e1"], "text >= 9"),
        ("DateEquals", ["1970-01-01T00:00:01Z", "1"], "text == [1, 0]"),
        ("DateEquals", ["1", "2"], "text in {[1, 0], [2, 0]}"),
        ("DateLessThan", ["1969-12-31T23:59:59.5Z", "1970-01-01"], "text < [0, 0]"),
        ("DateLessThanEquals", ["2", "10"], "text <= [10, 0]"),
        ("DateGreaterThan", ["1969-12-31T23:59:59.5Z", "1970-01-01"], "text > [-1, 500000000]"),
        ("DateGreaterThanEquals", ["2", "10"], "text >= [2, 0]"),
        ("Bool", ["TRUE", "true"], 'text == "true"'),
        ("Bool", ["true", "False"], 'text in {"true", "false"}'),
        ("BinaryEquals", ["QR==", "QQ=="], 'text == "QQ=="'),
        ("IpAddress", ["10.1.2.3/8"], 'net.cidr_contains("10.0.0.0/8", text)'),
        ("IpAddress", ["10.1.2.3", "10.1.2.3/32"], 'net.cidr_contains("10.1.2.3/32", text)'),
        ("IpAddress", ["::1", "10.0.0.0/8"], 'read.within(text, {"::1/128", "10.0.0.0/8"})'),
        ("ArnLike", ["arn:aws:s3:::b"], 'text == "arn:aws:s3:::b"'),
    ],
)
def test_how_constants_are_compared(operator: str, constants: list[str], line: str) -> None:
    term = OPERATIONS[Operator(operator)].compare([(Fixed(each),) for each in constants], Name(TEXT))
    assert print_module(Module("p", (), (), (Rule("r", (term,)),))).endswith(f"\nr if {line}\n")
