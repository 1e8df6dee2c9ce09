"""What the native evaluator makes of the documents of object stores and of AuthZEN, recorded from their definitions."""

from typing import Any, Final

import pytest

from iam2rego.ir.decision import Decision, Outcome
from iam2rego.ir.gateway import (
    AccountName,
    AuthzenGateway,
    AuthzenRoute,
    ClaimValue,
    ContextEntry,
    GatewayKind,
    PropertyValue,
    StorageGateway,
    Time,
)
from iam2rego.ir.pattern import Text
from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, Number
from iam2rego.native.gateway import Question, authorize_asked, question

NOW: Final = 1_700_000_000 * 10**9
USERS: Final = Text(text="arn:aws:iam::123456789012:user/")
MINIO: Final = StorageGateway(
    kind=GatewayKind.MINIO,
    principal=(USERS, AccountName()),
    owner="arn:aws:iam::123456789012:root",
    resource_account="123456789012",
    context=(ContextEntry(key="aws:PrincipalTag/team", value=(ClaimValue(name="team"),)),),
)
RUSTFS: Final = StorageGateway(kind=GatewayKind.RUSTFS, principal=(USERS, AccountName()))

OF_MINIO: Final[dict[str, Any]] = {
    "account": "alice",
    "groups": ["staff"],
    "action": "s3:GetObject",
    "originalAction": "s3:GetObject",
    "bucket": "photos",
    "object": "2026/a b.jpg",
    "conditions": {
        "CurrentTime": ["2026-01-31T23:59:59Z"],
        "EpochTime": ["1769903999"],
        "SecureTransport": ["true"],
        "SourceIp": ["192.0.2.1"],
        "UserAgent": ["MinIO (linux; amd64) minio-go/v7"],
        "Referer": [""],
        "principaltype": ["User"],
        "userid": ["alice"],
        "username": ["alice"],
        "versionid": [""],
        "signatureversion": ["AWS4-HMAC-SHA256"],
        "authType": ["REST-HEADER"],
        "X-Amz-Content-Sha256": ["UNSIGNED-PAYLOAD"],
        "Accept-Encoding": ["zstd,gzip"],
    },
    "owner": False,
    "claims": {"team": "red"},
    "denyOnly": False,
}
OF_RUSTFS: Final[dict[str, Any]] = {
    "identity": {"account": "alice", "groups": None, "is_owner": False, "claims": {}},
    "resource": {"bucket": "photos", "object": "", "arn": "arn:aws:s3:::photos"},
    "action": "s3:ListBucket",
    "context": {"conditions": {"SourceIp": ["192.0.2.1"], "prefix": ["2026/"]}, "deny_only": False, "timestamp": "2026-01-31T23:59:59Z"},
}
CONTEXT: Final[dict[str, JsonValue]] = {
    "aws:CurrentTime": "2026-01-31T23:59:59Z",
    "aws:EpochTime": "1769903999",
    "aws:SecureTransport": "true",
    "aws:SourceIp": "192.0.2.1",
    "aws:UserAgent": "MinIO (linux; amd64) minio-go/v7",
    "aws:Referer": "",
    "aws:PrincipalType": "User",
    "aws:userid": "alice",
    "aws:username": "alice",
    "s3:VersionId": "",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    "s3:authType": "REST-HEADER",
    "s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD",
    "aws:PrincipalTag/team": "red",
}
REQUEST: Final[dict[str, JsonValue]] = {
    "principal": "arn:aws:iam::123456789012:user/alice",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::photos/2026/a b.jpg",
    "resource_account": "123456789012",
    "context": CONTEXT,
}


def conditions(**told: JsonValue) -> dict[str, JsonValue]:
    return {**OF_MINIO, "claims": {}, "conditions": told}


