"""What the documents of each kind may hold (G1, G3, G4, G6, G9, G17 to G20, R5, R14, L1, L3, L8, L9)."""

from collections.abc import Callable
from typing import Any

import pytest

from iam2rego.ir.pattern import AnyResource, ArnPattern, ResourceEntry, Text, Unmatchable
from iam2rego.ir.policy import OF_RESOURCES, Document, Kind, Statement

Judge = Callable[..., Any]
Read = Callable[..., Document]
Messages = Callable[..., list[str]]

IDENTITY, BOUNDARY, SESSION = Kind.IDENTITY, Kind.PERMISSIONS_BOUNDARY, Kind.SESSION
RESOURCE, TRUST, ENDPOINT = Kind.RESOURCE, Kind.TRUST, Kind.VPC_ENDPOINT
SCP, RCP = Kind.SERVICE_CONTROL, Kind.RESOURCE_CONTROL

USER = '"Principal": {"AWS": "arn:aws:iam::111111111111:user/u"}'
ANY_RESOURCE = AnyResource(text="*")
NEED_PRINCIPALS = {
    IDENTITY: "",
    BOUNDARY: "",
    SESSION: "",
    SCP: "",
    RCP: '"Principal": "*", ',
    ENDPOINT: '"Principal": "*", ',
    **dict.fromkeys(OF_RESOURCES, f"{USER}, "),
    TRUST: f"{USER}, ",
}
"""What a statement of each kind must say of principals."""


def policy(members: str, top: str = "") -> str:
    return f'{{"Version": "2012-10-17", {top}"Statement": {{{members}}}}}'


def deny(kind: Kind, members: str = '"Action": "s3:*"', resource: str = '"*"', top: str = "") -> str:
    """A policy that is in order for its kind but for what is given."""
    named = "" if kind is TRUST or not resource else f', "Resource": {resource}'
    return policy(f'"Effect": "Deny", {NEED_PRINCIPALS[kind]}{members}{named}', top)


def cases(what: str, text: Callable[[Kind], str], *kinds: Kind) -> list[Any]:
    return [pytest.param(kind, text(kind), id=f"{what}/{kind}") for kind in kinds]


def without_principal(mark: str) -> str:
    return f'{{"Version": "2012-10-17", "Statement": {mark}{{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}}}'


def without_resource(kind: Kind, mark: str) -> str:
    return deny(kind, resource="").replace('"Statement": ', f'"Statement": {mark}')


def with_id(mark: str) -> Callable[[Kind], str]:
    return lambda kind: deny(kind, top=f'{mark}"Id": "x", ')


def with_sids(mark: str, again: str) -> Callable[[Kind], str]:
    def text(kind: Kind) -> str:
        rest = deny(kind).split('"Effect"', 1)[1][:-2]
        one, two = (f'{{"Sid": {each}"a b", "Effect"{rest}}}' for each in (mark, mark + again))
        return f'{{"Version": "2012-10-17", "Statement": [{one}, {two}]}}'

    return text


def strings(mark: str) -> Callable[[Kind], str]:
    return lambda kind: deny(kind, f'"Action": "s3:*", "Condition": {{"StringEquals": {{"k:v": "{mark}\u2019"}}}}')


def resource(mark: str, text: str) -> Callable[[Kind], str]:
    return lambda kind: deny(kind, resource=f'[{mark}"{text}"]')


