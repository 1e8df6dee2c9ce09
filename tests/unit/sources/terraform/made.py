"""Plans and states for tests, and what is made of them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from iam2rego.checking import Checked
from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.policy import Kind
from iam2rego.sources import Loaded, load
from iam2rego.sources.extracting import extract_from
from iam2rego.sources.files import Place, read
from iam2rego.sources.format import Extract, Options
from iam2rego.sources.problems import Problems
from iam2rego.sources.values import value_of
from tests.support.checks import look

ACCOUNT: Final = {"AWS::AccountId": "111122223333", "AWS::Region": "eu-west-1"}
IAM: Final = "arn:aws:iam::111122223333"
TRUST: Final = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}]}
)


def allow(resource: object = "*", action: object = "s3:GetObject", **others: object) -> str:
    """Return the text of a document that allows an action."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": resource, **others}]})


BUCKET: Final = allow(Principal="*")


def change(
    address: str, after: Mapping[str, object] | None, unknown: object = None, actions: Iterable[str] = ("create",), **others: object
) -> dict[str, Any]:
    """Return a change of a resource; ``unknown`` are names of attributes, or marks as plans have them."""
    marks = dict.fromkeys(unknown, True) if isinstance(unknown, list) else unknown or {}
    before = others.pop("before", None)
    made = {"actions": [*actions], "before": before, "after": after, "after_unknown": marks}
    kind = next(each for each in address.split(".") if each.startswith(("aws_", "awscc_")))
    return {"address": address, "mode": "managed", "type": kind, "name": "x", "change": made, **others}


def role(
    name: str | None = "r", address: str = "aws_iam_role.r", unknown: Iterable[str] = ("arn", "id"), **values: object
) -> dict[str, Any]:
    """Return a change that makes a role."""
    named = {"name": name} if name else {}
    return change(address, {"assume_role_policy": TRUST, "path": "/", **named, **values}, [*unknown, *([] if name else ["name"])])


def configured(address: str, _for_each: Iterable[str] | None = None, **attributes: object) -> dict[str, Any]:
    """Return the configuration of a resource: each attribute with what it refers to, or a constant."""
    expressions = {
        name: {"references": value} if isinstance(value, list) else {"constant_value": value} for name, value in attributes.items()
    }
    each = {"for_each_expression": {"references": [*_for_each]}} if _for_each is not None else {}
    return {"address": address, "mode": "managed", "type": address.split(".")[0], "expressions": expressions, **each}


def module(*resources: dict[str, Any], outputs: Mapping[str, list[str]] | None = None, **calls: dict[str, Any]) -> dict[str, Any]:
    """Return a module of a configuration."""
    given = {name: {"expression": {"references": refs}} for name, refs in (outputs or {}).items()}
    return {"resources": [*resources], "outputs": given, "module_calls": calls}


def call(inner: dict[str, Any], _for_each: Iterable[str] | None = None, **arguments: list[str]) -> dict[str, Any]:
    """Return a call of a module."""
    each = {"for_each_expression": {"references": [*_for_each]}} if _for_each is not None else {}
    return {"expressions": {name: {"references": refs} for name, refs in arguments.items()}, "module": inner, **each}


def plan(*changes: object, root: dict[str, Any] | None = None, **others: object) -> dict[str, Any]:
    """Return a plan."""
    configuration = {"configuration": {"root_module": root}} if root is not None else {}
    return {"format_version": "1.2", "terraform_version": "1.5.7", "resource_changes": [*changes], **configuration, **others}


def state(*resources: tuple[str, dict[str, Any]], **others: object) -> dict[str, Any]:
    """Return a state of resources by address."""
    made = [{"address": address, "mode": "managed", "type": address.split(".")[0], "values": values} for address, values in resources]
    return {"format_version": "1.0", "values": {"root_module": {"resources": made, **others}}}


def write(folder: Path, content: Mapping[str, object] | str, name: str = "p.json") -> str:
    """Write a file, and return its path."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def extracted(path: str, **parameters: str) -> tuple[Extract, tuple[Diagnostic, ...]]:
    """Read a file without its account being put together with others; an error of the whole file is raised."""
    problems = Problems()
    return extract_from(read(Place(Path(path).name, path)), Options(Kind.IDENTITY, False, parameters), problems), problems.found


def documents(path: str, **parameters: str) -> dict[str, Any]:
    """Return the documents by name as values; fail at an error."""
    found, problems = extracted(path, **parameters)
    assert [each.message for each in problems if each.level == "error"] == []
    return {each.name: value_of(each.node) for each in found.documents}


def loaded(*paths: str, **parameters: str) -> Loaded:
    """Load as a build does."""
    return load(paths, parameters={**ACCOUNT, **parameters})


def looked(*paths: str, **parameters: str) -> Checked:
    """Look as a check does."""
    return look(paths, parameters=parameters)


def principals(*paths: str, **parameters: str) -> dict[str, tuple[tuple[str, ...], str | None]]:
    """Return the policies and the boundary of each user and role."""
    attachments = loaded(*paths, **parameters).policies.attachments
    return {each.arn: (each.identity, each.permissions_boundary) for each in attachments.principals}


def resources(*paths: str, **parameters: str) -> dict[str, str]:
    """Return the policies of resources by ARN."""
    return {each.resource: each.policy for each in loaded(*paths, **parameters).policies.attachments.resources}
