"""Principals (P2 to P8, P12, G8, G15, G16, G19, G21, L1, L2, L4, L8, L9, V2, T1): what is wrong with them, and who each entry is."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.ir.pattern import Unmatchable
from iam2rego.ir.policy import Document, Kind
from iam2rego.ir.principal import (
    AccountPrincipal,
    AnyPrincipal,
    ArnPrincipal,
    CanonicalUserPrincipal,
    FederatedPrincipal,
    PrincipalEntry,
    Principals,
    ServicePrincipal,
    UniqueIdPrincipal,
)

Judge = Callable[..., Any]
Read = Callable[..., Document]
Messages = Callable[..., list[str]]

RESOURCE, TRUST, ENDPOINT, RCP = Kind.RESOURCE, Kind.TRUST, Kind.VPC_ENDPOINT, Kind.RESOURCE_CONTROL
USER = "arn:aws:iam::111111111111:user/u"


def policy(principal: str, effect: str = "Deny") -> str:
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "{effect}", {principal}, "Action": "s3:*"}}}}'


def named(value: str, effect: str = "Deny") -> str:
    return policy(f'"Principal": {value}', effect)


def aws(entries: str) -> str:
    return named(f'{{"AWS": {entries}}}')


def with_resource(principal: str, effect: str = "Deny") -> str:
    return policy(principal, effect).replace('"Action"', '"Resource": "*", "Action"')


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


def principals(text: str, kind: Kind, read: Read, **parameters: str) -> Principals | None:
    (statement,) = read(text, kind, lenient=True, **parameters).statements
    return statement.principals


ARN = ArnPrincipal(arn=USER)


@pytest.mark.parametrize(
    ("kind", "value", "want"),
    [
        pytest.param(RESOURCE, '"*"', (AnyPrincipal(),), id="P2/star"),
        pytest.param(RESOURCE, '{"AWS": "*"}', (AnyPrincipal(),), id="P2/aws-star"),
        pytest.param(RESOURCE, '{"AWS": "111111111111"}', (AccountPrincipal(account="111111111111"),), id="P3/id"),
        pytest.param(
            RESOURCE,
            '{"AWS": "arn:aws-cn:iam::111111111111:root"}',
            (AccountPrincipal(account="111111111111", partition="aws-cn"),),
            id="P3/root",
        ),
        pytest.param(RESOURCE, f'{{"AWS": ["{USER}"]}}', (ARN,), id="P4/user"),
        pytest.param(RESOURCE, '{"Service": "s3.amazonaws.com"}', (ServicePrincipal(service="s3.amazonaws.com"),), id="P7/service"),
        pytest.param(TRUST, '{"Federated": "a.b/c"}', (FederatedPrincipal(provider="a.b/c"),), id="P7/federated"),
        pytest.param(RESOURCE, '{"Federated": "a.b"}', (Unmatchable(text="a.b"),), id="L9/federated-elsewhere"),
        pytest.param(RESOURCE, '{"CanonicalUser": "79a5"}', (CanonicalUserPrincipal(canonical_user="79a5"),), id="P7/canonical-user"),
        pytest.param(RESOURCE, '{"AWS": "AIDAEXAMPLE1"}', (UniqueIdPrincipal(unique_id="AIDAEXAMPLE1"),), id="P8/user"),
        pytest.param(RESOURCE, '{"AWS": "AROAEXAMPLE1"}', (UniqueIdPrincipal(unique_id="AROAEXAMPLE1"),), id="P8/role"),
        pytest.param(
            TRUST,
            f'{{"Service": ["a.b", "c.d"], "AWS": "{USER}", "Federated": "e.f"}}',
            (ServicePrincipal(service="a.b"), ServicePrincipal(service="c.d"), ARN, FederatedPrincipal(provider="e.f")),
            id="G15/kinds-in-their-order",
        ),
        pytest.param(RESOURCE, "{}", (), id="G15/nobody"),
        pytest.param(RESOURCE, f'"{USER}"', (ARN,), id="L4/string"),
        pytest.param(RESOURCE, '"u*"', (Unmatchable(text="u*"),), id="L4/wildcard"),
        pytest.param(RESOURCE, '{"AWS": []}', (), id="L5/empty-list"),
        pytest.param(RESOURCE, '{"AWS": ["x", "*"]}', (Unmatchable(text="x"), AnyPrincipal()), id="L9/no-principal"),
        pytest.param(
            RESOURCE,
            '{"AWS": "arn:aws:iam::111111111111:user/${aws:username}"}',
            (Unmatchable(text="arn:aws:iam::111111111111:user/${aws:username}"),),
            id="V2/colon-in-a-variable",
        ),
        pytest.param(
            RESOURCE,
            '{"AWS": "arn:aws:iam::111111111111:user/${username}"}',
            (ArnPrincipal(arn="arn:aws:iam::111111111111:user/${username}"),),
            id="V2/literal-text",
        ),
        pytest.param(RESOURCE, '{"AWS": "${*}"}', (Unmatchable(text="${*}"),), id="V2/escape-is-no-star"),
        pytest.param(RESOURCE, '{"AWS": "<account>"}', (Unmatchable(text="<account>"),), id="L7/unbound"),
    ],
)
def test_who_is_named(kind: Kind, value: str, want: tuple[PrincipalEntry, ...], read: Read) -> None:
    assert principals(named(value), kind, read) == Principals(entries=want)
    assert principals(policy(f'"NotPrincipal": {value}'), kind, read) == Principals(negated=True, entries=want)


@pytest.mark.parametrize("kind", [RESOURCE, TRUST])
def test_nobody_named_is_nobody(kind: Kind, read: Read) -> None:
    assert principals(policy('"Sid": "A"'), kind, read) == Principals(entries=())


@pytest.mark.parametrize(
    ("kind", "principal"),
    [
        pytest.param(ENDPOINT, '"Sid": "A"', id="L1/endpoint"),
        pytest.param(RCP, '"Sid": "A"', id="L1/rcp"),
        pytest.param(RCP, '"Principal": "*"', id="P12/rcp"),
        pytest.param(RCP, '"Principal": {"AWS": "111111111111"}', id="L8/account-in-rcp"),
        pytest.param(RCP, '"NotPrincipal": "*"', id="L8/not-principal-in-rcp"),
        pytest.param(Kind.SERVICE_CONTROL, '"Principal": {"AWS": "111111111111"}', id="L8/scp"),
        pytest.param(Kind.PERMISSIONS_BOUNDARY, '"NotPrincipal": {"AWS": []}', id="L8/boundary"),
        pytest.param(Kind.SESSION, '"Principal": "*"', id="L8/session"),
    ],
)
def test_everybody_is_meant(kind: Kind, principal: str, read: Read) -> None:
    assert principals(with_resource(principal), kind, read) is None


def test_placeholders_are_filled(read: Read) -> None:
    value = '{"AWS": ["<account>", "arn:aws:iam::<account>:role/<role_path>", "<user_arn>"], "Service": "<service>.amazonaws.com"}'
    bound = {"account": "111111111111", "role_path": "p/r", "user_arn": USER, "service": "s3"}
    assert principals(named(value), RESOURCE, read, **bound) == Principals(
        entries=(
            AccountPrincipal(account="111111111111"),
            ArnPrincipal(arn="arn:aws:iam::111111111111:role/p/r"),
            ARN,
            ServicePrincipal(service="s3.amazonaws.com"),
        )
    )


@pytest.mark.parametrize("value", ["*", "a:b"])
def test_a_parameter_names_no_more_than_one(value: str, judge: Judge) -> None:
    marked = aws('"⟨IAM405⟩<account>"')
    judged = judge(marked, RESOURCE, account=value)
    assert judged.found == judged.wanted


def test_places(read: Read) -> None:
    text = f'{{"Statement": {{"Effect": "Deny", "Action": "*",\n "Principal": {{"AWS": ["*", "{USER}"]}}}}}}'
    found = principals(text, RESOURCE, read)
    assert found is not None
    assert found.span is not None
    assert (found.span.line, found.span.column, found.span.end_column) == (2, 2, 65)
    assert [(each.span.column, each.span.end_column) for each in found.entries if each.span] == [(24, 27), (29, 63)]


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