MATRIX = [
    *cases("in-order", deny, *Kind),
    *cases("G1/checked", strings("⟨IAM112 lenient⟩"), IDENTITY, BOUNDARY, SESSION, TRUST, SCP, RCP),
    *cases("G1/unchecked", strings(""), RESOURCE, ENDPOINT),
    *cases("N3/half-a-pair", lambda kind: deny(kind, '"Action": ["⟨IAM010⟩\\ud83d"]'), *Kind),
    *cases(
        "G3/absent", lambda kind: deny(kind).replace('"Version": "2012-10-17", ', ""), *(kind for kind in Kind if kind not in (RCP, SCP))
    ),
    pytest.param(SCP, "" + deny(SCP).replace('"Version": "2012-10-17", ', ""), id="G20/absent"),
    pytest.param(SCP, deny(SCP).replace("2012-10-17", "2008-10-17"), id="G20/2008"),
    pytest.param(RCP, "⟨IAM103⟩" + deny(RCP).replace('"Version": "2012-10-17", ', ""), id="G3/absent/resource_control"),
    pytest.param(RCP, deny(RCP).replace('"2012-10-17"', '⟨IAM106⟩"2008-10-17"'), id="G3/2008/resource_control"),
    pytest.param(RCP, deny(RCP).replace('"2012-10-17"', '⟨IAM106⟩"2013-10-17"'), id="G3/unknown/resource_control"),
    *cases("G4/no-id", with_id("⟨IAM105 lenient⟩"), IDENTITY, BOUNDARY, SESSION, SCP, RCP),
    *cases("G4/id", with_id(""), RESOURCE, TRUST, ENDPOINT),
    *cases("G6/checked", with_sids("⟨IAM108 lenient⟩", "⟨IAM109 lenient⟩"), IDENTITY, BOUNDARY, SESSION, TRUST),
    *cases("G6/unchecked", with_sids("", "⟨IAM109 warning⟩"), RESOURCE, ENDPOINT),
    *cases("G6/unchecked", with_sids("", ""), SCP, RCP),
    *cases("G6/empty", lambda kind: deny(kind, '"Sid": "", "Action": "s3:*"'), *Kind),
    *cases("G9/principal", lambda kind: deny(kind, '⟨IAM105 lenient⟩"Principal": "*", "Action": "s3:*"'), IDENTITY, BOUNDARY, SESSION, SCP),
    *cases(
        "G9/not-principal",
        lambda kind: deny(kind, '⟨IAM105 lenient⟩"NotPrincipal": {"AWS": "x"}, "Action": "s3:*"'),
        IDENTITY,
        BOUNDARY,
        SESSION,
        SCP,
    ),
    *cases("L1/no-principal", lambda _: without_principal("⟨IAM209 lenient⟩"), RESOURCE, RCP, ENDPOINT),
    *cases("G9/not-action", lambda kind: deny(kind, '"NotAction": "s3:*"'), *(kind for kind in Kind if kind is not RCP)),
    pytest.param(RCP, deny(RCP, '⟨IAM105 lenient⟩"NotAction": "s3:*"'), id="G9/not-action/resource_control"),
    pytest.param(RCP, deny(RCP, '"Sid": "A"').replace('"Statement": ', '"Statement": ⟨IAM103⟩'), id="G8/no-action/resource_control"),
    *cases("G9/no-resource", lambda kind: without_resource(kind, "⟨IAM206 lenient⟩"), IDENTITY, BOUNDARY, SESSION, SCP, RCP, ENDPOINT),
    *cases("R14/no-resource", lambda kind: deny(kind, resource=""), RESOURCE, TRUST),
    pytest.param(TRUST, deny(TRUST, '"Action": "sts:*", ⟨IAM105 lenient⟩"Resource": "*"'), id="L3/resource"),
    pytest.param(TRUST, deny(TRUST, '"Action": "sts:*", ⟨IAM105 lenient⟩"NotResource": ⟨IAM205 lenient⟩"b"'), id="L3/not-resource"),
    pytest.param(TRUST, deny(TRUST, '"Action": "sts:*", ⟨IAM105 lenient⟩"Resource": ⟨IAM101⟩1'), id="L3/resource-of-another-type"),
    *cases("G17/action/checked", lambda kind: deny(kind, '"Action": ⟨IAM201 lenient⟩"s3"'), IDENTITY, BOUNDARY, SESSION, TRUST, SCP, RCP),
    *cases("G17/action/unchecked", lambda kind: deny(kind, '"Action": ⟨IAM201 warning⟩"s3"'), RESOURCE, ENDPOINT),
    *cases("A11/variable", lambda kind: deny(kind, '"Action": "s3:⟨IAM202 lenient⟩${a:b}"'), *Kind),
    *cases("G17/resource/checked", resource("⟨IAM205 lenient⟩", "b"), IDENTITY, BOUNDARY, SESSION, SCP, RCP),
    *cases("G17/resource/unchecked", resource("⟨IAM205 warning⟩", "b"), RESOURCE, ENDPOINT),
    *cases("R5/no-star", resource("⟨IAM208 warning⟩", "arn:aws:sqs"), IDENTITY, BOUNDARY, RESOURCE, ENDPOINT),
    *cases("R5/no-star", resource("⟨IAM208 lenient⟩", "arn:aws:sqs"), SESSION, SCP, RCP),
    *cases("R5/star", resource("⟨IAM208 warning⟩", "arn:*:sqs"), IDENTITY, BOUNDARY, RESOURCE, ENDPOINT),
    *cases("R5/star", resource("⟨IAM208 lenient⟩", "arn:*:sqs"), SESSION, SCP, RCP),
    *cases("R5/star-and-a-colon", resource("⟨IAM208 lenient⟩", "arn:aws:sqs:*:"), SCP, RCP),
    *cases("R5/star-at-the-end", resource("", "arn:aws:sq*"), IDENTITY, BOUNDARY, RESOURCE, ENDPOINT, SCP),
    *cases("R5/star-at-the-end", resource("⟨IAM208 lenient⟩", "arn:aws:sq*"), SESSION, RCP),
    *cases("R5/escaped-star", resource("⟨IAM208 lenient⟩", "arn:aws:sq${*}"), SCP, RCP),
    *cases("R5/escaped-star", resource("⟨IAM208 warning⟩", "arn:aws:sq${*}"), RESOURCE, ENDPOINT),
    *cases("R5/question-mark", resource("⟨IAM208 warning⟩", "arn:aws:sq?"), RESOURCE, ENDPOINT),
    *cases("R5/all-fields", resource("", "arn:aws:sqs:::q"), IDENTITY, BOUNDARY, SESSION, RESOURCE, ENDPOINT, SCP, RCP),
    pytest.param(
        SCP,
        policy('"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:s3:::b", "Condition": {"Bool": {"a:b": true}}'),
        id="G20",
    ),
    pytest.param(RCP, policy('"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"'), id="G19/of-aws"),
    pytest.param(RCP, policy('"Effect": "Allow", "Principal": "*", "Action": ["*"], "Resource": ["*"]'), id="G19/of-aws/lists"),
    pytest.param(
        RCP, policy('"Effect": ⟨IAM216 lenient⟩"Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"'), id="G19/allow-some-actions"
    ),
    pytest.param(
        RCP,
        policy('"Effect": ⟨IAM216 lenient⟩"Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::b"'),
        id="G19/allow-a-resource",
    ),
    pytest.param(
        RCP,
        policy('"Effect": ⟨IAM216 lenient⟩"Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"Bool": {"a:b": true}}'),
        id="G19/allow-on-condition",
    ),
    pytest.param(RCP, deny(RCP, '"Action": ⟨IAM217 lenient⟩["s3:*", "*"]'), id="G19/deny-every-action"),
    pytest.param(RCP, deny(RCP, '"Action": ["s3:*", "sts:*"]'), id="G19/deny-services"),
]


