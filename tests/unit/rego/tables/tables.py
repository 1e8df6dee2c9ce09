"""Makes the tables of policies for tests."""

import json
from typing import Any, Final

from iam2rego.ir.policy import Kind, Policy, PolicySet, PolicyType
from iam2rego.rego.bundle.assemble import assemble
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.unit import compile_policy
from iam2rego.rego.reading.statements import read_statements
from iam2rego.rego.tables.policy import Tables, compile_tables
from iam2rego.source import Source
from iam2rego.syntax.forms import FORMS
from iam2rego.syntax.lower import read_policy
from iam2rego.syntax.parse import parse_json

KINDS: Final = {PolicyType.IDENTITY: Kind.IDENTITY, PolicyType.RESOURCE: Kind.RESOURCE}
GET: Final = "s3:GetObject"
USER: Final = "arn:aws:iam::111111111111:user/u"


def policy(*statements: dict[str, Any], name: str = "p", of: PolicyType = PolicyType.IDENTITY) -> Policy:
    """Return a policy; what a statement leaves out of effect, action and resource is `Allow`, `s3:GetObject` and `*`."""
    whole = [{"Effect": "Allow", **_default(each, "Action", GET), **_default(each, "Resource", "*"), **each} for each in statements]
    source = Source(f"{name}.json", json.dumps({"Version": "2012-10-17", "Statement": whole}))
    document = read_policy(parse_json(source), source, FORMS[KINDS[of]], lenient=True).document
    assert document is not None
    return Policy(name=name, type=of, file=f"{name}.json", document=document)


def _default(statement: dict[str, Any], element: str, value: str) -> dict[str, str]:
    return {} if f"Not{element}" in statement else {element: value}


def tables(*statements: dict[str, Any], of: PolicyType = PolicyType.IDENTITY) -> Tables:
    made = policy(*statements, of=of)
    return compile_tables(made, read_statements(made))


def json_of(value: Any) -> Any:
    """Return what OPA reads of ``value``."""
    return json.loads(json.dumps(value))


def data_of(*policies: Policy, attached: PolicySet) -> dict[str, Any]:
    bundle = assemble(
        [compile_policy(each, labels=False, layout=Layout.PACKED) for each in policies],
        attached,
        revision="r",
        package="iam",
        layout=Layout.PACKED,
    )
    data: dict[str, Any] = json.loads(bundle.files["data.json"])["iam"]
    return data
