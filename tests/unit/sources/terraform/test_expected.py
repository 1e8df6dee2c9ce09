"""A plan and states of one configuration, with what other scripts expect of them, in three forms."""

import json
from pathlib import Path

import pytest

from iam2rego.sources import load
from tests.unit.sources.terraform.expected import differences, read_file

CORPUS = Path(__file__).parents[3] / "corpus" / "terraform"
EXPECTED = json.loads((CORPUS / "made-attach.expect").read_text())
ONLY_IN_THE_STATE = {"made-attach/aws_iam_user_policy.ana"}
AWS = '{"Policies": [{"Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "PolicyVersionList": [{"IsDefaultVersion": true, "Document": %s}]}]}'


@pytest.mark.parametrize(
    ("file", "expected"), [("made-attach.plan.json", "plan"), ("made-attach.state.json", "state"), ("made-attach.tfstate", "state")]
)
def test_what_is_read(file: str, expected: str) -> None:
    assert list(differences(CORPUS / file, EXPECTED[expected])) == []


def test_every_unknown_edge_of_the_plan_is_that_of_the_state() -> None:
    found = read_file(CORPUS / "made-attach.plan.json")
    unknown = {(each["address"], each["attribute"]) for each in EXPECTED["plan"]["edges"] if each["outcome"] == "unknown"}
    assert (set(found.ends.followed), len(unknown)) == (unknown, 7)


def test_both_forms_of_a_state_are_the_same_account(tmp_path: Path) -> None:
    (tmp_path / "aws.json").write_text(AWS % '{"Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}')
    for name in ("state.json", "tfstate"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "made-attach.json").write_text((CORPUS / f"made-attach.{name}").read_text())
    one, two = (
        load([str(tmp_path / name / "made-attach.json"), str(tmp_path / "aws.json")]).policies for name in ("state.json", "tfstate")
    )
    assert one.attachments == two.attachments
    assert [each.document for each in one.policies] == [each.document for each in two.policies]
    assert len(one.attachments.principals) == 4