@pytest.mark.parametrize(("kind", "marked"), MATRIX)
def test_matrix(kind: Kind, marked: str, judge: Judge) -> None:
    judged = judge(marked, kind)
    assert judged.found == judged.wanted


def of_size(kind: Kind, size: int) -> str:
    """A policy of this many characters, white space among them."""
    text = deny(kind)
    return text[:-1] + " " * (size - len(text)) + text[-1]


def test_resource_based_policies_have_no_common_size(messages: Messages) -> None:
    assert messages(of_size(RESOURCE, 100_000), RESOURCE) == []


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        pytest.param(
            SCP, deny(SCP, '"Principal": "*", "Action": "s3:*"'), "a service control policy cannot have `Principal`", id="principal"
        ),
        pytest.param(BOUNDARY, deny(BOUNDARY, top='"Id": "x", '), "a permissions boundary cannot have `Id`", id="id"),
        pytest.param(TRUST, deny(TRUST, '"Action": "sts:*", "Resource": "*"'), "a trust policy cannot have `Resource`", id="resource"),
        pytest.param(RCP, deny(RCP, '"NotAction": "s3:*"'), "a resource control policy cannot have `NotAction`", id="not-action"),
        pytest.param(RCP, deny(RCP, '"Sid": "A"'), "the statement has no `Action`", id="no-action"),
        pytest.param(
            RESOURCE,
            deny(RESOURCE, resource='"arn:aws:sqs"'),
            "`arn:aws:sqs` has fewer than six fields, so it matches nothing in a resource-based policy",
            id="short-arn",
        ),
        pytest.param(
            SESSION,
            deny(SESSION, resource='"arn:aws:sqs"'),
            "`arn:aws:sqs` has fewer than six fields, which AWS rejects in a session policy",
            id="short-arn-of-session",
        ),
        pytest.param(ENDPOINT, without_principal(""), "the statement has neither `Principal` nor `NotPrincipal`", id="no-principal"),
        pytest.param(RCP, without_principal(""), "the statement has no `Principal`", id="no-principal-of-rcp"),
    ],
)
def test_messages_name_the_kind(kind: Kind, text: str, message: str, messages: Messages) -> None:
    assert messages(text, kind) == [message]


