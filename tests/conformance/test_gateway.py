"""The whole way from a gateway's document to the decision, on OPA and natively."""

from pathlib import Path
from typing import Final

import pytest

from iam2rego.conformance.bundles import stored
from iam2rego.conformance.deployed import Questions
from iam2rego.conformance.gateway.conform import conform_built, conform_made
from iam2rego.conformance.run import ConformReport
from iam2rego.conformance.standing import Wanted
from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import dumps
from iam2rego.opa.binary import Binary
from iam2rego.rego import Bundle, Layout, compile_policies, with_gateway
from iam2rego.sources import load
from iam2rego.sources.gateway import read_gateway

SEED: Final = 7
POLICIES: Final = """{"Version": "2012-10-17", "Statement": [
  {"Sid": "Own", "Effect": "Allow", "Action": "ecs:*",
   "Resource": "arn:aws:ecs:us-east-1:123456789012:*/${aws:username}*"},
  {"Sid": "Web", "Effect": "Allow", "Action": "ecs:Describe*",
   "Resource": ["arn:aws:ecs:*:*:cluster/web", "arn:aws:ecs:*:*:service/web/*"]},
  {"Sid": "List", "Effect": "Allow", "Action": "ecs:ListClusters", "Resource": "*",
   "Condition": {"StringEquals": {"ecs:ResourceTag/Owner": ["alice", "bob", "guests"]}}},
  {"Sid": "Objects", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*/${aws:username}/*"},
  {"Sid": "Kept", "Effect": "Deny", "Action": ["s3:DeleteObject", "s3:PutObject"], "Resource": "arn:aws:s3:::*/k"},
  {"Sid": "NoGuests", "Effect": "Deny", "Action": ["ecs:*", "s3:*"], "Resource": "*",
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
action = "ecs:DescribeServices"
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
STORE: Final = """kind = "minio"
resource_account = "123456789012"
[principal]
arn = "arn:aws:iam::123456789012:user/{account}"
owner = "arn:aws:iam::123456789012:root"
[context]
"aws:PrincipalTag/team" = "{claim.team}"
"""
OTHER_KINDS: Final = {
    "minio": STORE,
    "rustfs": STORE.replace("minio", "rustfs").replace("owner =", "# owner ="),
    "authzen": """kind = "authzen"
[principal]
arn = "arn:aws:iam::123456789012:user/{subject.id}"
[context]
"aws:PrincipalTag/team" = "{subject.team}"
"aws:SourceIp" = "{context.ip}"
"aws:CurrentTime" = "{time}"
[[routes]]
subject_type = "user"
name = "describe"
resource_type = "cluster"
action = "ecs:DescribeClusters"
resource = "arn:aws:ecs:us-east-1:123456789012:cluster/{resource.id}"
[[routes]]
subject_type = "user"
name = "delete"
resource_type = "service"
action = "ecs:DeleteService"
resource = "arn:aws:ecs:us-east-1:{resource.account}:service/{resource.cluster}/{resource.id}"
resource_account = "{resource.account}"
context = { "ecs:ResourceTag/Owner" = "{resource.owner}", "x:forced" = "{action.force}" }
""",
}
OTHER_KEY: Final = """{"keys": [{"kty": "EC", "crv": "P-256", "kid": "other",
  "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"""
TOKENS: Final = """kind = "envoy"
[principal]
arn = "arn:aws:iam::123456789012:user/{claim.sub}"
[claims]
verified_by = "opa"
header = "Authorization"
algorithm = "ALGORITHM"
audience = "ecs"
issuer = "https://id.example.com"
jwks = "keys.json"
[[routes]]
method = "GET"
path = "/"
action = "ecs:DescribeClusters"
resource = "arn:aws:ecs:us-east-1:123456789012:cluster/web"
"""


@pytest.fixture(name="policies", scope="module")
def _policies(tmp_path_factory: pytest.TempPathFactory) -> PolicySet:
    policy = tmp_path_factory.mktemp("policies") / "policy.json"
    policy.write_text(POLICIES, encoding="utf-8")
    return load([str(policy)]).policies


def gateway_of(text: str, folder: Path) -> Gateway:
    file = folder / "gateway.toml"
    file.write_text(text, encoding="utf-8")
    return read_gateway(str(file))


def asked(policies: PolicySet, gateway: Gateway, opa: Binary, layout: Layout = Layout.MODULES) -> ConformReport:
    return conform_made(Questions(Wanted(policies, "iam", {}), SEED, (), lambda *_: None), gateway, opa, layout)


@pytest.mark.parametrize("kind", KINDS)
def test_both_engines_make_the_same_requests_and_decisions_of_documents(
    kind: str, policies: PolicySet, opa: Binary, tmp_path: Path
) -> None:
    report = asked(policies, gateway_of(KINDS[kind] + ROUTES, tmp_path), opa)
    assert [(dumps(each.request), each.explanation) for each in report.disagreements] == []
    assert report.requests > 1_500
    assert set(report.decisions) == {"allowed", "explicitDeny", "implicitDeny", "invalid"}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_both_engines_decide_alike_what_others_ask(kind: str, policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    report = asked(policies, gateway_of(OTHER_KINDS[kind], tmp_path), opa)
    assert [(dumps(each.request), each.explanation) for each in report.disagreements] == []
    assert report.requests > 300
    assert set(report.decisions) == {"allowed", "explicitDeny", "implicitDeny", "invalid"}


def test_the_packed_layout_decides_what_a_gateway_asks(policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    report = asked(policies, gateway_of(KINDS["http"] + ROUTES, tmp_path), opa, Layout.PACKED)
    assert [(dumps(each.request), each.explanation) for each in report.disagreements] == []
    assert set(report.decisions) == {"allowed", "explicitDeny", "implicitDeny", "invalid"}


@pytest.mark.parametrize("algorithm", ["RS256", "PS384", "ES256", "ES512", "EdDSA"])
def test_both_engines_take_the_same_tokens(algorithm: str, policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text(OTHER_KEY, encoding="utf-8")
    report = asked(policies, gateway_of(TOKENS.replace("ALGORITHM", algorithm), tmp_path), opa)
    assert [(dumps(each.request), each.explanation) for each in report.disagreements] == []
    assert set(report.decisions) == {"allowed", "invalid"}


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        pytest.param("routes/routes", "template.name(segment_1)", "segment_1", id="a-segment-leaves-its-field"),
        pytest.param("lib/gateway/path", 'not decoded(written) in {".", ".."}', "true", id="a-path-goes-up"),
        pytest.param("lib/gateway/headers", 'not contains(value, ",")', "true", id="a-header-stands-twice"),
    ],
)
def test_a_wrong_gateway_is_found(module: str, old: str, new: str, policies: PolicySet, opa: Binary, tmp_path: Path) -> None:
    gateway = gateway_of(KINDS["http"] + ROUTES, tmp_path)
    bundle = with_gateway(compile_policies(policies, revision=""), gateway, "iam")
    path, right = f"iam/{module}.rego", bundle.files[f"iam/{module}.rego"]
    assert old in right
    with stored(Bundle({**bundle.files, path: right.replace(old, new)})) as folder:
        report = conform_built(folder, Questions(Wanted(policies, "iam", {}), SEED, (), lambda *_: None), gateway, opa)
    assert report.disagreements
