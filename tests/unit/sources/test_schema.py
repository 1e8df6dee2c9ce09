"""The JSON Schema of policy-set files: published as its models say, and the models say what the reader does."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest
from pydantic import ValidationError

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.policy import PolicyType
from iam2rego.sources import load
from iam2rego.sources.schema import Policies, PolicySetFile, schema_text

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]

_PUBLISHED: Final = Path(__file__).parents[3] / "docs" / "policy-set.schema.json"
PLAIN: Final = '{"Statement": [{"Effect": "Deny", "Action": ["s3:*"], "Resource": "*", "Condition": {"Bool": {"a:b": [true]}}}]}'
NAMED: Final = '{"Version": "2012-10-17", "Id": "x", "Statement": {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*"}}'
TEXT: Final = json.dumps(PLAIN)
KEY: Final = "arn:aws:kms:us-east-1:111111111111:key/1"


def test_the_published_schema_is_that_of_the_models() -> None:
    assert _PUBLISHED.read_text(encoding="utf-8") == schema_text()


def test_every_type_but_the_one_of_scenarios_is_a_member() -> None:
    assert set(Policies.model_fields) == {each.value for each in PolicyType} - {"resource"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f'{{"policies": {{"identity": [{PLAIN}, {TEXT}]}}}}', id="identity"),
        pytest.param(f'{{"policies": {{"service_control": [[{PLAIN}], []], "session": [{TEXT}]}}}}', id="levels"),
        pytest.param(f'{{"$schema": "x", "policies": {{}}, "resources": {{"{KEY}": {NAMED}}}}}', id="resources"),
    ],
)
def test_model_and_reader_accept(text: str, folder: Folder) -> None:
    assert PolicySetFile.model_validate_json(text).policies is not None
    assert load([str(folder({"p.json": text}))]).policies.policies != ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('{"policies": []}', id="list"),
        pytest.param('{"policies": {"identities": []}}', id="unknown-type"),
        pytest.param(f'{{"policies": {{"resource": {NAMED}}}}}', id="resource"),
        pytest.param(f'{{"policies": {{"identity": {PLAIN}}}}}', id="no-list"),
        pytest.param(f'{{"policies": {{"service_control": [{PLAIN}]}}}}', id="no-levels"),
        pytest.param('{"policies": {"identity": [1]}}', id="number"),
        pytest.param('{"policies": {"identity": [{"Statement": {"Effect": "Maybe", "Action": "*", "Resource": "*"}}]}}', id="effect"),
        pytest.param('{"policies": {"identity": [{"Statement": {"Action": "*", "Resource": "*"}}]}}', id="no-effect"),
        pytest.param('{"policies": {"identity": [{"Version": "2012-10-17"}]}}', id="no-statement"),
        pytest.param(f'{{"policies": {{}}, "resources": {{"b": {NAMED}}}}}', id="no-arn"),
        pytest.param(f'{{"policies": {{}}, "resources": {{"{KEY}*": {NAMED}}}}}', id="wildcard"),
        pytest.param(f'{{"policies": {{"identity": [{PLAIN}]}}, "resource": {{}}}}', id="unknown-member"),
    ],
)
def test_model_and_reader_refuse(text: str, folder: Folder, refusal: Refusal) -> None:
    with pytest.raises(ValidationError):
        PolicySetFile.model_validate_json(text)
    assert refusal(lambda: load([str(folder({"p.json": text}))])) != []
