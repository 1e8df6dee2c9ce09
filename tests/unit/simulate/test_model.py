"""The form of requests is that of AWS's model of the operation, whose own words are read here: nothing is copied from our table."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import pytest
from botocore.model import Shape as Modelled
from botocore.validate import ParamValidator

from iam2rego.diagnostics import PolicyError
from iam2rego.simulate import read_simulation
from iam2rego.simulate.shapes import REQUEST, Listing, Shape, Structure, Text, Whole
from tests.support.iam_model import INPUT, problems

IDENTITY: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}'
RESOURCE: Final = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "ec2:*", "Resource": "*"}}'
EVERYTHING: Final[dict[str, Any]] = {
    "PolicyInputList": [IDENTITY],
    "PermissionsBoundaryPolicyInputList": [IDENTITY],
    "OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": [IDENTITY]}],
    "ActionNames": ["ec2:RunInstances", "ec2:StopInstances"],
    "ResourceArns": [
        f"arn:aws:ec2:us-east-1:111122223333:{kind}/x" for kind in ("instance", "image", "security-group", "network-interface")
    ],
    "ResourcePolicy": RESOURCE,
    "ResourceOwner": "arn:aws:iam::111122223333:root",
    "CallerArn": "arn:aws:iam::111122223333:user/u",
    "ContextEntries": [{"ContextKeyName": "aws:TagKeys", "ContextKeyValues": ["a", "b"], "ContextKeyType": "stringList"}],
    "ResourceHandlingOption": "EC2-VPC-InstanceStore",
    "MaxItems": 1,
    "Marker": "1",
}

Path_ = tuple[str | int, ...]


def modelled(shape: Modelled) -> Shape:
    """A shape of the model in our words."""
    limits = shape.metadata
    match shape.type_name:
        case "structure":
            return Structure({name: modelled(member) for name, member in shape.members.items()}, tuple(shape.required_members))
        case "list":
            return Listing(modelled(shape.member), limits.get("max"))
        case "integer":
            return Whole(limits["min"], limits["max"])
        case "string":
            return Text(limits.get("min", 0), limits.get("max"), limits.get("pattern"), tuple(limits.get("enum", ())))
    raise AssertionError(shape.type_name)


def broken(shape: Modelled, value: Any, path: Path_ = ()) -> Iterator[tuple[str, Path_, Any]]:
    """Values that the model does not take, for each place of a request that it does: what is wrong, the place, the value there."""
    yield from (("wrong-type", path, other) for other in ([], {}, "text", 7, 1.5, True, None) if type(other) is not type(value))
    yield from ((wrong, path, other) for wrong, other in beyond(shape, value))
    match shape.type_name:
        case "structure":
            yield "unknown-member", path, {**value, "Unknown": "x"}
            yield from (("missing-member", path, {name: value[name] for name in value if name != gone}) for gone in shape.required_members)
            for name, member in shape.members.items():
                yield from broken(member, value[name], (*path, name))
        case "list":
            yield from broken(shape.member, value[0], (*path, 0))


def beyond(shape: Modelled, value: Any) -> Iterator[tuple[str, Any]]:
    """Values just beyond the limits of a shape."""
    for limit, bound in shape.metadata.items():
        match shape.type_name, limit:
            case "integer", "min" | "max":
                yield limit, bound + (1 if limit == "max" else -1)
            case "list", "max":
                yield limit, value * (bound + 1)
            case "string", "min":
                yield limit, value[: bound - 1]
            case "string", "max":
                yield limit, value.ljust(bound + 1)
            case "string", "pattern":
                yield limit, value + "\u0100"
            case "string", "enum":
                yield limit, bound[0].upper()


def replaced(path: Path_, value: Any) -> Any:
    """The request with another value at a place."""
    root = [deepcopy(EVERYTHING)]
    holder: Any = root
    step: str | int = 0
    for inner in path:
        holder, step = holder[step], inner
    holder[step] = value
    return root[0]


BROKEN: Final = list(broken(INPUT, EVERYTHING))
CASES: Final = [
    pytest.param(path, value, id=f"{wrong}/{'.'.join(map(str, path)) or 'request'}/{number}")
    for number, (wrong, path, value) in enumerate(BROKEN)
]


def written(request: Any, tmp_path: Path) -> str:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(request), encoding="utf-8")
    return str(file)


def test_our_form_of_requests_is_that_of_the_model() -> None:
    assert modelled(INPUT) == REQUEST


def test_every_member_of_the_model_is_in_the_request_that_is_broken() -> None:
    assert set(EVERYTHING) == set(INPUT.members)
    assert problems(EVERYTHING, INPUT) == []


def test_a_request_with_every_member_is_taken(tmp_path: Path) -> None:
    assert read_simulation(written(EVERYTHING, tmp_path)).first == 1


@pytest.mark.parametrize(("path", "value"), CASES)
def test_what_the_model_does_not_take_is_refused_with_its_place(path: Path_, value: Any, tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as refused:
        read_simulation(written(replaced(path, value), tmp_path))
    assert [each.span for each in refused.value.diagnostics if each.span is None] == []


def test_botocore_takes_no_type_that_is_broken_here() -> None:
    taken = [path for wrong, path, value in BROKEN if wrong == "wrong-type" and not refused_by_botocore(replaced(path, value))]
    assert taken == [("MaxItems",)], "to Python, true is a number"


def refused_by_botocore(request: Any) -> bool:
    return bool(ParamValidator().validate(request, INPUT).has_errors())
