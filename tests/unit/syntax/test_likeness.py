"""Documents read as another type than they are: the hint names the type and how to say it (G9)."""

from collections.abc import Callable

import pytest

from iam2rego.ir.policy import Kind

Hints = Callable[..., list[str]]

IDENTITY, RESOURCE, TRUST, SCP, RCP, ENDPOINT = (
    Kind.IDENTITY,
    Kind.RESOURCE,
    Kind.TRUST,
    Kind.SERVICE_CONTROL,
    Kind.RESOURCE_CONTROL,
    Kind.VPC_ENDPOINT,
)
ROOT = '"Principal": {"AWS": "arn:aws:iam::111122223333:root"}'
ALL = '"Principal": "*"'
ANY = '"Resource": "*"'
BUCKET = '"Resource": "arn:aws:s3:::b/*"'


def policy(*statements: str, top: str = "") -> str:
    return f'{{"Version": "2012-10-17", {top}"Statement": [{", ".join(f"{{{each}}}" for each in statements)}]}}'


def allow(action: str, *members: str) -> str:
    return ", ".join(('"Effect": "Allow"', f'"Action": "{action}"', *members))


def deny(action: str, *members: str) -> str:
    return ", ".join(('"Effect": "Deny"', f'"Action": "{action}"', *members))


def looks_like(noun: str, kind: str) -> str:
    return f"this looks like {noun}: try `--policy-type {kind}`"


A_TRUST = looks_like("a trust policy", "trust")
A_KEY = looks_like("a key policy", "key")
A_BUCKET = looks_like("a bucket policy", "bucket")
OF_S3 = looks_like("a policy of S3", "resource")
A_QUEUE = looks_like("a resource-based policy of `sqs`", "queue")
A_TOPIC = looks_like("a resource-based policy of `sns`", "topic")
A_TABLE = looks_like("a resource-based policy of `dynamodb`", "table")
A_SECRET = looks_like("a resource-based policy of `secretsmanager`", "resource")
AN_RCP = looks_like("a resource control policy", "resource_control")
AN_ENDPOINT = looks_like("a VPC endpoint policy", "vpc_endpoint")
UNCLEAR = (
    "only policies of other types name principals: give the type, "
    "with `--policy-type` `resource`, `trust`, `resource_control` or `vpc_endpoint`"
)
NOBODY = (
    "no statement has a `Principal`: add one, or give another type of policy, "
    "with `--policy-type` `identity`, `permissions_boundary`, `session` or `service_control`"
)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param(policy(allow("sts:AssumeRole", ROOT)), A_TRUST, id="trust"),
        pytest.param(policy(allow("sts:AssumeRoleWithSAML", ROOT), allow("sts:TagSession", ROOT)), A_TRUST, id="trust-of-two"),
        pytest.param(policy(allow("kms:*", ROOT, ANY), allow("kms:Decrypt", ALL, ANY)), A_KEY, id="key"),
        pytest.param(policy(allow("s3:GetObject", ALL, BUCKET)), A_BUCKET, id="bucket"),
        pytest.param(policy(deny("s3:*", ALL, BUCKET)), A_BUCKET, id="bucket-that-denies"),
        pytest.param(policy(allow("sqs:SendMessage", ROOT, '"Resource": "arn:aws:sqs:eu-west-1:111122223333:q"')), A_QUEUE, id="queue"),
        pytest.param(policy(allow("sns:Publish", ROOT, '"Resource": "arn:aws:sns:eu-west-1:111122223333:t"')), A_TOPIC, id="topic"),
        pytest.param(
            policy(allow("dynamodb:GetItem", ROOT, '"Resource": "arn:aws:dynamodb:eu-west-1:111122223333:table/t"')), A_TABLE, id="table"
        ),
        pytest.param(policy(allow("secretsmanager:GetSecretValue", ROOT, ANY)), A_SECRET, id="secret"),
        pytest.param(
            policy(allow("s3:GetObject", ROOT, '"Resource": "arn:aws:s3:eu-west-1:111122223333:accesspoint/a/object/*"')),
            OF_S3,
            id="access-point",
        ),
        pytest.param(policy(deny("s3:*", ALL, ANY), deny("sts:*", ALL, ANY)), AN_RCP, id="resource-control"),
        pytest.param(policy(allow("s3:*", ALL, ANY)), AN_ENDPOINT, id="endpoint"),
        pytest.param(policy(allow("*", ALL, ANY)), UNCLEAR, id="full-access"),
        pytest.param(policy(deny("kms:*", ALL, ANY)), UNCLEAR, id="key-or-resource-control"),
        pytest.param(policy(allow("sts:AssumeRole", ROOT, ANY)), UNCLEAR, id="no-trust"),
        pytest.param(policy(allow("*", ROOT, ANY)), UNCLEAR, id="every-service"),
    ],
)
@pytest.mark.parametrize("kind", [IDENTITY, SCP])
def test_a_policy_with_principals(kind: Kind, text: str, hint: str, hints: Hints) -> None:
    found = hints(text, kind)
    assert found
    assert set(found) == {hint}


@pytest.mark.parametrize(
    ("kind", "text", "want"),
    [
        pytest.param(IDENTITY, policy(allow("s3:*", ROOT, BUCKET), top='"Id": "x", '), [A_BUCKET, A_BUCKET], id="id"),
        pytest.param(
            IDENTITY, policy(allow("s3:*", BUCKET), top='"Id": "x", '), ["remove it: only resource-based policies have one"], id="id-alone"
        ),
        pytest.param(IDENTITY, policy(allow("s3:*")), ['add a `Resource`, such as `"*"`'], id="no-resource"),
        pytest.param(
            IDENTITY,
            policy(allow("s3:*", ROOT, BUCKET), allow("s3:*", BUCKET)),
            [
                "such a policy applies to the principals that it is attached to; "
                "if it is of another type, give the type with `--policy-type`, and every statement its `Principal`"
            ],
            id="one-statement-of-two",
        ),
        pytest.param(TRUST, policy(allow("s3:GetObject", ROOT, BUCKET)), [A_BUCKET], id="bucket-as-trust"),
        pytest.param(
            TRUST,
            policy(allow("sts:AssumeRole", ROOT, '"Resource": "arn:aws:iam::111122223333:role/r"')),
            ["remove it: such a policy applies to the role that it belongs to"],
            id="trust-with-a-resource",
        ),
        pytest.param(RESOURCE, policy(allow("sts:AssumeRole", '"Principal": {"Federated": "a.b"}')), [A_TRUST], id="trust-as-resource"),
        pytest.param(RCP, policy(allow("sts:AssumeRole", ROOT)), [A_TRUST, A_TRUST, A_TRUST], id="trust-as-resource-control"),
        pytest.param(RCP, policy(allow("kms:*", ROOT, ANY)), [A_KEY, A_KEY], id="key-as-resource-control"),
        pytest.param(RESOURCE, policy(allow("s3:*", BUCKET)), [NOBODY], id="identity-as-resource"),
        pytest.param(TRUST, policy(allow("s3:*", BUCKET)), [NOBODY, NOBODY], id="identity-as-trust"),
        pytest.param(
            ENDPOINT, policy(allow("s3:*", ALL, ANY), allow("s3:*", ANY)), ["a VPC endpoint policy must name its principals"], id="one"
        ),
    ],
)
def test_hints(kind: Kind, text: str, want: list[str], hints: Hints) -> None:
    assert hints(text, kind) == want
