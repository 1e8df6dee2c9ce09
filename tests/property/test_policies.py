"""What holds for every JSON value in the place of a policy: it is read or refused, and every problem has its place."""

import json
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from iam2rego.diagnostics import Level, render, sort
from iam2rego.ir.condition import Operator
from iam2rego.source import Source, Span
from iam2rego.syntax.lower import Reading, read_policy
from iam2rego.syntax.parse import parse_json

MARKS: Final = ["*", "?", "$", "${", "}", "<", ":", "/", ", '", "'", " ", "\n", '"', "\\", "\u00e9", "\u2019", "\U0001f600", "\ud800"]
WORDS: Final = [
    "arn:",
    "aws",
    "arn:aws:s3:::b",
    "${a:b}",
    "${a, 'b'}",
    "${*}",
    "<x>",
    "<y_arn>",
    "s3:Get",
    "1",
    "true",
    "2020-01-01",
    "10.0.0.0/8",
]
SCRAPS: Final = st.sampled_from([*MARKS, *WORDS])
STRINGS: Final = st.lists(SCRAPS, max_size=6).map("".join)
SCALARS: Final = STRINGS | st.integers(-1, 10**42) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none()
VALUES: Final = SCALARS | st.lists(SCALARS, max_size=3)
OPERATORS: Final = st.builds(
    lambda prefix, name, suffix: prefix + name + suffix,
    st.sampled_from(["", "", "ForAnyValue:", "forallvalues:"]),
    st.sampled_from([*Operator, "stringlike", "Like"]),
    st.sampled_from(["", "", "IfExists"]),
)
BLOCKS: Final = st.dictionaries(OPERATORS, st.dictionaries(STRINGS | st.just("aws:TagKeys"), VALUES, max_size=2) | VALUES, max_size=2)
PRINCIPALS: Final = VALUES | st.dictionaries(STRINGS | st.just("AWS"), VALUES, max_size=2)
STATEMENTS: Final = st.fixed_dictionaries(
    {"Effect": st.just("Allow") | SCALARS},
    optional={
        **dict.fromkeys(["Sid", "Action", "NotAction", "Resource", "NotResource"], VALUES),
        **dict.fromkeys(["Principal", "NotPrincipal"], PRINCIPALS),
        "Condition": BLOCKS | VALUES,
    },
)
POLICIES: Final = (
    st.fixed_dictionaries(
        {"Statement": STATEMENTS | st.lists(STATEMENTS | SCALARS, max_size=2)},
        optional={"Version": st.sampled_from(["2012-10-17", "2008-10-17", "1", 1]), "Id": VALUES, "Other": VALUES},
    )
    | VALUES
)
PARAMETERS: Final = st.dictionaries(st.sampled_from(["x", "y_arn", "z"]), STRINGS)


def read(value: Any, *, lenient: bool, parameters: dict[str, str]) -> Reading:
    source = Source("p.json", json.dumps(value, indent=1))
    return read_policy(parse_json(source), source, lenient=lenient, parameters=parameters)


def found(reading: Reading) -> set[tuple[str, Span | None]]:
    return {(each.code, each.span) for each in reading.diagnostics}


def errors(reading: Reading) -> set[tuple[str, Span | None]]:
    return {(each.code, each.span) for each in reading.diagnostics if each.level is Level.ERROR}


@given(POLICIES, st.booleans(), PARAMETERS)
@settings(deadline=None)
def test_a_policy_is_read_or_refused_with_places(value: Any, lenient: bool, parameters: dict[str, str]) -> None:
    reading = read(value, lenient=lenient, parameters=parameters)
    assert (reading.document is None) is any(each.level is Level.ERROR for each in reading.diagnostics)
    assert list(reading.diagnostics) == sort(reading.diagnostics)
    for each in reading.diagnostics:
        assert each.span is not None
        assert 1 <= each.span.column <= len(each.source.line(each.span.line))
        assert each.code in render(each)


@given(POLICIES, PARAMETERS)
@settings(deadline=None)
def test_lenient_mode_only_turns_errors_into_warnings(value: Any, parameters: dict[str, str]) -> None:
    strict, lenient = (read(value, lenient=each, parameters=parameters) for each in (False, True))
    assert errors(lenient) <= errors(strict)
    assert found(strict) <= found(lenient)
