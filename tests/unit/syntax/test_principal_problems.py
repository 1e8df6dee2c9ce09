"""What is wrong with principals (P2 to P8, L1, L2, L4, L8, L9, V2, T1)."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.ir.policy import Kind
from tests.unit.syntax.principals import ENDPOINT, RCP, RESOURCE, TRUST, USER, named, policy, with_resource

Judge = Callable[..., Any]
Messages = Callable[..., list[str]]


def aws(entries: str) -> str:
    return named(f'{{"AWS": {entries}}}')


PROBLEMS = [
    pytest.param(RESOURCE, named('"*"'), id="P2/star"),
    pytest.param(RESOURCE, aws('"*"'), id="P2/aws-star"),
    pytest.param(RESOURCE, aws('["111111111111", "arn:aws-cn:iam::111111111111:root"]'), id="P3/account"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩"11111111111"'), id="P3/eleven-digits"),
    pytest.param(
        RESOURCE,
        aws('⟨IAM210 lenient⟩"\\u0661\\u0661\\u0661\\u0661\\u0661\\u0661\\u0661\\u0661\\u0661\\u0661\\u0661\\u0661"'),
        id="P3/digits-of-another-script",
    ),
    pytest.param(RESOURCE, aws("⟨IAM101⟩111111111111"), id="P3/number"),
    pytest.param(RESOURCE, aws('["arn:aws:iam::111111111111:user/p/u", "arn:aws:iam::111111111111:role/p/q/r"]'), id="P4/paths"),
    pytest.param(
        RESOURCE,
        aws('["arn:aws:sts::111111111111:assumed-role/r/s@x=y,+.-_", "arn:aws:sts::111111111111:federated-user/f"]'),
        id="P4/sessions",
    ),
    pytest.param(RESOURCE, aws('"arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E123"'), id="P4/origin-access-identity"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩"arn:aws:iam::111111111111:group/g"'), id="P4/group"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩"arn:aws:iam::111111111111:policy/p"'), id="P4/policy"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩"arn:aws:iam::111111111111:user/"'), id="P4/no-name"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩"arn:aws:iam::1:user/u"'), id="P4/account-too-short"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩"arn:aws:sts::111111111111:assumed-role/r"'), id="P4/session-without-a-name"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩"arn:aws:sts::111111111111:assumed-role/p/r/s"'), id="P4/session-with-a-path"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩"arn:aws:iam::111111111111:assumed-role/r/s"'), id="P4/session-of-another-service"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩"u"'), id="P4/name"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩""'), id="P4/empty"),
    pytest.param(RESOURCE, aws('⟨IAM210 lenient⟩" 111111111111"'), id="P4/white-space"),
    pytest.param(RESOURCE, aws('["*", ⟨IAM211 lenient⟩"arn:aws:iam::111111111111:user/*"]'), id="P6/star-in-an-arn"),
    pytest.param(RESOURCE, aws('⟨IAM211 lenient⟩"arn:aws:iam::111111111111:role/?"'), id="P6/question-mark"),
    pytest.param(RESOURCE, aws('⟨IAM211 lenient⟩"**"'), id="P6/two-stars"),
    pytest.param(RESOURCE, named('{"Service": ⟨IAM211 lenient⟩"*"}'), id="P6/service"),
    pytest.param(RESOURCE, named('{"Service": ⟨IAM211 lenient⟩"*.amazonaws.com"}'), id="P6/part-of-a-service"),
    pytest.param(TRUST, named('{"Federated": ⟨IAM211 lenient⟩"*"}'), id="P6/federated"),
    pytest.param(RESOURCE, named('{"CanonicalUser": ⟨IAM211 lenient⟩"79*"}'), id="P6/canonical-user"),
    pytest.param(RESOURCE, named('{"Service": ["s3.amazonaws.com", "logs.us-east-1.amazonaws.com.cn"]}'), id="P7/service"),
    pytest.param(
        RESOURCE, named('{"Service": [⟨IAM210 lenient⟩"s3", ⟨IAM210 lenient⟩"s3 .amazonaws.com", ⟨IAM210 lenient⟩""]}'), id="P7/no-service"
    ),
    pytest.param(TRUST, named('{"Federated": ["accounts.google.com", "arn:aws:iam::111111111111:saml-provider/p"]}'), id="P7/federated"),
    pytest.param(TRUST, named('{"Federated": ⟨IAM210 lenient⟩""}'), id="P7/no-provider"),
    pytest.param(TRUST, named('{"Federated": ⟨IAM210 lenient⟩"arn:aws:iam::111111111111:role/r"}'), id="P7/role"),
    pytest.param(TRUST, named('{"Federated": ⟨IAM210 lenient⟩"arn:aws:iam::111111111111:saml-provider/"}'), id="P7/provider-without-name"),
    pytest.param(TRUST, named('{"Federated": ⟨IAM210 lenient⟩"arn:aws:iam::1:oidc-provider/a.b"}'), id="P7/provider-without-account"),
    pytest.param(TRUST, named('{"Federated": ⟨IAM210 lenient⟩"google"}'), id="P7/no-domain"),
    pytest.param(TRUST, named('{"Federated": "arn:aws-cn:iam::111111111111:oidc-provider/oidc.eks.x.com/id/A"}'), id="P7/oidc-provider"),
    pytest.param(
        RESOURCE,
        named('{"Federated": [⟨IAM105 lenient⟩"accounts.google.com", ⟨IAM105 lenient⟩"*"]}'),
        id="P7/federated-in-a-resource-policy",
    ),
    pytest.param(ENDPOINT, with_resource('"Principal": {"Federated": ⟨IAM105 lenient⟩"a.b"}'), id="P7/federated-in-an-endpoint-policy"),
    pytest.param(RESOURCE, named('{"CanonicalUser": ["79a5", ⟨IAM210 lenient⟩"7 9"]}'), id="P7/canonical-user"),
    pytest.param(
        RESOURCE, aws('["AIDAEXAMPLE1", "AROAEXAMPLE1", ⟨IAM210 lenient⟩"AGPAEXAMPLE1", ⟨IAM210 lenient⟩"AIDA"]'), id="P8/unique-ids"
    ),
    pytest.param(RESOURCE, policy('"Principal": "*", ⟨IAM104⟩"NotPrincipal": "*"'), id="G8/both"),
    pytest.param(RESOURCE, named("⟨IAM101⟩[]"), id="G15/list"),
    pytest.param(RESOURCE, named("⟨IAM101⟩null"), id="G15/null"),
    pytest.param(RESOURCE, named(f'⟨IAM210 lenient⟩"{USER}"'), id="L4/string"),
    pytest.param(RESOURCE, named('⟨IAM210 lenient⟩⟨IAM211 lenient⟩"arn:aws:iam::111111111111:user/*"'), id="L4/string-with-a-wildcard"),
    pytest.param(RESOURCE, named('{⟨IAM102⟩"aws": "*"}'), id="G15/kind-in-lower-case"),
    pytest.param(RESOURCE, named('{"AWS": "*", ⟨IAM009⟩"AWS": "*"}'), id="G14/kind-twice"),
    pytest.param(RESOURCE, named("{}"), id="G15/nobody"),
    pytest.param(RESOURCE, policy('"NotPrincipal": {}'), id="G15/all-but-nobody"),
    pytest.param(RESOURCE, aws("⟨IAM111 lenient⟩[]"), id="L5/empty-list"),
    pytest.param(RESOURCE, aws('["*", ⟨IAM101⟩{}, ⟨IAM101⟩null]'), id="G10/entries-of-other-types"),
    pytest.param(RESOURCE, policy(f'"NotPrincipal": {{"AWS": "{USER}"}}'), id="G16/deny"),
    pytest.param(RESOURCE, policy('⟨IAM213 lenient⟩"NotPrincipal": "*"', "Allow"), id="G16/allow"),
    pytest.param(ENDPOINT, with_resource('"NotPrincipal": "*"'), id="G16/endpoint-deny"),
    pytest.param(ENDPOINT, with_resource('⟨IAM213 lenient⟩"NotPrincipal": "*"', "Allow"), id="G16/endpoint-allow"),
    pytest.param(TRUST, policy('⟨IAM105 lenient⟩"NotPrincipal": {"AWS": ⟨IAM210 lenient⟩"x"}'), id="L8/not-principal-in-a-trust-policy"),
    pytest.param(TRUST, policy('⟨IAM105 lenient⟩"NotPrincipal": "*"', "Allow"), id="L8/allow-not-principal-in-a-trust-policy"),
    pytest.param(TRUST, named('"*"', "Allow"), id="G21/star"),
    pytest.param(TRUST, named('{"AWS": ["*"]}', "Allow"), id="G21/aws-star"),
    pytest.param(TRUST, named('"*"'), id="G21/deny"),
    pytest.param(RESOURCE, named('"*"', "Allow"), id="G21/no-trust-policy"),
    pytest.param(RCP, with_resource('"Principal": "*"'), id="P12/star"),
    pytest.param(RCP, with_resource('"Principal": ⟨IAM210 lenient⟩{"AWS": "*"}'), id="L8/aws-star-in-rcp"),
    pytest.param(RCP, with_resource('"Principal": ⟨IAM210 lenient⟩"111111111111"'), id="L8/account-in-rcp"),
    pytest.param(RCP, with_resource('"Principal": ⟨IAM101⟩⟨IAM210 lenient⟩[]'), id="G15/list-in-rcp"),
    pytest.param(RCP, with_resource('⟨IAM105 lenient⟩"NotPrincipal": {"AWS": "x", ⟨IAM102⟩"x": 1}'), id="L8/not-principal-in-rcp"),
    pytest.param(RESOURCE, aws('"arn:aws:iam::111111111111:user/⟨IAM212 lenient⟩${aws:username}"'), id="V2/variable"),
    pytest.param(RESOURCE, aws('"⟨IAM212 lenient⟩${*}"'), id="V2/escape"),
    pytest.param(RESOURCE, aws('"⟨IAM212 lenient⟩${"'), id="V2/unclosed"),
    pytest.param(RESOURCE, aws('"⟨IAM212 lenient⟩${a:b}"').replace("2012-10-17", "2008-10-17"), id="V2/2008"),
    pytest.param(RESOURCE, aws('"arn:aws:iam::111111111111:user/$u"'), id="V3/dollar"),
]


@pytest.mark.parametrize(("kind", "marked"), PROBLEMS)
def test_problems(kind: Kind, marked: str, judge: Judge) -> None:
    judged = judge(marked, kind)
    assert judged.found == judged.wanted


@pytest.mark.parametrize("value", ["*", "a:b"])
def test_a_parameter_names_no_more_than_one(value: str, judge: Judge) -> None:
    marked = aws('"⟨IAM405⟩<account>"')
    judged = judge(marked, RESOURCE, account=value)
    assert judged.found == judged.wanted


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        pytest.param(RESOURCE, aws('"g"'), "`g` is not a valid `AWS` principal", id="no-principal"),
        pytest.param(
            RESOURCE, named('{"Service": "*"}'), "the `Service` principal `*` contains a wildcard, so it matches nobody", id="wildcard"
        ),
        pytest.param(
            RESOURCE,
            named('{"Federated": "a.b"}'),
            "a resource-based policy cannot have `Federated` principals, so `a.b` matches nobody",
            id="P7",
        ),
        pytest.param(TRUST, policy('"NotPrincipal": "*"'), "a trust policy cannot have `NotPrincipal`", id="not-principal"),
        pytest.param(
            RCP, with_resource('"Principal": {"AWS": "*"}'), 'the `Principal` of a resource control policy must be `"*"`', id="rcp"
        ),
    ],
)
def test_messages(kind: Kind, text: str, message: str, messages: Messages) -> None:
    assert messages(text, kind) == [message]
