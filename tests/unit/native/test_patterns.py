"""Patterns with wildcards and variables, against regular expressions made from the rules (R3, R6, R7, C22, V4 to V9)."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from iam2rego.ir.condition import ArnValue, Condition, Operator
from iam2rego.ir.pattern import AnyOne, AnyRun, ArnPattern, Pattern, Segment, Text, Variable
from iam2rego.ir.policy import PolicyType, Resources
from iam2rego.native.conditions import condition_holds
from iam2rego.native.request import Context
from iam2rego.native.resources import resource_matches

WHOLE: Final = st.text("ab:/", min_size=1, max_size=4)
IN_FIELD: Final = st.text("ab/", min_size=1, max_size=3)
KEYS: Final = ("k:1", "k:2", "k:3")
DEFAULTS: Final = st.none() | st.sampled_from(["", "a", "ab", "a:", "*"])
VARIABLES: Final = st.builds(Variable, key=st.sampled_from(KEYS), default=DEFAULTS)
WILDCARDS: Final = st.builds(AnyRun) | st.builds(AnyOne)
CONTEXTS: Final = st.dictionaries(
    st.sampled_from(KEYS), st.sampled_from(["", "a", "aa", "aab", "b", ":", "a:b", "*", "${k:1}"]) | st.just(("a",)), max_size=3
)


def patterns(literals: st.SearchStrategy[str], longest: int) -> st.SearchStrategy[Pattern]:
    return st.lists(WILDCARDS | VARIABLES | st.builds(Text, text=literals), max_size=longest).map(tuple)


FIELDS: Final = st.tuples(
    st.just((Text(text="arn"),)), *[patterns(IN_FIELD, 4) for _ in range(2)], st.just(()), patterns(IN_FIELD, 2), patterns(WHOLE, 7)
)
Asked = tuple[Sequence[Pattern], str, Context]


def value(variable: Variable, context: Context) -> str | None:
    """Return what takes the place of a variable (V4, V7, V8)."""
    given_value = context.get(variable.key)
    return given_value if given_value and isinstance(given_value, str) else variable.default


def values(fields: Sequence[Pattern], context: Context) -> Iterator[str | None]:
    for index, field in enumerate(fields):
        for variable in (each for each in field if isinstance(each, Variable)):
            found = value(variable, context)
            yield None if found is None or (":" in found and index < 5) else found  # V9


def expression(field: Pattern, context: Context, run: str, last_run: str, one: str) -> str:
    parts = []
    for index, segment in enumerate(field, 1):
        match segment:
            case AnyRun():
                parts.append(last_run if index == len(field) else run)
            case AnyOne():
                parts.append(one)
            case Text(text=text):
                parts.append(re.escape(text))
            case Variable():
                parts.append(re.escape(value(segment, context) or ""))  # V6
    return "".join(parts)


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Draw the fields of a pattern, an ARN that it may well match, and a context."""

    def written(segment: Segment) -> str:
        match segment:
            case AnyRun():
                return draw(st.text("ab/", max_size=4) | st.text("ab:/", max_size=6))
            case AnyOne():
                return draw(st.sampled_from("aab:/"))
            case Text(text=text):
                return text
            case Variable():
                return value(segment, context) or ""

    fields, context = draw(FIELDS), draw(CONTEXTS)
    arn = ":".join("".join(map(written, field)) for field in fields)
    place = draw(st.integers(0, len(arn)))
    changed = arn[:place] + draw(st.sampled_from(["", "", "", "a", "b", "/"])) + arn[place:]
    return fields, changed if changed.startswith("arn:") else arn, context


@given(asked())
def test_a_resource_entry_matches_what_the_rules_say(drawn: Asked) -> None:
    fields, resource, context = drawn
    *first, last = fields
    whole = ":".join([expression(each, context, "[^:]*", ".*", "[^:]") for each in first] + [expression(last, context, ".*", ".*", ".")])
    want = None not in values(fields, context) and re.fullmatch(whole, resource, re.DOTALL) is not None
    entry = ArnPattern(text="", fields=tuple(fields))
    assert resource_matches(Resources(entries=(entry,)), PolicyType.IDENTITY, resource, context) is want


@given(asked(), st.booleans())
def test_an_arn_value_matches_field_by_field(drawn: Asked, negated: bool) -> None:
    fields, arn, context = drawn
    pairs = zip(fields, arn.split(":", 5), strict=True)
    like = all(re.fullmatch(expression(each, context, ".*", ".*", "."), field, re.DOTALL) for each, field in pairs)
    want = None not in values(fields, context) and like
    operator = Operator.ARN_NOT_LIKE if negated else Operator.ARN_LIKE
    condition = Condition(operator=operator, key="k:v", values=(ArnValue(text="", fields=tuple(fields)),))
    assert condition_holds(condition, {**context, "k:v": arn}) is (want is not negated)
