"""The resource part (R2 to R13, V4 to V9)."""

from typing import Final

import pytest

from iam2rego.ir.pattern import AnyOne, AnyResource, AnyRun, ArnPattern, Pattern, ResourceEntry, Text, Unmatchable, Variable
from iam2rego.ir.policy import Effect, PolicyType, Resources
from iam2rego.jsontext import JsonValue
from iam2rego.native.request import Context, read_request
from iam2rego.native.resources import resource_holds, resource_matches
from tests.support.policies import allow, request, statement

TAG = Variable(key="aws:PrincipalTag/t")
TAG_OR_ALL = Variable(key="aws:PrincipalTag/t", default="all")
TAG_KEY = "aws:principaltag/t"


def pattern(field: str | Pattern) -> Pattern:
    """Read ``*`` and ``?`` in a text; a tuple of segments is taken as it is."""
    wildcards: dict[str, Pattern] = {"*": (AnyRun(),), "?": (AnyOne(),)}
    segments = [field] if isinstance(field, tuple) else [wildcards.get(each, (Text(text=each),)) for each in field]
    return tuple(each for segment in segments for each in segment)


def arn(*fields: str | Pattern) -> ArnPattern:
    return ArnPattern(text="arn:...", fields=tuple(pattern(field) for field in ("arn", *fields)))


def matches(entry: ResourceEntry, resource: str, context: Context) -> bool:
    return resource_matches(Resources(entries=(entry,)), PolicyType.IDENTITY, resource, context)


@pytest.mark.parametrize(
    ("entry", "resource", "want"),
    [
        pytest.param(AnyResource(text="*"), "arn:aws:s3:::b/k", True, id="R2/star"),
        pytest.param(AnyResource(text="**"), "*", True, id="R2/stars-and-star"),
        pytest.param(arn("aws", "s3", "", "", "*"), "*", False, id="R11/arn-and-star"),
        pytest.param(arn("aws", "s3", "", "", "b/k"), "arn:aws:s3:::b/k", True, id="R3/equal"),
        pytest.param(arn("aws", "logs", "r", "1", "g:*"), "arn:aws:logs:r:1:g:s:t", True, id="R3/the-sixth-keeps-its-colons"),
        pytest.param(arn("aws", "s3", "", "", "b"), "arn:aws:s3:r::b", False, id="R4/an-empty-field-is-literal"),
        pytest.param(arn("aws", "s3", "*", "*", "b"), "arn:aws:s3:::b", True, id="R4/star-matches-an-empty-field"),
        pytest.param(arn("aws", "sqs"), "arn:aws:sqs:r:1:q", True, id="R5/three-fields"),
        pytest.param(arn("aws", "sqs"), "arn:aws:sns:r:1:q", False, id="R5/three-fields-of-another-service"),
        pytest.param(arn("*"), "arn:aws:sqs:r:1:q", True, id="R5/two-fields"),
        pytest.param(arn("aws", "sqs", "r"), "arn:aws:sqs:r2:1:q", False, id="R5/four-fields"),
        pytest.param(arn("aws", "s3", "", "", "b/*/t/*"), "arn:aws:s3:::b/1/2/t/3", True, id="R6/slash-is-ordinary"),
        pytest.param(arn("aws", "s3", "", "", "b/*"), "arn:aws:s3:::b", False, id="R6/slash-is-needed"),
        pytest.param(arn("aws", "s3", "", "", "b?"), "arn:aws:s3:::b", False, id="R6/one-is-not-none"),
        pytest.param(arn("aws", "sns", "*", "1", "t"), "arn:aws:sns:r:2:x:1:t", True, id="R7/last-star-crosses"),
        pytest.param(arn("aws", "sns", "r*", "1", "t"), "arn:aws:sns:r:2:x:1:t", True, id="R7/last-star-after-text-crosses"),
        pytest.param(arn("aws", "sns", "r*1", "1", "t"), "arn:aws:sns:r:2:x1:1:t", False, id="R7/inner-star-does-not-cross"),
        pytest.param(arn("aws", "sns", "*x-*", "1", "t"), "arn:aws:sns:us:2:x-1:1:t", False, id="R7/first-of-two-does-not-cross"),
        pytest.param(arn("aws", "sns", "*-*", "1", "t"), "arn:aws:sns:us-1:2:x:1:t", True, id="R7/last-of-two-crosses"),
        pytest.param(arn("aws", "sns", "r?2", "1", "t"), "arn:aws:sns:r:2:1:t", False, id="R7/one-does-not-cross"),
        pytest.param(arn("aws", "sns", "r?"), "arn:aws:sns:r::t:u", False, id="R7/last-one-does-not-cross"),
        pytest.param(arn("aws", "ecs", "r", "1", "f?3"), "arn:aws:ecs:r:1:f:3", True, id="R7/one-in-the-sixth-is-any"),
        pytest.param(arn("aws", "s3", "", "", "K"), "arn:aws:s3:::k", False, id="R8/case-of-the-resource"),
        pytest.param(arn("AWS", "s3", "", "", "k"), "arn:aws:s3:::k", False, id="R8/case-of-the-partition"),
        pytest.param(arn("aws", "s3", "", "", "a"), "arn:aws:s3:::*", False, id="R12/star-in-the-request"),
        pytest.param(arn("aws", "s3", "", "", "a%20b"), "arn:aws:s3:::a b", False, id="R13/no-decoding"),
        pytest.param(Unmatchable(text="b/k"), "arn:aws:s3:::b/k", False, id="L9/unmatchable"),
    ],
)
def test_entry(entry: ResourceEntry, resource: str, want: bool) -> None:
    assert matches(entry, resource, {}) is want