@pytest.mark.parametrize(
    ("document", "want"),
    [
        pytest.param(OF_MINIO, REQUEST, id="an-object"),
        pytest.param({**OF_MINIO, "owner": True}, {**REQUEST, "principal": "arn:aws:iam::123456789012:root"}, id="the-owner"),
        pytest.param({**OF_MINIO, "object": ""}, {**REQUEST, "resource": "arn:aws:s3:::photos"}, id="a-bucket"),
        pytest.param({**OF_MINIO, "object": "", "bucket": ""}, {**REQUEST, "resource": "*"}, id="the-service"),
        pytest.param({**OF_MINIO, "object": "/a:*"}, {**REQUEST, "resource": "arn:aws:s3:::photos//a:*"}, id="any-key"),
        pytest.param({**OF_MINIO, "bucket": "a*"}, {**REQUEST, "resource": {}}, id="a-bucket-of-wildcards"),
        pytest.param({**OF_MINIO, "bucket": ""}, {**REQUEST, "resource": {}}, id="a-key-of-no-bucket"),
        pytest.param({**OF_MINIO, "object": Number("1")}, {**REQUEST, "resource": {}}, id="a-key-that-is-no-text"),
        pytest.param({**OF_MINIO, "object": None}, {**REQUEST, "resource": None}, id="a-key-that-is-null"),
        pytest.param({**OF_MINIO, "bucket": None, "object": None}, {**REQUEST, "resource": None}, id="nulls"),
        pytest.param(conditions(), {**REQUEST, "context": {}}, id="no-conditions"),
        pytest.param(
            conditions(SourceIp=["a"], sourceip=["b"], prefix=["b", "a"], username=["u", "u"], userid=[]),
            {**REQUEST, "context": {"aws:SourceIp": {}, "s3:prefix": {}, "aws:username": "u"}},
            id="conditions-told-in-two-ways",
        ),
        pytest.param(
            conditions(**{"ExistingObjectTag/T": ["t"], "object-lock-mode": ["m"], "RequestObjectTag/T": "r", "aws:SourceIp": ["x"]}),
            {**REQUEST, "context": {"s3:existingobjecttag/t": "t", "s3:object-lock-mode": "m", "s3:requestobjecttag/t": "r"}},
            id="conditions-of-objects",
        ),
    ],
)
def test_requests_of_minio(document: JsonValue, want: JsonValue) -> None:
    assert question(MINIO, document, NOW) == Question(want)


def test_requests_of_rustfs() -> None:
    assert question(RUSTFS, OF_RUSTFS, NOW) == Question(
        {
            "principal": "arn:aws:iam::123456789012:user/alice",
            "action": "s3:ListBucket",
            "resource": "arn:aws:s3:::photos",
            "context": {"aws:SourceIp": "192.0.2.1", "s3:prefix": "2026/"},
        }
    )


@pytest.mark.parametrize(
    ("document", "want"),
    [
        pytest.param([], "the document is not one that an object store sends", id="no-object"),
        pytest.param({**OF_MINIO, "conditions": []}, "the document is not one that an object store sends", id="conditions"),
        pytest.param({**OF_MINIO, "owner": "true"}, "the document is not one that an object store sends", id="owner"),
        pytest.param({**OF_MINIO, "denyOnly": None}, "the document is not one that an object store sends", id="deny-only"),
        pytest.param({**OF_MINIO, "account": ""}, "nothing that is verified says who asks", id="anonymous"),
        pytest.param({**OF_MINIO, "account": "a/b"}, "nothing that is verified says who asks", id="more-than-a-name"),
        pytest.param({}, "nothing that is verified says who asks", id="empty"),
    ],
)
def test_what_is_no_question_of_a_store_is_denied(document: JsonValue, want: str) -> None:
    assert question(MINIO, document, NOW) == Question(None, (want,))


