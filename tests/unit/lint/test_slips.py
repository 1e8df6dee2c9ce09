"""Slips that lose a statement in silence: variables that never have a value (V7, V8), and tokens of templates."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.support.marked_policies import Problem

Judge = Callable[..., Any]
Hints = Callable[..., list[str]]
Messages = Callable[..., list[str]]


def slips(found: Mapping[str, list[Problem]]) -> Mapping[str, list[Problem]]:
    """Return the findings about variables and tokens; the keys of some of these conditions have other findings, too."""
    return {mode: [each for each in problems if each[3].startswith("IAM4")] for mode, problems in found.items()}


def resource(text: str, version: str = "2012-10-17") -> str:
    return f'{{"Version": "{version}", "Statement": {{"Effect": "Deny", "Action": "s3:*", "Resource": "{text}"}}}}'


def condition(operator: str, key: str, value: str) -> str:
    block = f'"Condition": {{"{operator}": {{"{key}": {value}}}}}'
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "Deny", "Action": "s3:*", "Resource": "*", {block}}}}}'


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${bucket_name}/*"), id="V7/no-colon"),
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${a}/⟨IAM406 warning⟩${b}"), id="V7/two"),
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${bucket, 'b'}"), id="V4/with-a-default"),
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${AWS::AccountId}"), id="V7/pseudo-parameter"),
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${aws:usernam}"), id="V7/misspelled"),
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${aws:PrincipalTag}"), id="V7/tag-without-slash"),
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${aws:PrincipalTag/}"), id="V7/tag-without-name"),
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${STAGE:-dev}"), id="V7/shell"),
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${ssm:/bucket}"), id="V7/path"),
        pytest.param(resource("arn:aws:s3:::⟨IAM406 warning⟩${file(a.yml):b}"), id="V7/call"),
        pytest.param(resource("arn:aws:s3:::${aws:username}"), id="V7/global"),
        pytest.param(resource("arn:aws:s3:::${AWS:UserName}"), id="V3/any-case"),
        pytest.param(resource("arn:aws:s3:::${aws:PrincipalTag/team:lead}"), id="V7/tag"),
        pytest.param(resource("arn:aws:s3:::${s3:ExistingObjectTag/a}"), id="V7/service"),
        pytest.param(resource("arn:aws:s3:::${saml:sub}"), id="V7/saml"),
        pytest.param(resource("arn:aws:s3:::${accounts.google.com:sub}"), id="V7/provider"),
        pytest.param(resource("arn:aws:s3:::${oidc.eks.eu-west-1.amazonaws.com/id/A1:sub}"), id="V7/provider-with-a-path"),
        pytest.param(resource("arn:aws:s3:::${*}${?}${$}"), id="V5/escapes"),
        pytest.param(resource("arn:aws:s3:::⟨IAM403 warning⟩${bucket}", "2008-10-17"), id="V1/2008"),
        pytest.param(condition("StringLike", "s3:prefix", '"⟨IAM406 warning⟩${user}/*"'), id="V7/text"),
        pytest.param(condition("ArnLike", "aws:SourceArn", '"arn:aws:s3:::⟨IAM406 warning⟩${bucket}"'), id="V7/arn"),
        pytest.param(resource("arn:aws:s3:::⟨IAM408 warning⟩${aws:TagKeys}"), id="V8/resource"),
        pytest.param(condition("StringEquals", "s3:prefix", '"⟨IAM408 warning⟩${aws:CalledVia}"'), id="V8/value"),
        pytest.param(condition("StringEquals", "s3:prefix", '"${aws:CalledViaFirst}"'), id="V8/no-list"),
        pytest.param(condition("StringEquals", "s3:prefix", '"⟨IAM408 warning⟩${aws:VpceOrgPaths}"'), id="C26/vpce-org-paths"),
    ],
)
def test_variables(marked: str, judge: Judge) -> None:
    judged = judge(marked)
    assert slips(judged.found) == judged.wanted


@pytest.mark.parametrize(
    ("variable", "hint"),
    [
        pytest.param("bucket_name", "Terraform or another template writes variables like this", id="snake-case"),
        pytest.param("var.bucket", "Terraform writes variables like this", id="terraform-variable"),
        pytest.param("aws_s3_bucket.logs.arn", "Terraform writes variables like this", id="terraform-resource"),
        pytest.param("AWS::AccountId", "CloudFormation writes variables like this", id="pseudo-parameter"),
        pytest.param("Bucket.Arn", "CloudFormation writes variables like this", id="attribute"),
        pytest.param("BucketName", "CloudFormation writes variables like this", id="parameter"),
        pytest.param("BUCKET_NAME", "a shell writes variables like this", id="shell"),
        pytest.param("STAGE:-dev", "a shell writes variables like this", id="shell-default"),
        pytest.param("aws:accountId", "the Serverless Framework writes variables like this", id="serverless"),
        pytest.param("aws:usernam", "did you mean `${aws:username}`?", id="typo"),
        pytest.param("aws:PrincipleAccount", "did you mean `${aws:PrincipalAccount}`?", id="another-typo"),
        pytest.param("aws:PrincipalTags/team", "did you mean `${aws:PrincipalTag/team}`?", id="tag-typo"),
        pytest.param("aws:PrincipalTag", "did you mean `${aws:PrincipalTag/<name of the tag>}`?", id="no-tag"),
        pytest.param("username", "did you mean `${aws:username}`?", id="no-prefix"),
        pytest.param("PrincipalTag/team", "did you mean `${aws:PrincipalTag/team}`?", id="tag-without-prefix"),
        pytest.param("aws:quux", "a variable is a condition key: AWS has no global key of that name", id="far-off"),
        pytest.param("ssm:/a", "a variable is a condition key: `service:Name`", id="no-key"),
    ],
)
def test_the_likely_cause_is_told(variable: str, hint: str, hints: Hints) -> None:
    (found,) = hints(resource(f"arn:aws:s3:::${{{variable}}}/*"))
    assert found.startswith(hint)


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        pytest.param(
            resource("arn:aws:s3:::${bucket_name}/*"),
            "`${bucket_name}` is not an IAM variable and never has a value, so this entry matches nothing",
            id="entry",
        ),
        pytest.param(
            condition("StringEquals", "s3:prefix", '"${user}"'),
            "`${user}` is not an IAM variable and never has a value, so this value matches nothing",
            id="value",
        ),
        pytest.param(
            resource("arn:aws:s3:::${bucket, 'b'}"),
            "`${bucket}` is not an IAM variable and never has a value, so it always has its default",
            id="default",
        ),
        pytest.param(
            resource("arn:aws:s3:::${aws:TagKeys}"),
            "`${aws:TagKeys}` is a list, which cannot be the value of a variable, so this entry matches nothing",
            id="list",
        ),
        pytest.param(
            condition("StringEquals", "aws:PrincipalAccount", '"${aws:username}"'),
            "`aws:PrincipalAccount` is an account id and `${aws:username}` is a user name, so the two are hardly ever equal",
            id="kinds",
        ),
        pytest.param(resource("arn:aws:s3:::{{bucket}}"), "`{{bucket}}` is ordinary text to IAM, which never replaces it", id="token"),
    ],
)
def test_what_is_lost_is_told(policy: str, message: str, messages: Messages) -> None:
    assert message in messages(policy)


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        pytest.param("StringEquals", "aws:PrincipalAccount", '⟨IAM408 warning⟩"${aws:username}"', id="account-and-name"),
        pytest.param("StringNotEquals", "AWS:principalaccount", '⟨IAM408 warning⟩"${aws:PrincipalOrgID}"', id="negated-in-other-case"),
        pytest.param("StringLike", "aws:RequestedRegion", '["eu-*", ⟨IAM408 warning⟩"${aws:SourceVpc}"]', id="second-of-two"),
        pytest.param("StringEquals", "aws:SourceVpc", '⟨IAM408 warning⟩"${aws:SourceVpce}"', id="network-and-endpoint"),
        pytest.param("StringEquals", "aws:RequestedRegion", '⟨IAM408 warning⟩"${aws:SecureTransport}"', id="region-and-boolean"),
        pytest.param("StringEquals", "aws:ResourceAccount", '"${aws:PrincipalAccount}"', id="two-accounts"),
        pytest.param("StringEquals", "aws:PrincipalAccount", '"${aws:PrincipalTag/account}"', id="account-and-tag"),
        pytest.param("StringEquals", "aws:PrincipalTag/name", '"${aws:username}"', id="tag-and-name"),
        pytest.param("StringEquals", "aws:SourceIdentity", '"${aws:username}"', id="text-and-name"),
        pytest.param("StringEquals", "aws:PrincipalAccount", '"a${aws:username}"', id="more-than-the-variable"),
        pytest.param("StringEquals", "aws:PrincipalAccount", "\"${aws:username, '1'}\"", id="default"),
        pytest.param("StringEquals", "ec2:Vpc", '"${aws:username}"', id="key-of-a-service"),
        pytest.param("ForAnyValue:StringEquals", "aws:CalledVia", '"${aws:PrincipalServiceName}"', id="list"),
    ],
)
def test_a_variable_that_the_key_never_holds(operator: str, key: str, value: str, judge: Judge) -> None:
    judged = judge(condition(operator, key, value))
    assert slips(judged.found) == judged.wanted


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(resource("arn:aws:s3:::⟨IAM407 warning⟩{{bucket}}/*"), id="mustache"),
        pytest.param(resource("arn:aws:s3:::⟨IAM407 warning⟩{{ bucket }}/{{ b }}"), id="first-of-two"),
        pytest.param(resource("arn:aws:s3:::⟨IAM407 warning⟩{{resolve:ssm:bucket}}"), id="dynamic-reference"),
        pytest.param(resource("arn:aws:s3:::⟨IAM407 warning⟩{% if x %}"), id="jinja-statement"),
        pytest.param(resource("arn:aws:s3:::⟨IAM407 warning⟩<%= bucket %>"), id="erb"),
        pytest.param(resource("arn:aws:s3:::⟨IAM407 warning⟩%{ if x }"), id="terraform-directive"),
        pytest.param(resource("arn:aws:s3:::⟨IAM407 warning⟩#{Bucket}"), id="octopus"),
        pytest.param(resource("arn:aws:s3:::⟨IAM407 warning⟩$(bucket)"), id="pipeline"),
        pytest.param(condition("StringEquals", "s3:prefix", '"⟨IAM407 warning⟩{{user}}"'), id="value"),
        pytest.param(resource("*").replace("s3:*", "s3:⟨IAM407 warning⟩{{verb}}Object"), id="action"),
        pytest.param(resource("arn:aws:s3:::⟨IAM407 warning⟩{{b}}", "2008-10-17"), id="2008"),
        pytest.param(resource("arn:aws:s3:::b/{a}/{{b/}c}/%7B/#a/$a/$LATEST/(a)/<a/__A__"), id="text"),
    ],
)
def test_tokens_of_templates(marked: str, judge: Judge) -> None:
    judged = judge(marked)
    assert slips(judged.found) == judged.wanted


@pytest.mark.parametrize("opening", ["{{", "{%", "<%", "%{", "#{", "$("])
def test_a_search_for_tokens_passes_over_openings_once(opening: str, messages: Messages) -> None:
    """A quadratic search would take minutes."""
    found = messages(resource("arn:aws:s3:::" + f"{opening} a" * 100_000, "2008-10-17"))
    assert not any("ordinary text to IAM" in message for message in found)
