"""Resource entries (R2 to R9, V9, G17, L9): what is wrong with them, and how they are split."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.ir.pattern import AnyOne, AnyResource, AnyRun, ArnPattern, Pattern, ResourceEntry, Text, Unmatchable, Variable
from iam2rego.ir.policy import Document

Judge = Callable[..., Any]
Read = Callable[..., Document]
Hints = Callable[[str], list[str]]

STAR, ONE = AnyRun(), AnyOne()


def policy(resource: str, member: str = "Resource") -> str:
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "*", "{member}": {resource}}}}}'


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(policy('"*"'), id="R2/star"),
        pytest.param(policy('"***"'), id="R2/stars"),
        pytest.param(policy('⟨IAM205 lenient⟩""'), id="G17/empty"),
        pytest.param(policy('⟨IAM205 lenient⟩"b/*"'), id="G17/path"),
        pytest.param(policy('⟨IAM205 lenient⟩"*/x"'), id="G17/star-and-more"),
        pytest.param(policy('⟨IAM205 lenient⟩"?"'), id="G17/question-mark"),
        pytest.param(policy('⟨IAM205 lenient⟩"arn"'), id="G17/arn-without-colon"),
        pytest.param(policy('⟨IAM205 lenient⟩"ARN:aws:s3:::b"'), id="G17/arn-in-upper-case"),
        pytest.param(policy('⟨IAM205 lenient⟩"ar?:aws:s3:::b"'), id="G17/wildcard-in-arn"),
        pytest.param(policy('⟨IAM205 lenient⟩" arn:aws:s3:::b"'), id="G17/space-before"),
        pytest.param(policy('⟨IAM205 lenient⟩"${aws:username}"'), id="G17/only-a-variable"),
        pytest.param(policy('⟨IAM205 lenient⟩"${*}"'), id="G17/only-an-escape"),
        pytest.param(policy('⟨IAM208 warning⟩"arn:"'), id="R5/arn-and-a-colon"),
        pytest.param(policy('⟨IAM208 warning⟩"arn:aws:s3"'), id="R5/short"),
        pytest.param(policy('"arn:aws:s3:::b/*"'), id="R3/full"),
        pytest.param(policy('"arn:aws:logs:::g:*:x:y"'), id="R3/colons-in-the-last-field"),
        pytest.param(policy('"arn:*:*:*:*:*/x"'), id="R15/wildcards"),
        pytest.param(policy('"arn:aws:s3:::b/${aws:username}/${*}"'), id="R9/variable-in-the-last-field"),
        pytest.param(policy('"arn:aws:kms:*:${aws:PrincipalAccount}:key/*"'), id="R9/variable-in-the-account"),
        pytest.param(policy('"arn:${a:b}:${c:d}:::${e:f}"'), id="R9/two-variables-before-the-last-field"),
        pytest.param(policy('"arn:${*}:s3:::b"'), id="R9/escape-is-no-variable"),
        pytest.param(policy(f'"arn:aws:s3:::b/{"*x" * 12}${{aws:username}}"'), id="V6/twelve-stars-and-a-variable"),
        pytest.param(policy(f'⟨IAM409⟩"arn:aws:s3:::b/{"*x" * 13}${{aws:username}}"'), id="V6/thirteen-stars-and-a-variable"),
        pytest.param(policy(f'"arn:aws:s3:::b/{"*x" * 11}***${{aws:username}}"'), id="V6/stars-in-a-row-are-one"),
        pytest.param(policy(f'⟨IAM208 warning⟩⟨IAM409⟩"arn:aws:${{aws:PrincipalTag/s}}{"*x" * 10}"'), id="R5/completed-with-three-stars"),
        pytest.param(policy(f'"arn:aws:s3:::b/{"*x" * 40}"'), id="R6/many-stars-without-a-variable"),
        pytest.param(policy(f'"arn:aws:s3:{"*x" * 12}::b/*"'), id="R7/twelve-stars-in-a-field"),
        pytest.param(policy(f'⟨IAM409⟩"arn:aws:s3:{"*x" * 13}::b/*"'), id="R7/thirteen-stars-in-a-field"),
        pytest.param(policy('["*", ⟨IAM205 lenient⟩"b", ⟨IAM205 lenient⟩"c"]', "NotResource"), id="R10/each-entry-of-not-resource"),
    ],
)
def test_problems(marked: str, judge: Judge) -> None:
    judged = judge(marked)
    assert judged.found == judged.wanted


def pattern(*parts: str | AnyRun | AnyOne | Variable) -> Pattern:
    return tuple(Text(text=part) if isinstance(part, str) else part for part in parts)


def arn(text: str, *fields: str | Pattern) -> ArnPattern:
    """An ARN by its fields after the first; a text is a literal field, an empty one has no segments."""
    patterns = tuple(field if isinstance(field, tuple) else pattern(*[field] if field else []) for field in fields)
    return ArnPattern(text=text, fields=(pattern("arn"), *patterns))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("*", AnyResource(text="*"), id="R2/star"),
        pytest.param("**", AnyResource(text="**"), id="R2/stars"),
        pytest.param("arn:aws:s3:::b/k", arn("arn:aws:s3:::b/k", "aws", "s3", "", "", "b/k"), id="R4/empty-fields"),
        pytest.param("arn:aws:a:b:c:d:e:f", arn("arn:aws:a:b:c:d:e:f", "aws", "a", "b", "c", "d:e:f"), id="R3/colons-in-the-last-field"),
        pytest.param("arn:aws:s3:::", arn("arn:aws:s3:::", "aws", "s3", "", "", ""), id="R4/empty-last-field"),
        pytest.param("arn:", arn("arn:", ""), id="R5/two-fields"),
        pytest.param("arn:aws:sqs", arn("arn:aws:sqs", "aws", "sqs"), id="R5/three-fields"),
        pytest.param("arn:aws:s3:*", arn("arn:aws:s3:*", "aws", "s3", pattern(STAR)), id="R5/star-at-the-end"),
        pytest.param(
            "arn:aws:s3:::a*?:*",
            arn("arn:aws:s3:::a*?:*", "aws", "s3", "", "", pattern("a", STAR, ONE, ":", STAR)),
            id="R6/wildcards",
        ),
        pytest.param(
            "arn:aws:a:b*:*:c", arn("arn:aws:a:b*:*:c", "aws", "a", pattern("b", STAR), pattern(STAR), "c"), id="R7/in-early-fields"
        ),
        pytest.param("arn:aws:S3:::B", arn("arn:aws:S3:::B", "aws", "S3", "", "", "B"), id="R8/case-is-kept"),
        pytest.param(
            "arn:aws:s3:::a%20//../b", arn("arn:aws:s3:::a%20//../b", "aws", "s3", "", "", "a%20//../b"), id="R13/nothing-is-cleaned"
        ),
        pytest.param(
            "arn:aws:iam::${k:v}:x",
            arn("arn:aws:iam::${k:v}:x", "aws", "iam", "", pattern(Variable(key="k:v")), "x"),
            id="R3/colon-in-a-variable",
        ),
        pytest.param(
            "arn:aws:iam::${k:v, 'a:b'}:x",
            arn("arn:aws:iam::${k:v, 'a:b'}:x", "aws", "iam", "", pattern(Variable(key="k:v", default="a:b")), "x"),
            id="V9/colon-in-a-default",
        ),
        pytest.param("b/*", Unmatchable(text="b/*"), id="L9/no-arn"),
        pytest.param("${a:b}", Unmatchable(text="${a:b}"), id="L9/variable"),
        pytest.param("", Unmatchable(text=""), id="L9/empty"),
    ],
)
def test_meaning(text: str, want: ResourceEntry, read: Read) -> None:
    (statement,) = read(policy(f'"{text}"'), lenient=True).statements
    assert statement.resources.entries == (want,)


@pytest.mark.parametrize(
    ("member", "negated"), [pytest.param("Resource", False, id="R10/resource"), pytest.param("NotResource", True, id="R10/not")]
)
def test_negation(member: str, negated: bool, read: Read) -> None:
    (statement,) = read(policy('"*"', member)).statements
    assert statement.resources.negated is negated


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("Arn:aws:s3:::b", "write `arn` in lower case", id="G17/case"),
        pytest.param("b", "a resource is `*` or an ARN: `arn:partition:service:region:account:resource`", id="G17/form"),
    ],
)
def test_hint(text: str, hint: str, hints: Hints) -> None:
    assert hints(policy(f'"{text}"')) == [hint]
