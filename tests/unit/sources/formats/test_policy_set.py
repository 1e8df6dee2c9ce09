"""Policy sets (docs/policy-sets.md): policies of every type, to whom they are attached, and how they are named."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.attachments import Attachments, ResourcePolicy
from iam2rego.ir.policy import Kind, PolicyType
from iam2rego.sources import load

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]

PLAIN = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}'
NAMED = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}'
TRUST = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Federated": "a.b"}, "Action": "sts:*"}}'
BUCKET = "arn:aws:s3:::b"
ROLE = "arn:aws:iam::111111111111:role/p/r"
KEY = "arn:aws:kms:us-east-1:111111111111:key/1"


def given(**members: Any) -> Attachments:
    return Attachments(**members)


@pytest.mark.parametrize(
    ("policies", "resources", "want"),
    [
        pytest.param(f'"identity": [{PLAIN}]', "", given(identity=("identity[0]",)), id="identity"),
        pytest.param(
            f'"permissions_boundary": [{PLAIN}, {PLAIN}]',
            "",
            given(permissions_boundary=("permissions_boundary[0]", "permissions_boundary[1]")),
            id="permissions-boundary",
        ),
        pytest.param(f'"session": [{PLAIN}]', "", given(session=("session[0]",)), id="session"),
        pytest.param(
            f'"service_control": [[{PLAIN}], [{PLAIN}, {PLAIN}]]',
            "",
            given(service_control=(("service_control[0][0]",), ("service_control[1][0]", "service_control[1][1]"))),
            id="service-control",
        ),
        pytest.param(f'"resource_control": [[{NAMED}]]', "", given(resource_control=(("resource_control[0][0]",),)), id="resource-control"),
        pytest.param(f'"vpc_endpoint": [{NAMED}]', "", given(vpc_endpoint=("vpc_endpoint[0]",)), id="vpc-endpoint"),
        pytest.param(
            "",
            f'"{KEY}": {NAMED}, "{BUCKET}": {NAMED}, "{ROLE}": {TRUST}',
            given(
                resources=(
                    ResourcePolicy(resource=ROLE, policy=f"resources[{ROLE}]"),
                    ResourcePolicy(resource=KEY, policy=f"resources[{KEY}]"),
                    ResourcePolicy(resource=BUCKET, policy=f"resources[{BUCKET}]"),
                )
            ),
            id="resources",
        ),
        pytest.param(
            f'"identity": [{PLAIN}], "permissions_boundary": [], "session": [], "vpc_endpoint": []',
            "",
            given(identity=("identity[0]",), permissions_boundary=(), session=(), vpc_endpoint=()),
            id="empty-is-not-absent",
        ),
        pytest.param(
            f'"identity": [{PLAIN}], "service_control": [], "resource_control": [[]]',
            "",
            given(identity=("identity[0]",), service_control=(), resource_control=((),)),
            id="levels/empty-is-not-absent",
        ),
    ],
)
def test_attachments(policies: str, resources: str, want: Attachments, folder: Folder) -> None:
    loaded = load([str(folder({"p.json": f'{{"policies": {{{policies}}}, "resources": {{{resources}}}}}'}))])
    assert loaded.policies.attachments == want


def test_types_and_order(folder: Folder) -> None:
    text = f'{{"policies": {{"vpc_endpoint": [{NAMED}], "service_control": [[{PLAIN}]]}}, "resources": {{"{ROLE}": {TRUST}}}}}'
    loaded = load([str(folder({"p.json": text}))])
    assert [(each.name, each.type) for each in loaded.policies.policies] == [
        (f"resources[{ROLE}]", PolicyType.RESOURCE),
        ("service_control[0][0]", PolicyType.SERVICE_CONTROL),
        ("vpc_endpoint[0]", PolicyType.VPC_ENDPOINT),
    ]
    assert set(loaded.sources) == {each.name for each in loaded.policies.policies}


@pytest.mark.parametrize(
    ("resource", "kind"),
    [
        pytest.param(ROLE, Kind.TRUST, id="role"),
        pytest.param(KEY, Kind.KEY, id="key"),
        pytest.param(BUCKET, Kind.BUCKET, id="bucket"),
        pytest.param("arn:aws-cn:sqs:us-east-1:111111111111:q", Kind.QUEUE, id="queue"),
        pytest.param("arn:aws:sns:us-east-1:111111111111:t", Kind.TOPIC, id="topic"),
        pytest.param("arn:aws:s3:us-east-1:111111111111:accesspoint/a", Kind.RESOURCE, id="access-point"),
        pytest.param("arn:aws:kms:us-east-1:111111111111:alias/a", Kind.RESOURCE, id="alias"),
    ],
)
def test_the_arn_says_of_what_kind_a_policy_is(resource: str, kind: Kind, folder: Folder) -> None:
    document = TRUST if kind is Kind.TRUST else NAMED
    (policy,) = load([str(folder({"p.json": f'{{"policies": {{}}, "resources": {{"{resource}": {document}}}}}'}))]).policies.policies
    assert (policy.type, policy.kind) == (PolicyType.RESOURCE, kind)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(
            f'{{"policies": {{"session": [{PLAIN}]}}}}',
            [(15, "IAM616", "warning", "the `session` policies apply to every request")],
            id="session",
        ),
        pytest.param(
            f'{{"policies": {{"vpc_endpoint": [{NAMED}]}}}}',
            [(15, "IAM616", "warning", "the `vpc_endpoint` policies apply to every request")],
            id="vpc-endpoint",
        ),
        pytest.param(f'{{"$schema": "policy-set.schema.json", "policies": {{"identity": [{PLAIN}]}}}}', [], id="schema"),
    ],
)
def test_warnings(text: str, want: list[tuple[int, str, str, str]], folder: Folder) -> None:
    loaded = load([str(folder({"p.json": text}))])
    assert [(each.span.column, each.code, each.level, each.message) for each in loaded.diagnostics if each.span] == want


@pytest.mark.parametrize(
    ("text", "column", "code", "message"),
    [
        pytest.param(
            f'{{"policies": {{"resource": {NAMED}}}}}',
            15,
            "IAM606",
            "`resource` is the policy of the requested resource, so only scenarios may have it",
            id="resource",
        ),
        pytest.param('{"policies": {}, "resources": []}', 31, "IAM607", "`resources` must be an object, not an array", id="resources/list"),
        pytest.param(
            f'{{"policies": {{}}, "resources": {{"b": {NAMED}}}}}', 32, "IAM607", "`b` is not the ARN of a resource", id="resources/no-arn"
        ),
        pytest.param(
            f'{{"policies": {{}}, "resources": {{"arn:aws:s3:::*": {NAMED}}}}}',
            32,
            "IAM607",
            "`arn:aws:s3:::*` is not the ARN of a resource",
            id="resources/wildcard",
        ),
        pytest.param(
            f'{{"policies": {{}}, "resources": {{"{BUCKET}": {NAMED}, "{BUCKET}": {NAMED}}}}}',
            32 + len(BUCKET) + 2 + 2 + len(NAMED) + 2,
            "IAM009",
            f"duplicate member `{BUCKET}`",
            id="resources/twice",
        ),
        pytest.param(
            f'{{"policies": {{}}, "resources": {{"{BUCKET}": 1}}}}',
            50,
            "IAM607",
            f"`resources[{BUCKET}]` must be a policy document, or a string that holds one, not a number",
            id="resources/number",
        ),
        pytest.param(
            '{"policies": {"service_control": [{}]}}',
            35,
            "IAM607",
            "`service_control[0]` must be an array, not an object",
            id="levels/documents",
        ),
        pytest.param(
            '{"policies": {"resource_control": {}}}', 35, "IAM607", "`resource_control` must be an array, not an object", id="levels/object"
        ),
        pytest.param(
            '{"policies": {"permissions_boundary": null}}', 39, "IAM607", "`permissions_boundary` must be an array, not `null`", id="null"
        ),
    ],
)
def test_what_is_wrong(text: str, column: int, code: str, message: str, folder: Folder, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: load([str(folder({"p.json": text}))]))
    assert diagnostic.span is not None
    assert (diagnostic.span.column, diagnostic.code, diagnostic.message) == (column, code, message)


@pytest.mark.parametrize(
    ("resource", "codes"),
    [
        pytest.param(ROLE, [], id="role"),
        pytest.param("arn:aws-cn:iam::111111111111:role/r", [], id="role-of-another-partition"),
        pytest.param("arn:aws:iam::111111111111:user/role/r", ["IAM105"], id="user"),
        pytest.param("arn:aws:x:us-east-1:111111111111:role/r", ["IAM105"], id="role-of-another-service"),
        pytest.param(BUCKET, ["IAM105"], id="bucket"),
    ],
)
def test_the_policy_of_a_role_is_a_trust_policy(resource: str, codes: list[str], folder: Folder) -> None:
    text = f'{{"policies": {{}}, "resources": {{"{resource}": {TRUST}}}}}'
    loaded = load([str(folder({"p.json": text}))], lenient=True)
    assert [each.code for each in loaded.diagnostics] == codes


def test_two_files_are_one_set(folder: Folder) -> None:
    root = folder(
        {
            "a.json": f'{{"policies": {{"service_control": [[{PLAIN}]]}}}}',
            "b.json": f'{{"policies": {{"identity": [{PLAIN}]}}, "resources": {{"{BUCKET}": {NAMED}}}}}',
            "c.json": PLAIN,
        }
    )
    want = given(
        identity=("c", "identity[0]"),
        service_control=(("service_control[0][0]",),),
        resources=(ResourcePolicy(resource=BUCKET, policy=f"resources[{BUCKET}]"),),
    )
    assert load([str(root)]).policies.attachments == want


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        pytest.param(f'"policies": {{"identity": [{PLAIN}]}}', f'"policies": {{"identity": [{PLAIN}]}}', ["IAM605"], id="identity"),
        pytest.param('"policies": {"service_control": [[]]}', '"policies": {"service_control": []}', ["IAM615"], id="empty-levels"),
        pytest.param(
            f'"policies": {{}}, "resources": {{"{BUCKET}": {NAMED}}}',
            f'"policies": {{}}, "resources": {{"{BUCKET}": {NAMED}}}',
            ["IAM605", "IAM615"],
            id="resource",
        ),
    ],
)
def test_two_files_must_not_say_the_same(one: str, other: str, code: list[str], folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": f"{{{one}}}", "b.json": f"{{{other}}}"})
    found = refusal(lambda: load([str(root)]))
    assert sorted(each.code for each in found) == code
    assert {each.source.name for each in found} == {str(root / "b.json")}
