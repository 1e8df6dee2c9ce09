"""The policies of examples/gateway are those of examples/ecs, each with users who have it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypedDict

EXAMPLES: Final = Path(__file__).parents[2] / "examples"


class Version(TypedDict):
    Document: object


class Managed(TypedDict):
    PolicyName: str
    PolicyVersionList: list[Version]


def documents() -> Iterator[tuple[str, object]]:
    policies: list[Managed] = json.loads((EXAMPLES / "gateway" / "account.json").read_text())["Policies"]
    return ((each["PolicyName"], version["Document"]) for each in policies for version in each["PolicyVersionList"])


def test_the_policies_of_the_account_are_those_of_the_page() -> None:
    of_the_page = {path.stem: json.loads(path.read_text()) for path in (EXAMPLES / "ecs" / "policies").iterdir()}
    assert [name for name, document in documents() if document != of_the_page[name]] == []
