"""What `build --emit ir` prints says all that the intermediate representation holds."""

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from iam2rego.ir.condition import ArnValue, Condition, LiteralValue, Operator, Qualifier, TextValue
from iam2rego.ir.pattern import ActionPattern, AnyOne, AnyResource, AnyRun, ArnPattern, Text, Unmatchable, Variable
from iam2rego.ir.policy import Actions, Document, Effect, Policy, PolicySet, PolicyType, Resources, Statement
from iam2rego.source import Span

TEXT: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAME: Final = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
NUMBER: Final = st.integers(1, 10_000)
SPAN: Final = st.none() | st.builds(Span, NUMBER, NUMBER, NUMBER, NUMBER)

SEGMENT: Final = (
    st.builds(Text, text=NAME, span=SPAN)
    | st.builds(AnyRun, span=SPAN)
    | st.builds(AnyOne, span=SPAN)
    | st.builds(Variable, key=NAME, default=st.none() | TEXT, span=SPAN)
)
PATTERN: Final = st.lists(SEGMENT, max_size=3).map(tuple)
FIELDS: Final = st.lists(PATTERN, min_size=1, max_size=6).map(tuple)
UNMATCHABLE: Final = st.builds(Unmatchable, text=TEXT, span=SPAN)

ACTION: Final = UNMATCHABLE | st.builds(ActionPattern, text=TEXT, segments=PATTERN, span=SPAN)
RESOURCE: Final = UNMATCHABLE | st.builds(AnyResource, text=TEXT, span=SPAN) | st.builds(ArnPattern, text=TEXT, fields=FIELDS, span=SPAN)
VALUE: Final = (
    st.builds(TextValue, text=TEXT, segments=PATTERN, span=SPAN)
    | st.builds(ArnValue, text=TEXT, fields=FIELDS, span=SPAN)
    | st.builds(LiteralValue, text=TEXT, span=SPAN)
)
CONDITION: Final = st.builds(
    Condition,
    operator=st.sampled_from(Operator),
    qualifier=st.none() | st.sampled_from(Qualifier),
    if_exists=st.booleans(),
    key=TEXT,
    values=st.lists(VALUE, max_size=3).map(tuple),
    span=SPAN,
)
STATEMENT: Final = st.builds(
    Statement,
    sid=TEXT,
    effect=st.sampled_from(Effect),
    actions=st.builds(Actions, negated=st.booleans(), entries=st.lists(ACTION, max_size=3).map(tuple), span=SPAN),
    resources=st.builds(Resources, negated=st.booleans(), entries=st.lists(RESOURCE, max_size=3).map(tuple), span=SPAN),
    conditions=st.lists(CONDITION, max_size=2).map(tuple),
    span=SPAN,
)
DOCUMENT: Final = st.builds(
    Document,
    version=st.sampled_from([None, "2008-10-17", "2012-10-17"]),
    statements=st.lists(STATEMENT, max_size=2).map(tuple),
    span=SPAN,
)
POLICY: Final = st.builds(Policy, name=TEXT, type=st.sampled_from(PolicyType), file=TEXT, document=DOCUMENT, span=SPAN)
POLICIES: Final = st.builds(PolicySet, policies=st.lists(POLICY, max_size=2).map(tuple), span=SPAN)


@given(POLICIES)
@settings(deadline=None)
def test_json_and_back(policies: PolicySet) -> None:
    again = PolicySet.model_validate_json(policies.model_dump_json(indent=2))
    assert again == policies
    assert hash(again) == hash(policies)
    assert again.model_dump() == policies.model_dump()  # which holds the spans too
