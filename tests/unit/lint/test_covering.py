"""Findings about what something else covers say where that is."""

import json

import pytest

from iam2rego.ir.policy import Kind
from tests.support.marked_policies import findings

GET, ALL = "s3:GetObject", "s3:Get*"
ROLE = "arn:aws:iam::111122223333:role/r"
SESSION = "arn:aws:sts::111122223333:assumed-role/r/s"
DENY = {"Effect": "Deny", "Action": ALL, "Resource": "*"}


def allow(action: object, resource: object = "*") -> dict[str, object]:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def trust(*principals: str) -> dict[str, object]:
    return {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": principals}}


@pytest.mark.parametrize(
    ("code", "kind", "statements", "covering"),
    [
        pytest.param("IAM501", Kind.IDENTITY, [allow(GET), allow(ALL)], [allow(ALL)], id="statement"),
        pytest.param("IAM501", Kind.IDENTITY, [allow([GET, "s3:PutObject"]), allow(ALL)], [allow(ALL)], id="action"),
        pytest.param(
            "IAM501",
            Kind.IDENTITY,
            [allow(ALL), allow([GET, "s3:PutObject"]), allow("s3:Put*")],
            [allow(ALL), allow("s3:Put*")],
            id="two-statements",
        ),
        pytest.param("IAM506", Kind.IDENTITY, [allow(GET), DENY], [DENY], id="deny"),
        pytest.param("IAM504", Kind.IDENTITY, [allow([GET, ALL])], [ALL], id="entry-of-actions"),
        pytest.param("IAM505", Kind.IDENTITY, [allow(GET, ["arn:aws:s3:::b/a", "arn:aws:s3:::b/*"])], ["arn:aws:s3:::b/*"], id="resource"),
        pytest.param("IAM225", Kind.TRUST, [trust(SESSION, ROLE)], [ROLE], id="session"),
        pytest.param("IAM110", Kind.IDENTITY, [{"Sid": "", **allow(GET)}], [], id="nothing"),
    ],
)
def test_what_covers_it(code: str, kind: Kind, statements: list[object], covering: list[object]) -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": statements})
    (finding,) = (each for each in findings(text, kind, False, {}) if each.code == code)
    assert [json.loads(each.source.cut(each.span)) for each in finding.related] == covering
    assert {each.message for each in finding.related} <= {"what covers it"}
