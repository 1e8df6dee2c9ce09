"""The whole way from a gateway's document to the decision, on OPA and natively."""

from pathlib import Path
from typing import Final

import pytest

from iam2rego.conformance.bundles import stored
from iam2rego.conformance.gateway.documents import documents
from iam2rego.conformance.gateway.run import GatewayClient, conform_documents
from iam2rego.conformance.gateway.words import Words
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import dumps
from iam2rego.opa.binary import Binary
from iam2rego.opa.server import serve
from iam2rego.rego import compile_policies, with_gateway
from iam2rego.sources import load
from iam2rego.sources.gateway import read_gateway

SEED: Final = 7
POLICIES: Final = """{"Version": "2012-10-17", "Statement": [
  {"Sid": "Own", "Effect": "Allow", "Action": "ecs:*",
   "Resource": "arn:aws:ecs:us-east-1:123456789012:*/${aws:username}*"},
  {"Sid": "Web", "Effect": "Allow", "Action": "ecs:Describe*",
   "Resource": ["arn:aws:ecs:*:*:cluster/web", "arn:aws:ecs:*:*:service/web/*"]},
  {"Sid": "List", "Effect": "Allow", "Action": "ecs:ListClusters", "Resource": "*",
   "Condition": {"StringEquals": {"ecs:ResourceTag/Owner": ["alice", "bob"]}}},
  {"Sid": "NoGuests", "Effect": "Deny", "Action": "ecs:*", "Resource": "*",
   "Condition": {"StringEquals": {"aws:PrincipalTag/team": "guests"}}},
  {"Sid": "Near", "Effect": "Deny", "Action": "ecs:Delete*", "Resource": "*",
   "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}},
  {"Sid": "Late", "Effect": "Deny", "Action": "*", "Resource": "*",
   "Condition": {"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}}
]}"""
ROUTES: Final = """
[context]
"aws:username" = "{claim.sub}"
"aws:PrincipalTag/team" = "{claim.team}"
"aws:SourceIp" = "{source_ip}"
"aws:CurrentTime" = "{time}"
"aws:UserAgent" = "{header.User-Agent}"

[[routes]]
method = "GET"
path = "/"
action = "ecs:ListClusters"
resource = "*"

[routes.context]
"ecs:ResourceTag/Owner" = "{query.owner}"

[[routes]]
method = "GET"
path = "/clusters/{cluster}"
action = "ecs:DescribeClusters"
resource = "arn:aws:ecs:us-east-1:123456789012:cluster/{cluster}"

[[routes]]
method = "GET"
path = "/clusters/web"
action = "ecs:DescribeClusters"
resource = "arn:aws:ecs:us-east-1:123456789012:cluster/web"

[[routes]]
method = "GET"
path = "/{kind}/web"
action = "ecs:DescribeTasks"
resource = "arn:aws:ecs:us-east-1:123456789012:{kind}/web"

[[routes]]
method = "DELETE"
path = "/{account}/clusters/{cluster}/services/{service}"
action = "ecs:DeleteService"
resource = "arn:aws:ecs:us-east-1:{account}:service/{cluster}/{service}"
resource_account = "{account}"

[routes.context]
"ecs:cluster" = "arn:aws:ecs:us-east-1:{account}:cluster/{cluster}"
"x:mixed" = "{query.owner} of {cluster}"
"""
KINDS: Final = {
    "envoy": """kind = "envoy"
[principal]
arn = "arn:aws:iam::123456789012:user/{claim.sub}"
[claims]
verified_by = "envoy"
filter = "envoy.filters.http.jwt_authn"
payload = "jwt"
""",
    "http": """kind = "http"
explain = true
[principal]
arn = "{claim.arn}"
[claims]
verified_by = "caller"
""",
    "trusted-proxy": """kind = "http"
trusted_proxy = true
forwarded_hops = 2
[principal]
arn = "arn:aws:iam::123456789012:user/{header.X-User}"
[claims]
verified_by = "caller"
""",
}


@pytest.fixture(name="policies", scope="module")
def _policies(tmp_path_factory: pytest.TempPathFactory) -> PolicySet:
    policy = tmp_path_factory.mktemp("policies") / "policy.json"
    policy.write_text(POLICIES, encoding="utf-8")
    return load([str(policy)]).policies


def gateway_of(kind: str, folder: Path) -> Gateway:
    file = folder / "gateway.toml"
    file.write_text(KINDS[kind] + ROUTES, encoding="utf-8")
    return read_gateway(str(file))


@pytest.mark.parametrize("kind", KINDS)
def test_both_engines_make_the_same_requests_and_decisions_of_documents(
    kind: str, policies: PolicySet, opa: Binary, tmp_path: Path
) -> None:
    gateway = gateway_of(kind, tmp_path)
    bundle = with_gateway(compile_policies(policies, revision=""), gateway, "iam")
    with stored(bundle) as folder, serve(opa, folder) as client:
        asked = documents(gateway, Words.of(policies), SEED)
        report = conform_documents(policies, gateway, asked, GatewayClient(client, "iam"), version=opa.version, seed=SEED)
    assert [(dumps(each.request), each.explanation) for each in report.disagreements] == []
    assert report.requests > 1_500
    assert set(report.decisions) == {"allowed", "explicitDeny", "implicitDeny", "invalid"}
