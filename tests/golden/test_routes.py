"""The rules that a gateway's file becomes."""

from typing import Final

import pytest

from iam2rego.rego.gateway.routes import routes_module
from iam2rego.rego.language.printer import print_module
from iam2rego.source import Source
from iam2rego.sources.gateway import gateway_of

HTTP: Final = """kind = "envoy"
principal = { arn = "arn:aws:iam::123456789012:user/{claim.sub}" }
claims = { verified_by = "envoy", filter = "f", payload = "p" }
context = { "aws:SourceIp" = "{source_ip}" }

[[routes]]
method = "GET"
path = "/{kind}/{id}"
action = "ecs:DescribeServices"
resource = "arn:aws:ecs:us-east-1:123456789012:{kind}/{id}"
context = { "x:q" = "{query.q}", "x:both" = "{header.X-H} of {id}", "x:time" = "{time}" }

[[routes]]
method = "GET"
path = "/clusters/default"
action = "ecs:DescribeClusters"
resource = "*"
resource_account = "123456789012"
"""
HTTP_RULES: Final = """package iam.routes

import data.iam.lib.gateway.http
import data.iam.lib.gateway.template

method := object.get(input, ["attributes", "request", "http", "method"], null)

path := object.get(input, ["attributes", "request", "http", "path"], null)

headers := object.get(input, ["attributes", "request", "http", "headers"], {})

source_ip := object.get(input, ["attributes", "source", "address", "socketAddress", "address"], null)

default claims := {}

claims := found if {
	found := object.get(input, ["attributes", "metadataContext", "filterMetadata", "f", "p"], {})
	is_object(found)
}

errors := http.errors

request := made(http.asked)

# Compiled by iam2rego from the route "GET /{kind}/{id}"
made(asked) := object.union(members, {"context": told}) if {
	asked = ["GET", segment_0, segment_1]
	[segment_0, segment_1] != ["clusters", "default"]
	context := {
		"aws:SourceIp": source_ip,
		"x:q": http.parameter("q"),
		"x:both": template.joined([http.header("x-h"), " of ", segment_1]),
		"x:time": template.now,
	}
	told := {key: value | some key, value in context; value != null}
	members := {
		"principal": template.joined(["arn:aws:iam::123456789012:user/", template.name(object.get(claims, "sub", null))]),
		"action": "ecs:DescribeServices",
		"resource": template.joined(["arn:aws:ecs:us-east-1:123456789012:", template.name(segment_0), "/", template.name(segment_1)]),
	}
}

# Compiled by iam2rego from the route "GET /clusters/default"
made(asked) := object.union(members, {"context": told}) if {
	asked = ["GET", "clusters", "default"]
	context := {"aws:SourceIp": source_ip}
	told := {key: value | some key, value in context; value != null}
	members := {
		"principal": template.joined(["arn:aws:iam::123456789012:user/", template.name(object.get(claims, "sub", null))]),
		"action": "ecs:DescribeClusters",
		"resource": "*",
		"resource_account": "123456789012",
	}
}
"""
STORE: Final = """kind = "minio"
resource_account = "123456789012"
[principal]
arn = "{claim.arn}"
owner = "arn:aws:iam::123456789012:root"
[context]
"aws:PrincipalTag/team" = "{account}"
"""
STORE_RULES: Final = """package iam.routes

import data.iam.lib.gateway.storage

account := object.get(input, ["account"], null)

is_owner := object.get(input, ["owner"], false)

action := object.get(input, ["action"], null)

bucket := object.get(input, ["bucket"], "")

object_name := object.get(input, ["object"], "")

conditions := object.get(input, ["conditions"], {})

only_denied := object.get(input, ["denyOnly"], false)

default claims := {}

claims := found if {
	found := object.get(input, ["claims"], {})
	is_object(found)
}

errors := storage.errors

request := made(storage.asked)

made(asked) := object.union(members, {"context": told}) if {
	asked = [true]
	context := object.union(storage.conditions, {"aws:PrincipalTag/team": account})
	told := {key: value | some key, value in context; value != null}
	members := {
		"principal": "arn:aws:iam::123456789012:root",
		"action": action,
		"resource": storage.resource,
		"resource_account": "123456789012",
	}
}

made(asked) := object.union(members, {"context": told}) if {
	asked = [false]
	context := object.union(storage.conditions, {"aws:PrincipalTag/team": account})
	told := {key: value | some key, value in context; value != null}
	members := {
		"principal": object.get(claims, "arn", null),
		"action": action,
		"resource": storage.resource,
		"resource_account": "123456789012",
	}
}
"""
SERVICES: Final = """kind = "authzen"
principal = { arn = "{subject.arn}" }
[[routes]]
subject_type = "user"
name = "can_read"
resource_type = "doc"
action = "docs:Get"
resource = "*"
context = { "docs:Owner" = "{resource.owner}" }
"""
SERVICES_RULES: Final = """package iam.routes

import data.iam.lib.gateway.authzen

errors := authzen.errors

request := made(authzen.asked)

# Compiled by iam2rego from the route "user can_read doc"
made(asked) := object.union(members, {"context": told}) if {
	asked = ["user", "can_read", "doc"]
	context := {"docs:Owner": object.get(authzen.resource, "owner", null)}
	told := {key: value | some key, value in context; value != null}
	members := {"principal": object.get(authzen.subject, "arn", null), "action": "docs:Get", "resource": "*"}
}
"""


