"""Patterns flattened: what a segment may match in its place (R5, R7, V9, C22)."""

import pytest

from iam2rego.ir.pattern import AnyOne, AnyRun, Pattern, Text, Variable
from iam2rego.ir.policy import PolicyType
from iam2rego.rego.reading.pieces import Fixed, Hole, One, Pieces, Run, of_arn, of_resource, of_text

STAR, ONE, KEY, WITH_DEFAULT = AnyRun(), AnyOne(), Variable(key="k:v"), Variable(key="k:v", default="d")
INSIDE, CROSSES, ONE_INSIDE = Run(crosses=False), Run(crosses=True), One(crosses=False)
EMPTY: Pattern = ()


def text(words: str) -> Text:
    return Text(text=words)


ARN, AWS, S3, NAME = (text("arn"),), (text("aws"),), (text("s3"),), (text("b"),)


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        pytest.param((), (), id="C13/empty"),
        pytest.param((text("a:b"),), (Fixed("a:b"),), id="C13/text"),
        pytest.param((text("a"), STAR, ONE), (Fixed("a"), CROSSES, One(crosses=True)), id="A3/wildcards-match-everything"),
        pytest.param((STAR, STAR, text("a"), STAR), (CROSSES, Fixed("a"), CROSSES), id="A3/adjacent-stars-are-one"),
        pytest.param((KEY, WITH_DEFAULT), (Hole("k:v", None), Hole("k:v", "d")), id="V4/variables-are-not-bounded"),
        pytest.param((Variable(key="K:V", default="D"),), (Hole("k:v", "D"),), id="N1/keys-are-folded-and-defaults-are-not"),
    ],
)
def test_of_text(pattern: Pattern, want: Pieces) -> None:
    assert of_text(pattern) == want


@pytest.mark.parametrize(
    ("fields", "want"),
    [
        pytest.param((ARN, AWS, S3, EMPTY, EMPTY, NAME), (Fixed("arn:aws:s3:::b"),), id="R4/empty-fields-are-literal"),
        pytest.param(
            (ARN, AWS, S3, EMPTY, EMPTY, (STAR, text("/"), ONE, STAR)),
            (Fixed("arn:aws:s3:::"), CROSSES, Fixed("/"), One(crosses=True), CROSSES),
            id="R7/wildcards-of-the-last-field-cross",
        ),
        pytest.param(
            (ARN, AWS, S3, (text("us-"), STAR), EMPTY, NAME), (Fixed("arn:aws:s3:us-"), CROSSES, Fixed("::b")), id="R7/last-of-its-field"
        ),
        pytest.param(
            (ARN, AWS, S3, (STAR, text("1")), EMPTY, NAME), (Fixed("arn:aws:s3:"), INSIDE, Fixed("1::b")), id="R7/not-last-of-its-field"
        ),
        pytest.param(
            (ARN, AWS, S3, (text("us"), ONE), EMPTY, NAME), (Fixed("arn:aws:s3:us"), ONE_INSIDE, Fixed("::b")), id="R7/question-mark"
        ),
        pytest.param(
            (ARN, AWS, S3, (STAR, STAR), EMPTY, NAME), (Fixed("arn:aws:s3:"), CROSSES, Fixed("::b")), id="R7/two-stars-cross-if-one-does"
        ),
        pytest.param(
            (ARN, AWS, S3, EMPTY, (KEY,), (KEY,)),
            (Fixed("arn:aws:s3::"), Hole("k:v", None, bounded=True), Fixed(":"), Hole("k:v", None)),
            id="V9/variables-are-bounded-but-in-the-last-field",
        ),
        pytest.param(
            (ARN, AWS, S3),
            (Fixed("arn:aws:s3:"), CROSSES, Fixed(":"), CROSSES, Fixed(":"), CROSSES),
            id="R5/missing-fields-are-stars",
        ),
        pytest.param((ARN, (STAR,)), (Fixed("arn:"), *(CROSSES, Fixed(":")) * 4, CROSSES), id="R5/short-with-star"),
    ],
)
def test_of_resource(fields: tuple[Pattern, ...], want: Pieces) -> None:
    assert of_resource(fields, PolicyType.IDENTITY) == want


SHORT, STAR_INSIDE, STAR_LAST = (ARN, AWS, S3), (ARN, (STAR,), S3), (ARN, AWS, S3, (STAR,))
EMPTY_LAST, LITERAL_STAR = (ARN, (STAR,), S3, EMPTY), (ARN, AWS, (text("s*"),))
OF_CALLERS = (PolicyType.IDENTITY, PolicyType.SESSION, PolicyType.PERMISSIONS_BOUNDARY)
OF_RESOURCES = (PolicyType.RESOURCE, PolicyType.VPC_ENDPOINT)


@pytest.mark.parametrize(
    ("fields", "completing"),
    [
        pytest.param(SHORT, OF_CALLERS, id="R5/no-star"),
        pytest.param(LITERAL_STAR, OF_CALLERS, id="R5/a-literal-star-is-none"),
        pytest.param(STAR_INSIDE, (*OF_CALLERS, *OF_RESOURCES), id="R5/star-but-not-last"),
        pytest.param(EMPTY_LAST, (*OF_CALLERS, *OF_RESOURCES), id="R5/star-before-an-empty-field"),
        pytest.param(STAR_LAST, (*OF_CALLERS, *OF_RESOURCES, PolicyType.SERVICE_CONTROL), id="R5/star-last"),
        pytest.param((*SHORT, EMPTY, EMPTY, NAME), tuple(PolicyType), id="R5/not-short"),
    ],
)
def test_short_arns_match_in_some_types_of_policy(fields: tuple[Pattern, ...], completing: tuple[PolicyType, ...]) -> None:
    assert {each for each in PolicyType if of_resource(fields, each) is not None} == set(completing)


@pytest.mark.parametrize(
    ("fields", "want"),
    [
        pytest.param(
            (ARN, AWS, S3, (STAR,), (ONE,), (STAR,)),
            (Fixed("arn:aws:s3:"), INSIDE, Fixed(":"), ONE_INSIDE, Fixed(":"), CROSSES),
            id="C22/wildcards-stay-inside-but-in-the-last-field",
        ),
        pytest.param(
            (ARN, AWS, S3, EMPTY, (WITH_DEFAULT,), NAME),
            (Fixed("arn:aws:s3::"), Hole("k:v", "d", bounded=True), Fixed(":b")),
            id="V9/variables-are-bounded",
        ),
    ],
)
def test_of_arn(fields: tuple[Pattern, ...], want: Pieces) -> None:
    assert of_arn(fields) == want
