"""Policies as tables: by which actions each statement is found, and what it is called."""

from typing import Any

import pytest

from iam2rego.ir.attachments import Attachments
from iam2rego.rego.bundle.names import short_names
from iam2rego.rego.tables.requirements import NEVER
from tests.unit.rego.tables.tables import GET, data_of, json_of, policy, tables


@pytest.mark.parametrize(
    ("actions", "services", "any_service"),
    [
        pytest.param({"Action": GET}, {"s3": {"names": {"getobject": [0]}, "prefixes": [], "globs": []}}, [], id="A4/name"),
        pytest.param({"Action": "s3:Get*"}, {"s3": {"names": {}, "prefixes": [[0, ["get"]]], "globs": []}}, [], id="A3/prefix"),
        pytest.param({"Action": "s3:*"}, {"s3": {"names": {}, "prefixes": [[0, [""]]], "globs": []}}, [], id="A5/service"),
        pytest.param({"Action": "s3:*Acl"}, {"s3": {"names": {}, "prefixes": [], "globs": [[0, ["*acl"]]]}}, [], id="A3/glob"),
        pytest.param(
            {"Action": [GET, GET, "s3:Put*", "s3:?et*", "sqs:List*"]},
            {
                "s3": {"names": {"getobject": [0]}, "prefixes": [[0, ["put"]]], "globs": [[0, ["?et*"]]]},
                "sqs": {"names": {}, "prefixes": [[0, ["list"]]], "globs": []},
            },
            [],
            id="A8/of-all-forms",
        ),
        pytest.param({"Action": "*"}, {}, [0], id="A2/all"),
        pytest.param({"Action": [GET, "*"]}, {}, [0], id="A2/all-and-one"),
        pytest.param({"Action": [GET, "*:Get*"]}, {}, [0], id="A5/any-service"),
        pytest.param({"NotAction": GET}, {}, [0], id="A8/NotAction"),
    ],
)
def test_where_a_statement_is_found(actions: dict[str, Any], services: dict[str, Any], any_service: list[int]) -> None:
    assert json_of(tables(actions).actions) == {"allow": {"services": services, "any_service": any_service}}


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param({"Action": []}, id="G10/no-action"),
        pytest.param({"NotAction": "*"}, id="A8/no-action-is-left"),
        pytest.param({"NotResource": "*"}, id="R10/no-resource-is-left"),
        pytest.param({"Resource": []}, id="G10/no-resource"),
    ],
)
def test_a_statement_that_never_applies_is_found_nowhere(statement: dict[str, Any]) -> None:
    assert (tables(statement).actions, tables(statement).statements) == ({}, [[NEVER]])


def test_a_statement_that_never_applies_is_found_for_the_keys_that_it_asks_for() -> None:
    found = tables({"Resource": [], "NotAction": "s3:*", "Condition": {"Bool": {"A:b": "x", "c": "true"}}})
    assert json_of(found.statements) == [[["not_action", "starts", "s3:"], ["never"]]]
    assert found.actions["allow"]["any_service"] == [0]


@pytest.mark.parametrize(
    ("statement", "required", "keys"),
    [
        pytest.param(
            {"Resource": ["*", "arn:aws:s3:::${E}"], "Condition": {"Null": {"d": ["true", "false"]}}},
            [],
            ["d", "E"],
            id="D5/deciding-nothing",
        ),
        pytest.param({"Condition": {"Bool": {"A:b": "x", "c": "true"}}}, [["never"]], ["A:b", "c"], id="D5/never-met"),
        pytest.param(
            {"Condition": {"Null": {"a": "true"}, "Bool": {"A": "true"}}},
            [["null", "a"], ["is", "a", "boolean", "in", ["true"]]],
            ["a"],
            id="D5/as-first-spelled",
        ),
    ],
)
def test_the_keys_that_a_statement_asks_for_are_told(statement: dict[str, Any], required: list[Any], keys: list[str]) -> None:
    data = data_of(policy(statement), attached=Attachments(identity=("p",)))
    ((stands,),), (told,) = data["policies"].values(), data["statements"].values()
    assert (stands, told["statements"][0][-1]) == (required, keys)


def test_a_name_that_several_statements_have() -> None:
    found = tables({}, {"Effect": "Deny"}, {}).actions
    assert {effect: table["services"]["s3"]["names"] for effect, table in found.items()} == {
        "allow": {"getobject": [0, 2]},
        "deny": {"getobject": [1]},
    }


def test_short_names_are_as_short_as_tells_them_apart() -> None:
    names = short_names(map(str, range(1000)))
    assert len(set(names.values())) == 1000
    assert {len(name) for name in names.values()} == {3, 4}


def test_a_short_name_hangs_on_those_alone_that_begin_alike() -> None:
    fewer, more = short_names(map(str, range(999))), short_names(map(str, range(1000)))
    changed = [policy for policy, name in fewer.items() if more[policy] != name]
    assert len(changed) <= 1
