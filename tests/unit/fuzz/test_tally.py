"""What the report of random policies counts: requests that some rule treats as a case of its own, and the nearest that it does not."""

from typing import Any, Final

import pytest

from iam2rego.fuzz.tally import Tally
from iam2rego.jsontext import JsonValue
from iam2rego.strategies.reading import read

USER: Final = "arn:aws:iam::111111111111:user/u"
ROOT: Final = "arn:aws:iam::111111111111:root"
SERVICE: Final = {"Service": "s.amazonaws.com"}
LINKED_ROLE: Final = "arn:aws:iam::111111111111:role/aws-service-role/s.amazonaws.com/r"
ANY: Final = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def deep(depth: int) -> JsonValue:
    return [deep(depth - 1)] if depth else "x"


def document(**members: Any) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": {**ANY, **members}}


def when(operator: str, key: str = "k:a") -> dict[str, Any]:
    return {"identity": [document(Condition={operator: {key: "true"}})]}


def excluding(resource: str) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "*", "NotResource": resource}
    return {"identity": [{"Version": "2012-10-17", "Statement": statement}]}


TRUSTED: Final = {"resource": {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:*"}}}
CAPPED: Final = {"session": [document()]}
OF_KEY: Final = {"action": "kms:Decrypt", "resource": "arn:aws:kms:r:111111111111:key/1"}

CASES: Final = [
    pytest.param(when("ForAllValues:StringEquals"), {"context": {"K:A": ""}}, {"null datasets"}, id="C5/for-all-values/empty"),
    pytest.param(when("ForAllValues:StringEquals"), {"context": {"k:a": ["", ""]}}, {"null datasets"}, id="C5/for-all-values/list"),
    pytest.param(when("ForAllValues:StringEquals"), {"context": {"k:a": ["", "x"]}}, set(), id="C5/for-all-values/one-value"),
    pytest.param(when("ForAllValues:StringEquals"), {"context": {"k:a": []}}, set(), id="C5/an-empty-list-is-absent-everywhere"),
    pytest.param(when("ForAnyValue:StringEquals"), {"context": {"k:a": [""]}}, set(), id="C5/for-any-value"),
    pytest.param(when("StringEquals"), {"context": {"k:a": ""}}, set(), id="C5/plain"),
    pytest.param(when("Null"), {"context": {"k:a": ""}}, set(), id="C5/null/single-valued"),
    pytest.param(when("Null", "aws:tagkeys"), {"context": {"aws:TagKeys": ""}}, {"null datasets"}, id="C5/null/multivalued"),
    pytest.param(when("Null"), {"context": {"k:a": [""]}}, {"null datasets"}, id="C5/null/list"),
    pytest.param(CAPPED, {"principal": ROOT}, {"root sessions"}, id="E8/root"),
    pytest.param(CAPPED, {"principal": {"arn": ROOT}}, {"root sessions"}, id="E8/root-as-object"),
    pytest.param(CAPPED, {}, set(), id="E8/user"),
    pytest.param({}, {"principal": ROOT}, set(), id="E8/no-session-policy"),
    pytest.param({}, {"principal": {"arn": USER, "service_linked_role": True}}, {"service-linked roles"}, id="E11/caller"),
    pytest.param({}, {"principal": {"arn": USER, "service_linked_role": False}}, set(), id="E11/no-such-caller"),
    pytest.param(
        TRUSTED, {"principal": SERVICE, "action": "sts:AssumeRole", "resource": LINKED_ROLE}, {"service-linked roles"}, id="E12/assumed"
    ),
    pytest.param(TRUSTED, {"action": "sts:AssumeRole", "resource": LINKED_ROLE}, set(), id="E12/by-no-service"),
    pytest.param({}, {"action": "sts:tagsession"}, {"roles without trust policy"}, id="E14/none"),
    pytest.param(TRUSTED, {"action": "sts:TagSession"}, set(), id="E14/one"),
    pytest.param({}, OF_KEY, {"keys without key policy"}, id="E15/none"),
    pytest.param({}, {**OF_KEY, "resource": "arn:aws:kms:r:111111111111:alias/1"}, set(), id="E15/alias"),
    pytest.param({}, {"action": "STS:GetSessionToken"}, {"authentications"}, id="E16/token"),
    pytest.param({}, {"action": "sts:GetAccessKeyInfo"}, set(), id="E16/another-action"),
    pytest.param(excluding("arn:aws:s3:::${k:a}"), {"context": {"k:a": ""}}, {"NotResource without value"}, id="R10/empty"),
    pytest.param(excluding("arn:aws:s3:::${k:a}"), {"context": {"k:a": ["x"]}}, {"NotResource without value"}, id="R10/list"),
    pytest.param(excluding("arn:aws:s3:::${k:a}"), {"context": {"k:a": "x"}}, set(), id="R10/value"),
    pytest.param(excluding("arn:aws:s3:::${k:a, 'x'}"), {}, set(), id="R10/default"),
    pytest.param({}, {"context": {"aws:VpceOrgPaths": ["o"]}}, {"organization paths"}, id="C26/organization-paths"),
    pytest.param({}, {"resource": "arn:123456789012:s3:::b"}, {"partitions of digits"}, id="E9/partition-of-digits"),
    pytest.param({}, {"resource": "arn:aws:123456789012:::b"}, set(), id="E9/service-of-digits"),
    pytest.param({}, {"context": {"k:a": "x" * 200}}, {"long or deep values"}, id="N3/long"),
    pytest.param({}, {"context": {"k:a": ["x"] * 50}}, {"long or deep values"}, id="N3/wide"),
    pytest.param({}, {"principal": deep(6)}, {"long or deep values"}, id="N3/deep"),
    pytest.param({}, {"principal": deep(5)}, set(), id="N3/not-so-deep"),
    pytest.param({}, {"principal": None, "action": 7, "resource": [], "context": []}, set(), id="N3/malformed"),
]


@pytest.mark.parametrize(("policies", "members", "want"), CASES)
def test_what_is_counted(policies: JsonValue, members: dict[str, JsonValue], want: set[str]) -> None:
    request: dict[str, JsonValue] = {"principal": USER, "action": "t:Get", "resource": "*", "context": {}, **members}
    tally = Tally()
    tally.note(read(policies, request, lenient=False), request)
    assert {name for name, count in tally.counts().items() if count} == want


def test_every_kind_is_counted_somewhere() -> None:
    assert {name for case in CASES for name in case.values[2]} == set(Tally().counts())
