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

import data.iam.lib.gateway.template

# Compiled by iam2rego from the route "GET /{kind}/{id}"
made contains request if {
	input.method == "GET"
	input.segments = [segment_0, segment_1]
	[segment_0, segment_1] != ["clusters", "default"]
	context := {
		"aws:SourceIp": input.source_ip,
		"x:q": object.get(input.query, "q", null),
		"x:both": template.joined([object.get(input.headers, "x-h", null), " of ", segment_1]),
		"x:time": input.time,
	}
	request := {
		"principal": template.joined(["arn:aws:iam::123456789012:user/", template.name(object.get(input.claims, "sub", null))]),
		"action": "ecs:DescribeServices",
		"resource": template.joined(["arn:aws:ecs:us-east-1:123456789012:", template.name(segment_0), "/", template.name(segment_1)]),
		"context": context,
	}
}

# Compiled by iam2rego from the route "GET /clusters/default"
made contains request if {
	input.method == "GET"
	input.segments = ["clusters", "default"]
	context := {"aws:SourceIp": input.source_ip}
	request := {
		"principal": template.joined(["arn:aws:iam::123456789012:user/", template.name(object.get(input.claims, "sub", null))]),
		"action": "ecs:DescribeClusters",
		"resource": "*",
		"resource_account": "123456789012",
		"context": context,
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

made contains request if {
	input.is_owner
	context := object.union(input.conditions, {"aws:PrincipalTag/team": input.account})
	request := {
		"principal": "arn:aws:iam::123456789012:root",
		"action": input.action,
		"resource": input.resource,
		"resource_account": "123456789012",
		"context": context,
	}
}

made contains request if {
	not input.is_owner
	context := object.union(input.conditions, {"aws:PrincipalTag/team": input.account})
	request := {
		"principal": object.get(input.claims, "arn", null),
		"action": input.action,
		"resource": input.resource,
		"resource_account": "123456789012",
		"context": context,
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

# Compiled by iam2rego from the route "user can_read doc"
made contains request if {
	input.method == "can_read"
	input.segments == ["user", "doc"]
	context := {"docs:Owner": object.get(input.resource, "owner", null)}
	request := {
		"principal": object.get(input.subject, "arn", null),
		"action": "docs:Get",
		"resource": "*",
		"context": context,
	}
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