@pytest.mark.parametrize(
    ("file", "want"),
    [
        pytest.param(HTTP, HTTP_RULES, id="http"),
        pytest.param(STORE, STORE_RULES, id="store"),
        pytest.param(SERVICES, SERVICES_RULES, id="services"),
    ],
)
def test_a_file_becomes_a_rule_a_route(file: str, want: str) -> None:
    assert print_module(routes_module(gateway_of(Source("gateway.toml", file)), "iam")) == want


def file(*lines: str, principal: str = "arn:aws:iam::123456789012:user/{header.x-user}", path: str = "/{bucket}") -> str:
    """Return a gateway's file with one route."""
    route = ["[[routes]]", 'method = "GET"', f'path = "{path}"', 'action = "s3:ListAllMyBuckets"', 'resource = "*"']
    return "\n".join((*lines, f'principal = {{ arn = "{principal}" }}', *route))


PROXIED: Final = ('kind = "http"', "trusted_proxy = true")
CALLED: Final = ('kind = "http"', 'claims = { verified_by = "caller" }')
RUSTFS: Final = 'kind = "rustfs"\nprincipal = { arn = "arn:aws:iam::123456789012:user/{account}" }'


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(
            file(*PROXIED), 'source_ip := object.get(input, ["source_ip"], null)\n\ndefault claims := {}\n\nerrors', id="no-claims"
        ),
        pytest.param(file(*PROXIED, "forwarded_hops = 2"), "source_ip := http.forwarded(2)", id="proxies"),
        pytest.param(file(*CALLED, principal="{claim.arn}"), 'found := object.get(input, ["claims"], {})', id="caller's-claims"),
        pytest.param(file(*PROXIED, path="/"), 'asked = ["GET"]', id="no-segment"),
        pytest.param(RUSTFS, 'object_name := object.get(input, ["resource", "object"], "")', id="object-of-rustfs"),
        pytest.param(RUSTFS, 'found := object.get(input, ["identity", "claims"], {})', id="claims-of-rustfs"),
        pytest.param(RUSTFS, "asked = [_]", id="store-without-an-owner"),
    ],
)
def test_a_value_is_read_where_the_kind_of_gateway_has_it(text: str, rule: str) -> None:
    assert f"\n{rule}" in print_module(routes_module(gateway_of(Source("gateway.toml", text)), "iam")).replace("\n\t", "\n")