@pytest.mark.parametrize(
    ("document", "want"),
    [
        pytest.param(OF_MINIO, Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",)), id="an-allow-is-needed"),
        pytest.param(
            {name: told for name, told in OF_MINIO.items() if name != "denyOnly"},
            Decision(decision=Outcome.IMPLICIT_DENY, denied_by=("identity",)),
            id="an-allow-is-needed-where-nothing-is-told",
        ),
        pytest.param({**OF_MINIO, "denyOnly": True}, Decision(decision=Outcome.ALLOWED), id="only-a-deny-counts"),
    ],
)
def test_only_a_deny_may_count(document: JsonValue, want: Decision) -> None:
    assert authorize_asked(PolicySet(policies=()), MINIO, document, NOW) == want


def test_a_malformed_request_is_denied_although_only_a_deny_counts() -> None:
    decided = authorize_asked(PolicySet(policies=()), MINIO, {**OF_MINIO, "denyOnly": True, "action": None}, NOW)
    assert (decided.decision, bool(decided.errors)) == (Outcome.IMPLICIT_DENY, True)


SERVICES: Final = AuthzenGateway(
    kind=GatewayKind.AUTHZEN,
    principal=(USERS, PropertyValue(part="subject", name="id")),
    context=(ContextEntry(key="now", value=(Time(),)), ContextEntry(key="ip", value=(PropertyValue(part="context", name="ip"),))),
    routes=(
        AuthzenRoute(
            subject_type="user",
            name="can_read",
            resource_type="todo",
            action="todo:Get",
            resource=(Text(text="arn:aws:todo:::"), PropertyValue(part="resource", name="id")),
            resource_account=(PropertyValue(part="resource", name="account"),),
            context=(ContextEntry(key="force", value=(PropertyValue(part="action", name="force"),)),),
        ),
    ),
)
ASKED: Final[dict[str, Any]] = {
    "subject": {"type": "user", "id": "alice@example.com", "properties": {"id": "bob"}},
    "action": {"name": "can_read", "properties": {"force": True}},
    "resource": {"type": "todo", "id": "1", "properties": {"account": "123456789012"}},
    "context": {"ip": "192.0.2.1"},
}
MADE: Final[dict[str, JsonValue]] = {
    "principal": "arn:aws:iam::123456789012:user/alice@example.com",
    "action": "todo:Get",
    "resource": "arn:aws:todo:::1",
    "resource_account": "123456789012",
    "context": {"now": "2023-11-14T22:13:20Z", "ip": "192.0.2.1", "force": True},
}


@pytest.mark.parametrize(
    ("document", "want"),
    [
        pytest.param(ASKED, Question(MADE, route=0), id="a-hit"),
        pytest.param({**ASKED, "evaluations": []}, Question(MADE, route=0), id="no-evaluations"),
        *(
            pytest.param(
                {**ASKED, "evaluations": evaluations},
                Question(None, ("several evaluations in one question are not supported",)),
                id=f"evaluations/{situation}",
            )
            for situation, evaluations in {"one": [{"action": {"name": "can_write"}}], "null": None}.items()
        ),
        pytest.param(
            {name: part for name, part in ASKED.items() if name != "context"},
            Question({**MADE, "context": {"now": "2023-11-14T22:13:20Z", "force": True}}, route=0),
            id="no-context",
        ),
        *(
            pytest.param({**ASKED, "action": {"name": name}}, Question(None, ("no route takes the question",)), id=f"another-action/{name}")
            for name in ("can_delete", "can_write")
        ),
        pytest.param(
            {**ASKED, "subject": {"type": "user", "id": "a/b"}},
            Question(None, ("nothing that is verified says who asks",), route=0),
            id="more-than-a-name",
        ),
        *(
            pytest.param(document, Question(None, ("the document is not an AuthZEN request",)), id=f"malformed/{situation}")
            for situation, document in {
                "list": [],
                "empty": {},
                "subject": {**ASKED, "subject": "alice"},
                "id": {**ASKED, "resource": {"type": "todo", "id": Number("1")}},
                "properties": {**ASKED, "action": {"name": "can_read", "properties": None}},
                "context": {**ASKED, "context": []},
            }.items()
        ),
    ],
)
def test_questions_of_authzen(document: JsonValue, want: Question) -> None:
    assert question(SERVICES, document, NOW) == want
