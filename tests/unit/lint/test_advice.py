"""Findings whose place is a part of a statement: what is found, at which character, in both modes."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.ir.policy import Kind
from tests.support.marked_policies import findings

Judge = Callable[..., Any]


def policy(members: str, version: str = "2012-10-17") -> str:
    return f'{{"Version": "{version}", "Statement": {{{members}}}}}'


def action(entries: str, member: str = "Action") -> str:
    return policy(f'"Effect": "Deny", "{member}": {entries}, "Resource": "*"')


def resource(entries: str) -> str:
    return policy(f'"Effect": "Allow", "Action": "s3:GetObject", "Resource": {entries}')


def condition(block: str) -> str:
    return policy(f'"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {block}')


def key(marked: str, operator: str = "StringEquals") -> str:
    return condition(f'{{"{operator}": {{{marked}: "a"}}}}')


def sid(marked: str) -> str:
    return policy(f'"Sid": {marked}, "Effect": "Deny", "Action": "s3:*", "Resource": "*"')


def principal(marked: str, effect: str = "Deny", member: str = "Principal") -> str:
    mark = "⟨IAM831 notice⟩" if member == "NotPrincipal" else ""
    return policy(f'"Effect": "{effect}", {mark}"{member}": {marked}, "Action": "sts:*"')


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(sid('⟨IAM110 warning⟩""'), id="G6/empty"),
        pytest.param(sid('"A"'), id="G6/name"),
        pytest.param(action('⟨IAM203 warning⟩"*:Get*"'), id="A5/star-service"),
        pytest.param(action('⟨IAM203 warning⟩"s?:Get"'), id="A5/question-mark-in-the-service"),
        pytest.param(action('"*"'), id="A2/star"),
        pytest.param(action('⟨IAM204 warning⟩"s3:"'), id="A6/no-name"),
        pytest.param(action('⟨IAM203 warning⟩⟨IAM204 warning⟩"*:"'), id="A6/no-name-of-any-service"),
        pytest.param(action('⟨IAM204 warning⟩"s3:GetObject "'), id="A6/space-after"),
        pytest.param(action('⟨IAM204 warning⟩"s3: GetObject"'), id="A6/space-inside"),
        pytest.param(action('⟨IAM204 warning⟩"s3:GetObject\\n"'), id="A6/line-break-after"),
        pytest.param(action('["s3:A", ⟨IAM204 warning⟩"s3:"]', "NotAction"), id="A8/each-entry-of-not-action"),
        pytest.param(resource('"arn:aws:kms:*:⟨IAM207 warning⟩${aws:PrincipalAccount}:key/*"'), id="R9/variable-in-the-account"),
        pytest.param(resource('"arn:⟨IAM207 warning⟩${a:b}:⟨IAM207 warning⟩${saml:d}:::${saml:f}"').replace("a:b", "saml:b"), id="R9/two"),
        pytest.param(condition("⟨IAM304 warning⟩{}"), id="G12/empty-block"),
        pytest.param(condition('{"StringEquals": ⟨IAM304 warning⟩{}}'), id="G12/operator-without-keys"),
        pytest.param(condition('{"StringLikes": {}}'), id="G12/unknown-operator-that-tests-nothing"),
        pytest.param(condition('{⟨IAM302 warning⟩"stringequals": {"k:v": "a"}}'), id="G13/operator"),
        pytest.param(condition('{⟨IAM302 warning⟩"StringEqualsifexists": {"k:v": "a"}}'), id="G13/suffix"),
        pytest.param(condition('{⟨IAM302 warning⟩"foranyvalue:StringEquals": {"k:v": "a"}}'), id="G13/qualifier"),
        pytest.param(
            condition('{"StringEquals": {"k:v": "a"}, ⟨IAM302 warning⟩"STRINGEQUALS": {⟨IAM507 warning⟩"k:v": "b"}}'),
            id="G13/two-spellings",
        ),
        pytest.param(condition('{"ForAllValues:Null": {⟨IAM308 security⟩"k:v": "true"}}'), id="C11/for-all-values"),
        pytest.param(condition('{"ForAnyValue:Null": {⟨IAM308 security⟩"aws:TagKeys": "true"}}'), id="C11/for-any-value"),
        pytest.param(condition('{"Null": {"aws:TagKeys": "true"}}'), id="C11/null"),
        pytest.param(key('⟨IAM306 warning⟩"username"'), id="C25/no-colon"),
        pytest.param(key('⟨IAM306 warning⟩""'), id="C25/empty"),
        pytest.param(key('⟨IAM306 warning⟩"aws:RequestTag"'), id="C25/no-tag"),
        pytest.param(key('⟨IAM306 warning⟩"AWS:requesttag/"'), id="C25/empty-tag"),
        pytest.param(key('⟨IAM306 warning⟩"ec2:ResourceTag/"'), id="C25/tag-of-a-service"),
        pytest.param(key('"ec2:ResourceTag/a"'), id="C25/tag"),
        pytest.param(key('⟨IAM307 warning⟩"aws:TagKeys"'), id="C26/many-values"),
        pytest.param(key('⟨IAM307 warning⟩"AWS:tagkeys"'), id="C26/many-values-in-other-case"),
        pytest.param(key('"s3:prefix"'), id="C26/key-of-a-service"),
        pytest.param(key('⟨IAM308 security⟩"aws:UserName"', "ForAnyValue:StringEquals"), id="C26/single"),
        pytest.param(key('⟨IAM308 security⟩"aws:ResourceTag/Owner"', "ForAllValues:StringEquals"), id="C26/tag"),
        pytest.param(key('⟨IAM306 warning⟩"username"', "ForAllValues:StringEquals"), id="C25/no-colon-under-a-set-operator"),
        pytest.param(key('"aws:TagKeys"', "ForAllValues:StringEquals"), id="C26/list"),
        pytest.param(resource('"arn:aws:s3:::⟨IAM403 warning⟩${aws:username}"').replace('"2012', '⟨IAM116 notice⟩"2008'), id="V1/2008"),
        pytest.param(resource('"arn:aws:s3:::⟨IAM403 warning⟩${"').replace('"2012', '⟨IAM116 notice⟩"2008'), id="V1/unclosed-under-2008"),
        pytest.param(
            condition('{"StringEquals": {"k:v": "⟨IAM403 warning⟩${*}"}}').replace('"2012', '⟨IAM116 notice⟩"2008'),
            id="V1/escape-under-2008",
        ),
        pytest.param(resource('"arn:aws:s3:::${*}"'), id="V5/escape"),
    ],
)
def test_identity_policies(marked: str, judge: Judge) -> None:
    judged = judge(marked)
    assert judged.found == judged.wanted


@pytest.mark.parametrize(
    ("kind", "marked"),
    [
        pytest.param(Kind.RESOURCE, principal("⟨IAM214 warning⟩{}"), id="G15/nobody"),
        pytest.param(Kind.RESOURCE, principal("⟨IAM214 warning⟩{}", member="NotPrincipal"), id="G15/all-but-nobody"),
        pytest.param(Kind.TRUST, principal('⟨IAM215 warning⟩"*"', "Allow"), id="G21/star"),
        pytest.param(Kind.TRUST, principal('⟨IAM215 warning⟩{"AWS": ["*"]}', "Allow"), id="G21/aws-star"),
        pytest.param(Kind.TRUST, principal('"*"'), id="G21/deny"),
        pytest.param(
            Kind.TRUST,
            policy('"Sid": ⟨IAM110 notice⟩"", "Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": "sts:*"'),
            id="G6/as-the-console-writes-it",
        ),
        pytest.param(Kind.RESOURCE, principal('⟨IAM830 security⟩"*"', "Allow"), id="G21/another-resource"),
    ],
)
def test_principals(kind: Kind, marked: str, judge: Judge) -> None:
    judged = judge(marked, kind)
    assert judged.found == judged.wanted


def of_size(size: int, kind: Kind) -> str:
    text = policy(f'"Effect": "Deny", {NAMED.get(kind, "")}"Action": "s3:*", "Condition": {{"Null": {{"k:": "true"}}}}, "Resource": "*"')
    text = text if kind is not Kind.TRUST else text.replace(', "Resource": "*"', "")
    spare = 0 if kind in (Kind.SERVICE_CONTROL, Kind.RESOURCE_CONTROL, Kind.VPC_ENDPOINT) else text.count(" ")
    return text.replace('"k:', '"k:' + "x" * (size - len(text) + spare))


NAMED = {
    Kind.TRUST: '"Principal": {"AWS": "111122223333"}, ',
    Kind.RESOURCE: '"Principal": {"AWS": "111122223333"}, ',
    Kind.RESOURCE_CONTROL: '"Principal": "*", ',
    Kind.VPC_ENDPOINT: '"Principal": "*", ',
}


@pytest.mark.parametrize(
    ("kind", "most"),
    [
        (Kind.IDENTITY, 6_144),
        (Kind.PERMISSIONS_BOUNDARY, 6_144),
        (Kind.SESSION, 2_048),
        (Kind.TRUST, 2_048),
        (Kind.SERVICE_CONTROL, 5_120),
        (Kind.RESOURCE_CONTROL, 5_120),
        (Kind.VPC_ENDPOINT, 20_480),
    ],
)
def test_size(kind: Kind, most: int, judge: Judge) -> None:
    """G18."""
    fits, larger = judge(of_size(most, kind), kind), judge("⟨IAM113 notice⟩" + of_size(most + 1, kind), kind)
    assert (fits.found, larger.found) == (fits.wanted, larger.wanted)


def test_white_space_counts_in_strings_only(judge: Judge) -> None:
    """G18."""
    outside, inside = resource('"*"') + " " * 7_000, condition('{"StringEquals": {"k:v": "' + " " * 6_144 + '"}}')
    judged = judge("⟨IAM113 notice⟩" + inside)
    assert judge(outside.replace('"Effect"', " " * 7_000 + '"Effect"')).found == {"default": [], "lenient": []}
    assert judged.found == judged.wanted


def test_every_resource_has_a_quota_of_its_own(judge: Judge) -> None:
    assert judge(of_size(30_000, Kind.RESOURCE), Kind.RESOURCE).found == {"default": [], "lenient": []}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param(action('"s3:"'), "did you mean `s3:*`?", id="A6/no-name"),
        pytest.param(condition('{"stringequals": {"k:v": "a"}}'), "write `StringEquals`", id="G13/spelling"),
        pytest.param(key('"username"'), "a condition key has the form `service:Name`, such as `aws:username`", id="C25/no-colon"),
        pytest.param(key('"aws:RequestTag"'), "write `aws:RequestTag/<name of the tag>`", id="C25/no-tag"),
        pytest.param(key('"aws:TagKeys"'), "use `ForAnyValue:StringEquals` or `ForAllValues:StringEquals`", id="C26/no-set-operator"),
        pytest.param(key('"aws:username"', "ForAllValues:StringEquals"), "remove the set operator", id="C26/set-operator"),
    ],
)
def test_hint(text: str, hint: str, hints: Callable[[str], list[str]]) -> None:
    assert hints(text) == [hint]


@pytest.mark.parametrize(
    ("resources", "ends"),
    [
        pytest.param("\"arn:aws:${saml:a, 'b'}:::c\"", [10, 24], id="R9/variable-in-an-early-field"),
        pytest.param('"arn:aws:s3:::${aws:usernam}d"', [15, 29], id="V7/variable"),
        pytest.param('"\\u0061rn:aws:s3:::${aws:usernam}d"', [20, 34], id="V7/after-an-escape"),
    ],
)
def test_a_variable_is_marked_whole(resources: str, ends: list[int]) -> None:
    (found,) = findings(policy(f'"Effect": "Deny", "Action": "*", "Resource":\n{resources}'), Kind.IDENTITY, False, {})
    assert found.span
    assert [found.span.line, found.span.column, found.span.end_column] == [2, *ends]