@pytest.mark.parametrize(
    ("entry", "resource", "context", "want"),
    [
        pytest.param(arn("aws", "s3", "", "", (TAG,)), "arn:aws:s3:::x", {TAG_KEY: "x"}, True, id="V3/value"),
        pytest.param(arn("aws", "s3", "", "", (TAG,)), "arn:aws:s3:::y", {TAG_KEY: "x"}, False, id="V3/other-value"),
        pytest.param(arn("aws", "s3", "", "", (TAG, AnyRun())), "arn:aws:s3:::x", {}, False, id="V7/missing"),
        pytest.param(arn("aws", "s3", "", "", (TAG, AnyRun())), "arn:aws:s3:::x", {TAG_KEY: ""}, False, id="V7/empty-string"),
        pytest.param(arn("aws", "s3", "", "", (TAG,)), "arn:aws:s3:::x", {TAG_KEY: ("x",)}, False, id="V8/list"),
        pytest.param(arn("aws", "s3", "", "", (TAG_OR_ALL,)), "arn:aws:s3:::x", {TAG_KEY: "x"}, True, id="V4/value-before-default"),
        pytest.param(arn("aws", "s3", "", "", (TAG_OR_ALL,)), "arn:aws:s3:::all", {}, True, id="V4/default-when-missing"),
        pytest.param(arn("aws", "s3", "", "", (TAG_OR_ALL,)), "arn:aws:s3:::all", {TAG_KEY: ""}, True, id="V4/default-when-empty"),
        pytest.param(arn("aws", "s3", "", "", (TAG_OR_ALL,)), "arn:aws:s3:::all", {TAG_KEY: ("x",)}, True, id="V8/default-for-a-list"),
        pytest.param(
            arn("aws", "s3", "", "", (Text(text="b"), Variable(key="k", default=""))), "arn:aws:s3:::b", {}, True, id="V4/empty-default"
        ),
        pytest.param(arn("aws", "s3", "", "", (TAG,)), "arn:aws:s3:::abc", {TAG_KEY: "*"}, False, id="V6/star-in-the-value"),
        pytest.param(arn("aws", "s3", "", "", (TAG,)), "arn:aws:s3:::*", {TAG_KEY: "*"}, True, id="V6/star-in-the-value-is-itself"),
        pytest.param(arn("aws", "s3", "", "", (TAG,)), "arn:aws:s3:::a:b", {TAG_KEY: "a:b"}, True, id="V9/colon-in-the-sixth"),
        pytest.param(arn((TAG,), "s3", "", "", "b"), "arn:aws:s3:::b", {TAG_KEY: "aws"}, True, id="R9/any-field"),
        pytest.param(arn("aws", (TAG,), "", "b"), "arn:aws:s3:::b:c", {TAG_KEY: "s3:"}, False, id="V9/colon-in-another"),
        pytest.param(arn("aws", (TAG, AnyRun())), "arn:aws:s3:::b", {TAG_KEY: "s3:"}, False, id="V9/colon-before-a-crossing-star"),
        pytest.param(arn("aws", (Variable(key="k", default="s3:"),), "", "b"), "arn:aws:s3:::b:c", {}, False, id="V9/colon-in-a-default"),
    ],
)
def test_variable(entry: ResourceEntry, resource: str, context: Context, want: bool) -> None:
    assert matches(entry, resource, context) is want


@pytest.mark.parametrize(
    ("policy_type", "plain", "inner_star", "last_star"),
    [
        pytest.param(PolicyType.IDENTITY, True, True, True, id="R5/identity"),
        pytest.param(PolicyType.SESSION, True, True, True, id="R5/session"),
        pytest.param(PolicyType.PERMISSIONS_BOUNDARY, True, True, True, id="R5/boundary"),
        pytest.param(PolicyType.RESOURCE, False, True, True, id="R5/resource"),
        pytest.param(PolicyType.VPC_ENDPOINT, False, True, True, id="R5/endpoint"),
        pytest.param(PolicyType.SERVICE_CONTROL, False, False, True, id="R5/service-control"),
        pytest.param(PolicyType.RESOURCE_CONTROL, False, False, False, id="R5/resource-control"),
    ],
)
def test_short_arn(policy_type: PolicyType, plain: bool, inner_star: bool, last_star: bool) -> None:
    short = (arn("aws", "sqs"), arn("*", "sqs"), arn("aws", "sq*"))
    found = [resource_matches(Resources(entries=(each,)), policy_type, "arn:aws:sqs:r:1:q", {}) for each in short]
    assert found == [plain, inner_star, last_star]


