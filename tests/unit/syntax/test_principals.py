"""Principals (P2 to P8, P12, G8, G15, G16, G19, G21): who each entry is."""

from collections.abc import Callable

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
from tests.unit.syntax.principals import ENDPOINT, RCP, RESOURCE, TRUST, USER, named, policy, with_resource

Read = Callable[..., Document]


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


def test_places(read: Read) -> None:
    text = f'{{"Statement": {{"Effect": "Deny", "Action": "*",\n "Principal": {{"AWS": ["*", "{USER}"]}}}}}}'
    found = principals(text, RESOURCE, read)
    assert found is not None
    assert found.span is not None
    assert (found.span.line, found.span.column, found.span.end_column) == (2, 2, 65)
    assert [(each.span.column, each.span.end_column) for each in found.entries if each.span] == [(24, 27), (29, 63)]
