"""Files of gateways of every kind, and a policy that meets what they are asked."""

import re
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import get_default_algorithms

from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps, loads
from iam2rego.sources import load
from iam2rego.sources.gateway import read_gateway

POLICY: Final = """{"Version": "2012-10-17", "Statement": [
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

[[routes]]
method = "GET"
path = "/objects/{bucket}/by-parameter"
action = "s3:GetObject"
resource = "arn:aws:s3:::{bucket}/alice/object"
resource_account = "{query.account}"

[[routes]]
method = "GET"
path = "/objects/{bucket}/by-header"
action = "s3:GetObject"
resource = "arn:aws:s3:::{bucket}/alice/object"
resource_account = "{header.X-Account}"

[[routes]]
method = "GET"
path = "/objects/{bucket}/by-claim"
action = "s3:GetObject"
resource = "arn:aws:s3:::{bucket}/alice/object"
resource_account = "{claim.account}"
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

_CURVES: Final[dict[str, ec.EllipticCurve]] = {"ES256": ec.SECP256R1(), "ES384": ec.SECP384R1(), "ES512": ec.SECP521R1()}

FILES: Final = {**{kind: text + ROUTES for kind, text in KINDS.items()}, **OTHER_KINDS}
"""A file of each kind, by its name, but of those by which OPA verifies tokens."""


def policies_in(folder: Path) -> PolicySet:
    """The policy."""
    (folder / "policy.json").write_text(POLICY, encoding="utf-8")
    return load([str(folder / "policy.json")]).policies


def gateway_in(folder: Path, text: str) -> Gateway:
    """What a file of a gateway says; the key set that it may name is beside it, with somebody else's key."""
    (folder / "gateway.toml").write_text(text, encoding="utf-8")
    if named := re.search('algorithm = "(.+)"', text):
        (folder / "keys.json").write_text(dumps({"keys": [public_key(named[1], "other")]}), encoding="utf-8")
    return read_gateway(str(folder / "gateway.toml"))


def public_key(algorithm: str, name: str) -> dict[str, JsonValue]:
    """A key of which nobody has the private part."""
    key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey | rsa.RSAPrivateKey
    if algorithm in _CURVES:
        key = ec.generate_private_key(_CURVES[algorithm])
    else:
        key = Ed25519PrivateKey.generate() if algorithm == "EdDSA" else rsa.generate_private_key(65537, 2048)
    return {**loads(get_default_algorithms()[algorithm].to_jwk(key.public_key())), "kid": name}
