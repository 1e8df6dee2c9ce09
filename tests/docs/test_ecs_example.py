"""The policies of examples/ecs are those of the AWS page, and its scenarios speak of them."""

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Final, TypedDict

import pytest

CHECKOUT: Final = Path(__file__).parents[2]
EXAMPLE: Final = CHECKOUT / "examples" / "ecs"
PAGE: Final = (CHECKOUT / "tests" / "corpus" / "ecs-identity-based-policy-examples.txt").read_text(encoding="utf-8")
IN_THE_ORDER_OF_THE_PAGE: Final = (
    "view-own-permissions",
    "first-run-wizard",
    "create-and-list-clusters",
    "describe-and-delete-cluster",
    "operate-on-one-cluster",
    "deregister-container-instances",
    "describe-container-instance",
    "register-task-definitions",
    "run-task",
    "start-task",
    "list-tasks",
    "describe-task",
    "create-service",
    "update-service",
    "describe-services-by-tag",
)
OF_THE_PAGE: Final = dict(zip(IN_THE_ORDER_OF_THE_PAGE, re.findall(r"^\{ .*\}$", PAGE, re.MULTILINE), strict=True))
PARAMETERS: Final = tomllib.loads((EXAMPLE / "params.toml").read_text(encoding="utf-8"))


def policy(name: str) -> str:
    return (EXAMPLE / "policies" / f"{name}.json").read_text(encoding="utf-8")


def canonical(document: str) -> str:
    """The text without the white space between its tokens, members in their order."""
    return json.dumps(json.loads(document))


def bound(document: str) -> str:
    return re.sub(r"<(\w+)>", lambda placeholder: PARAMETERS[placeholder[1]], document)


class Scenario(TypedDict):
    name: str
    policies: dict[str, object]


def scenarios(name: str) -> list[Scenario]:
    cases: list[Scenario] = json.loads((EXAMPLE / "scenarios" / f"{name}.json").read_text(encoding="utf-8"))
    return cases


def test_every_policy_of_the_page_has_a_file_and_scenarios() -> None:
    files = [{path.stem for path in (EXAMPLE / folder).iterdir()} for folder in ("policies", "scenarios")]
    assert files == [set(OF_THE_PAGE), set(OF_THE_PAGE)]


@pytest.mark.parametrize("name", OF_THE_PAGE)
def test_policy_says_what_the_page_says(name: str) -> None:
    assert canonical(policy(name)) == canonical(OF_THE_PAGE[name])


def test_placeholders_are_as_often_as_rule_t3_counts_them() -> None:
    found = Counter(placeholder for name in OF_THE_PAGE for placeholder in re.findall(r"<(\w+)>", policy(name)))
    assert found == {
        "aws_account_id": 14,
        "region": 11,
        "cluster_name": 7,
        "container_instance_UUID": 2,
        "task_family": 2,
        "task_UUID": 1,
    }


def test_every_placeholder_has_a_parameter_and_every_parameter_a_placeholder() -> None:
    assert set(PARAMETERS) == {placeholder for name in OF_THE_PAGE for placeholder in re.findall(r"<(\w+)>", policy(name))}


@pytest.mark.parametrize("name", OF_THE_PAGE)
def test_some_scenario_carries_the_policy_as_it_is(name: str) -> None:
    carried = [json.dumps(case["policies"]) for case in scenarios(name)]
    assert json.dumps({"identity": [json.loads(bound(policy(name)))]}) in carried


@pytest.mark.parametrize("name", OF_THE_PAGE)
def test_names_of_scenarios_quote_the_page(name: str) -> None:
    names = [case["name"].removeprefix(f"{name}: ") for case in scenarios(name)]
    quotations = [quotation for each in names for quotation in re.findall(r'"([^"]+)"', each)]
    assert [quotation for quotation in quotations if quotation not in PAGE] == []