def only(document: Document) -> Statement:
    (statement,) = document.statements
    return statement


@pytest.mark.parametrize(
    ("kind", "text", "want"),
    [
        pytest.param(RESOURCE, deny(RESOURCE, resource=""), (ANY_RESOURCE,), id="R14/resource"),
        pytest.param(TRUST, deny(TRUST), (ANY_RESOURCE,), id="R14/trust"),
        pytest.param(TRUST, deny(TRUST, '"Action": "sts:*", "NotResource": "arn:aws:s3:::b"'), (ANY_RESOURCE,), id="L3/not-resource"),
        pytest.param(ENDPOINT, deny(ENDPOINT, resource=""), (), id="L9/no-resource"),
        pytest.param(RESOURCE, deny(RESOURCE, resource='["b"]'), (Unmatchable(text="b"),), id="G17/unchecked"),
        pytest.param(RESOURCE, deny(RESOURCE, resource='["arn:aws"]'), (Unmatchable(text="arn:aws"),), id="R5/matches-nothing"),
        pytest.param(RCP, deny(RCP, resource='["arn:aws:*"]'), (Unmatchable(text="arn:aws:*"),), id="R5/rcp"),
        pytest.param(
            IDENTITY,
            deny(IDENTITY, resource='["arn:aws"]'),
            (ArnPattern(text="arn:aws", fields=((Text(text="arn"),), (Text(text="aws"),))),),
            id="R5/stays-short",
        ),
        pytest.param(
            SESSION,
            deny(SESSION, resource='["arn:aws"]'),
            (ArnPattern(text="arn:aws", fields=((Text(text="arn"),), (Text(text="aws"),))),),
            id="R5/completed-in-a-lenient-session",
        ),
    ],
)
def test_resources(kind: Kind, text: str, want: tuple[ResourceEntry, ...], read: Read) -> None:
    statement = only(read(text, kind, lenient=True))
    assert statement.resources.entries == want
    assert not statement.resources.negated


def test_no_resource_and_short_arns_need_no_lenient_mode_where_the_kind_knows_them(read: Read) -> None:
    assert only(read(deny(RESOURCE, resource=""), RESOURCE)).resources.entries == (ANY_RESOURCE,)
    assert only(read(deny(RESOURCE, resource='"arn:aws"'), RESOURCE)).resources.entries == (Unmatchable(text="arn:aws"),)


@pytest.mark.parametrize("character", ["\u2019", "\U0001f600"])
def test_a_parameter_may_hold_what_the_kind_may(character: str, judge: Judge) -> None:
    text = deny(RESOURCE, resource='"arn:aws:s3:::<b>"')
    assert judge(text, RESOURCE, b=character).found == {"default": [], "lenient": []}