@pytest.mark.parametrize(
    "short",
    [
        pytest.param(arn("aws", (TAG,)), id="value-of-a-variable"),
        pytest.param(arn("aws", (Text(text="*"),)), id="escaped"),
        pytest.param(arn("aws", "sq?"), id="one-character"),
    ],
)
def test_short_arn_without_a_star(short: ArnPattern) -> None:
    found = resource_matches(Resources(entries=(short,)), PolicyType.RESOURCE, "arn:aws:sqs:r:1:q", {TAG_KEY: "sqs"})
    assert not found


@pytest.mark.parametrize("policy_type", [pytest.param(each, id=f"R5/{each}") for each in PolicyType])
def test_whole_arn(policy_type: PolicyType) -> None:
    entry = arn("aws", "s3", "", "", "b")
    assert resource_matches(Resources(entries=(entry,)), policy_type, "arn:aws:s3:::b", {})


@pytest.mark.parametrize(
    ("resources", "want"),
    [
        pytest.param(Resources(entries=(arn("aws", "s3", "", "", "c"), arn("aws", "s3", "", "", "b"))), True, id="second-of-two"),
        pytest.param(Resources(negated=True, entries=(arn("aws", "s3", "", "", "b"),)), False, id="R10/excluded"),
        pytest.param(Resources(negated=True, entries=(arn("aws", "s3", "", "", "c"),)), True, id="R10/not-excluded"),
        pytest.param(Resources(negated=True, entries=(arn("aws", "s3", "", "", (TAG,)),)), True, id="V7/unresolvable-excludes-nothing"),
        pytest.param(Resources(negated=True, entries=(Unmatchable(text="b"),)), True, id="L9/unmatchable-excludes-nothing"),
        pytest.param(Resources(entries=()), False, id="G10/no-resource-entry"),
        pytest.param(Resources(negated=True, entries=()), True, id="G10/no-not-resource-entry"),
    ],
)
def test_list(resources: Resources, want: bool) -> None:
    assert resource_matches(resources, PolicyType.IDENTITY, "arn:aws:s3:::b", {}) is want


TAGGED: Final = arn("aws", "s3", "", "", (TAG,))
OR_C: Final = arn("aws", "s3", "", "", (Variable(key="aws:PrincipalTag/t", default="c"),))
IN_REGION: Final = arn("aws", "s3", (TAG,), "", "*")
C: Final = arn("aws", "s3", "", "", "c")


@pytest.mark.parametrize(
    ("entries", "context", "allows", "denies"),
    [
        pytest.param((TAGGED,), {}, False, True, id="R10/no-value"),
        pytest.param((C, TAGGED), {}, False, True, id="R10/one-of-two"),
        pytest.param((TAGGED, C), {}, False, True, id="R10/the-first-of-two"),
        pytest.param((TAGGED,), {TAG_KEY: ""}, False, True, id="R10/empty-value"),
        pytest.param((TAGGED,), {TAG_KEY: ("c",)}, False, True, id="V8/list"),
        pytest.param((TAGGED,), {TAG_KEY: "c"}, True, True, id="R10/value"),
        pytest.param((TAGGED,), {TAG_KEY: "b"}, False, False, id="R10/value-that-excludes"),
        pytest.param((OR_C,), {}, True, True, id="V4/default"),
        pytest.param((IN_REGION,), {}, False, True, id="R10/no-value-in-a-field"),
        pytest.param((IN_REGION,), {TAG_KEY: "r:x"}, True, True, id="V9/a-value-with-a-colon-is-a-value"),
        pytest.param((Unmatchable(text="${a:b}"),), {}, True, True, id="L9/unmatchable"),
        pytest.param((AnyResource(text="*"),), {}, False, False, id="R2/any"),
    ],
)
def test_r10_not_resource_with_a_variable(entries: tuple[ResourceEntry, ...], context: Context, allows: bool, denies: bool) -> None:
    resources = Resources(negated=True, entries=entries)
    given: dict[str, JsonValue] = {key: list(value) if isinstance(value, tuple) else value for key, value in context.items()}
    asked = read_request(request(resource="arn:aws:s3:::b", context=given))
    found = [resource_holds(statement(effect, on=resources), PolicyType.IDENTITY, asked) for effect in Effect]
    assert found == [allows, denies]


def test_r10_is_about_not_resource_only() -> None:
    asked = read_request(request(resource="arn:aws:s3:::c"))
    either = allow(on=Resources(entries=(TAGGED, C)))
    assert resource_holds(either, PolicyType.IDENTITY, asked)


def test_not_resource_reaches_a_request_for_star() -> None:
    assert resource_matches(Resources(negated=True, entries=(arn("aws", "s3", "", "", "*"),)), PolicyType.IDENTITY, "*", {})
