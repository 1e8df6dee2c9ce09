"""Other linters, run as programs on the cases: what each prints about which policy."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from iam2rego.ir.policy import Kind
from tests.comparison.cases import Case
from tests.prove.setting import run

Printed: TypeAlias = Mapping[str, Set[str]]
"""The names of the findings by the name of the case."""

Look: TypeAlias = Callable[[Path, Sequence[Case], Path], Printed]
"""Runs the programs of a folder on cases, with files in an empty folder."""


@dataclass(frozen=True, slots=True)
class Linter:
    """A linter: the package with its version, whether it takes a case, and how it is run."""

    package: str
    takes: Callable[[Case], bool]
    look: Look

    @property
    def name(self) -> str:
        """Its name."""
        return self.package.partition("==")[0]


def _grouped(found: Iterable[tuple[str, str]]) -> Printed:
    names = defaultdict[str, set[str]](set)
    for case, name in found:
        names[case].add(name)
    return names


def _is_object(case: Case) -> bool:
    return isinstance(case.policy, dict)


def _asked_by(program: str) -> Look:
    """Return what lets a program of this folder ask a linter that is a library, too: the command stops at a policy that it cannot read."""

    def look(programs: Path, cases: Sequence[Case], folder: Path) -> Printed:
        for case in cases:
            (folder / f"{case.name}.json").write_text(case.text, encoding="utf-8")
        said = run([programs / "python", Path(__file__).with_name(program), folder])
        lines = (json.loads(line) for line in said.text.splitlines() if line.startswith("["))
        return {case: frozenset(names) for case, names in lines}

    return look


def _checkov(programs: Path, cases: Sequence[Case], folder: Path) -> Printed:
    """Run it on CloudFormation templates, each with a resource that has the policy of a case."""
    for case in cases:
        template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"Case": _resource(case)}}
        (folder / f"{case.name}.json").write_text(json.dumps(template), encoding="utf-8")
    options = ["--framework", "cloudformation", "--output", "json", "--compact", "--quiet", "--skip-download"]
    said = run([programs / "checkov", "--directory", folder, *options])
    report = json.loads(said.text[said.text.index("{") :])
    failed = report["results"]["failed_checks"]
    return _grouped((Path(each["file_path"]).stem, each["check_id"]) for each in failed)


def _resource(case: Case) -> Mapping[str, Any]:
    match case.kind:
        case Kind.IDENTITY:
            return {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": case.policy}}
        case Kind.TRUST:
            return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": case.policy}}
        case Kind.SERVICE_CONTROL | Kind.RESOURCE_CONTROL:
            properties = {"Name": "case", "Type": f"{case.kind.upper()}_POLICY", "Content": case.policy}
            return {"Type": "AWS::Organizations::Policy", "Properties": properties}
    for service, resource in _BY_ACTION.items():
        if f'"{service}:' in case.text.lower():
            return {
                "Type": resource["Type"],
                "Properties": {**resource["Properties"], _DOCUMENT.get(service, "PolicyDocument"): case.policy},
            }
    return {"Type": "AWS::S3::BucketPolicy", "Properties": {"Bucket": "amzn-s3-demo-bucket", "PolicyDocument": case.policy}}


_BY_ACTION: Final[Mapping[str, Mapping[str, Any]]] = {
    "sqs": {"Type": "AWS::SQS::QueuePolicy", "Properties": {"Queues": ["https://sqs.us-east-1.amazonaws.com/111122223333/q"]}},
    "sns": {"Type": "AWS::SNS::TopicPolicy", "Properties": {"Topics": ["arn:aws:sns:us-east-1:111122223333:t"]}},
    "kms": {"Type": "AWS::KMS::Key", "Properties": {}},
}
_DOCUMENT: Final = {"kms": "KeyPolicy"}

LINTERS: Final = (
    Linter("parliament==1.6.4", lambda _case: True, _asked_by("ask_parliament.py")),
    Linter("cloudsplaining==0.9.1", lambda case: case.kind is Kind.IDENTITY, _asked_by("ask_cloudsplaining.py")),
    Linter("checkov==3.3.30", _is_object, _checkov),
)
