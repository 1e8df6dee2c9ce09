"""Templates for tests, and what is made of them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from iam2rego.checking import Checked
from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.policy import Kind
from iam2rego.sources import Loaded, load
from iam2rego.sources.files import Place, read
from iam2rego.sources.format import Extract, Options
from iam2rego.sources.formats.cloudformation import FORMAT
from iam2rego.sources.parsing import parse
from iam2rego.sources.problems import Problems
from iam2rego.sources.values import value_of
from tests.support.checks import look

ACCOUNT: Final = {"AWS::AccountId": "111122223333", "AWS::Region": "eu-west-1"}
TRUST: Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}


def allow(resource: object = "*", action: str = "s3:GetObject", **others: object) -> dict[str, Any]:
    """Return a document that allows an action."""
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource, **others}]}


def resource(kind: str, condition: str | None = None, **properties: object) -> dict[str, Any]:
    """Return a resource."""
    return {"Type": kind, "Properties": properties, **({"Condition": condition} if condition else {})}


def role(**properties: object) -> dict[str, Any]:
    """Return a role."""
    return resource("AWS::IAM::Role", AssumeRolePolicyDocument=TRUST, **properties)


def managed(document: object, **properties: object) -> dict[str, Any]:
    """Return a managed policy."""
    return resource("AWS::IAM::ManagedPolicy", PolicyDocument=document, **properties)


def write(folder: Path, template: Mapping[str, object] | str, name: str = "t.json") -> str:
    """Write a template, and return its path."""
    path = folder / name
    path.write_text(template if isinstance(template, str) else json.dumps(template), encoding="utf-8")
    return str(path)


def extracted(path: str, **parameters: str) -> tuple[Extract, tuple[Diagnostic, ...]]:
    """Read a template without its account being put together with others."""
    problems = Problems()
    file = read(Place(Path(path).name, path))
    return FORMAT.read(parse(file), file, Options(Kind.IDENTITY, False, parameters), problems), problems.found


def documents(path: str, **parameters: str) -> dict[str, Any]:
    """Return the documents by name as values; fail at an error."""
    extract, problems = extracted(path, **parameters)
    assert [each.message for each in problems if each.level == "error"] == []
    return {each.name: value_of(each.node) for each in extract.documents}


def loaded(*paths: str, **parameters: str) -> Loaded:
    """Load as a build does."""
    return load(paths, parameters={**ACCOUNT, **parameters})


def looked(*paths: str, **parameters: str) -> Checked:
    """Look as a check does."""
    return look(paths, parameters=parameters)
