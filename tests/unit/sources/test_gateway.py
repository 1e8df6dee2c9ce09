"""A gateway's file: what it becomes."""

from pathlib import Path
from typing import Final

from iam2rego.ir.gateway import (
    AccountName,
    AuthzenGateway,
    AuthzenRoute,
    CallerClaims,
    ClaimValue,
    ContextEntry,
    EnvoyClaims,
    GatewayKind,
    HeaderValue,
    HttpGateway,
    NamedSegment,
    PropertyValue,
    QueryValue,
    Route,
    SegmentValue,
    SourceAddress,
    StorageGateway,
    Time,
)
from iam2rego.ir.pattern import Text
from tests.unit.sources.gateway_files import claims, read
from tests.unit.sources.gateway_texts import SERVICES, STORE

WHOLE: Final = """
kind = "http"
trusted_proxy = true
forwarded_hops = 2
explain = true

[principal]
arn = "arn:aws:iam::123456789012:user/{claim.sub}"

[claims]
verified_by = "caller"

[context]
"aws:SourceIp" = "{source_ip}"
"aws:CurrentTime" = "{time}"

[[routes]]
method = "GET"
path = "/"
action = "ecs:ListClusters"
resource = "*"

[[routes]]
method = "DELETE"
path = "/{account}/clusters/{cluster}"
action = "ecs:DeleteCluster"
resource = "arn:aws:ecs:us-east-1:{account}:cluster/{cluster}"
resource_account = "{account}"
context = { "x:a" = "{query.a} of {header.X-B}" }
"""


def test_a_whole_file(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE) == HttpGateway(
        kind=GatewayKind.HTTP,
        principal=(Text(text="arn:aws:iam::123456789012:user/"), ClaimValue(name="sub")),
        claims=CallerClaims(),
        trusted_proxy=True,
        forwarded_hops=2,
        explain=True,
        context=(ContextEntry(key="aws:SourceIp", value=(SourceAddress(),)), ContextEntry(key="aws:CurrentTime", value=(Time(),))),
        routes=(
            Route(method="GET", path=(), action="ecs:ListClusters", resource=(Text(text="*"),)),
            Route(
                method="DELETE",
                path=(NamedSegment(name="account"), Text(text="clusters"), NamedSegment(name="cluster")),
                action="ecs:DeleteCluster",
                resource=(
                    Text(text="arn:aws:ecs:us-east-1:"),
                    SegmentValue(name="account"),
                    Text(text=":cluster/"),
                    SegmentValue(name="cluster"),
                ),
                resource_account=(SegmentValue(name="account"),),
                context=(ContextEntry(key="x:a", value=(QueryValue(name="a"), Text(text=" of "), HeaderValue(name="x-b"))),),
            ),
        ),
    )


def test_claims_that_envoy_has_verified(tmp_path: Path) -> None:
    text = claims('verified_by = "envoy"\nfilter = "f"\npayload = "p"').replace('"http"', '"envoy"')
    assert read(tmp_path, text).claims == EnvoyClaims(filter="f", payload="p")


def test_a_file_of_an_object_store(tmp_path: Path) -> None:
    assert read(tmp_path, STORE) == StorageGateway(
        kind=GatewayKind.MINIO,
        principal=(Text(text="arn:aws:iam::123456789012:user/"), AccountName()),
        owner="arn:aws:iam::123456789012:root",
        resource_account="123456789012",
        context=(ContextEntry(key="aws:PrincipalTag/team", value=(ClaimValue(name="team"),)),),
    )


def test_a_file_of_services(tmp_path: Path) -> None:
    assert read(tmp_path, SERVICES) == AuthzenGateway(
        kind=GatewayKind.AUTHZEN,
        principal=(Text(text="arn:aws:iam::123456789012:user/"), PropertyValue(part="subject", name="id")),
        routes=(
            AuthzenRoute(
                subject_type="user",
                name="read",
                resource_type="doc",
                action="docs:Get",
                resource=(Text(text="arn:aws:docs:::"), PropertyValue(part="resource", name="id")),
                context=(
                    ContextEntry(key="docs:Force", value=(PropertyValue(part="action", name="force"),)),
                    ContextEntry(key="aws:SourceIp", value=(PropertyValue(part="context", name="ip"),)),
                ),
            ),
        ),
    )
