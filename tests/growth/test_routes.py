"""A gateway's routes are found by an index, so more of them are no more work."""

import json
import subprocess
from pathlib import Path

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from iam2rego.rego.gateway.routes import routes_module
from iam2rego.rego.language.printer import print_module
from iam2rego.source import Source
from iam2rego.sources.gateway import gateway_of

HTTP = """kind = "http"
claims = {{ verified_by = "caller" }}
principal = {{ arn = "{{claim.arn}}" }}
{routes}"""
HTTP_ROUTE = """
[[routes]]
method = "GET"
path = "/{number}/{{key}}"
action = "s3:GetObject"
resource = "arn:aws:s3:::b/{{key}}"
"""
AUTHZEN = """kind = "authzen"
principal = {{ arn = "{{subject.id}}" }}
{routes}"""
AUTHZEN_ROUTE = """
[[routes]]
subject_type = "user"
name = "{number}"
resource_type = "doc"
action = "s3:GetObject"
resource = "*"
"""
HTTP_DOCUMENT = {"method": "GET", "path": "/1/k", "headers": {}, "claims": {"arn": "arn:aws:iam::123456789012:user/u"}}
AUTHZEN_DOCUMENT = {"subject": {"type": "user", "id": "u"}, "action": {"name": "1"}, "resource": {"type": "doc", "id": "d"}}
LIBRARY = Path(__file__).parents[2] / "compiler" / "iam2rego" / "rego" / "lib" / "gateway"


@pytest.mark.parametrize(
    ("file", "route", "document"),
    [pytest.param(HTTP, HTTP_ROUTE, HTTP_DOCUMENT, id="http"), pytest.param(AUTHZEN, AUTHZEN_ROUTE, AUTHZEN_DOCUMENT, id="authzen")],
)
def test_of_many_routes_one_is_tried(file: str, route: str, document: JsonValue, tmp_path: Path, opa: Binary) -> None:
    text = file.format(routes="".join(route.format(number=each) for each in range(60)))
    module = tmp_path / "routes.rego"
    module.write_text(print_module(routes_module(gateway_of(Source("gateway.toml", text)), "iam")), encoding="utf-8")
    command: list[str | Path] = [opa.path, "eval", "--data", LIBRARY, "--data", module, "--explain=full", "--format=json", "--stdin-input"]
    done = subprocess.run([*command, "data.iam.routes.request"], input=json.dumps(document), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    assert answer["result"][0]["expressions"][0]["value"]["action"] == "s3:GetObject"
    found = [event["Message"] for event in answer["explanation"] if event["Op"] == "Index" and event["Ref"][-1]["value"] == "made"]
    assert found == ["(matched 1 rule)"]
