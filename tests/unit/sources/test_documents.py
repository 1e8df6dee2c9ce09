"""Which kind of source a file is, and the policy documents in it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.sources import load

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]

BODY = '"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}'
DOCUMENT = "{" + BODY + "}"
TEXT = '"' + DOCUMENT.replace('"', '\\"') + '"'


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(DOCUMENT, ["p"], id="document"),
        pytest.param(f'{{"PolicyName": "x", "PolicyDocument": {DOCUMENT}}}', ["p"], id="inline-policy"),
        pytest.param(f'{{"RoleName": "r", "PolicyName": "x", "PolicyDocument": {DOCUMENT}}}', ["p"], id="inline-policy-of-a-role"),
        pytest.param(f'{{"PolicyDocument": {DOCUMENT}}}', ["p"], id="inline-policy-without-a-name"),
        pytest.param(
            f'{{"PolicyVersion": {{"Document": {DOCUMENT}, "VersionId": "v1", "IsDefaultVersion": true, "CreateDate": "2020"}}}}',
            ["p"],
            id="version-of-a-managed-policy",
        ),
        pytest.param(f'{{"policies": {{"identity": [{DOCUMENT}]}}}}', ["identity[0]"], id="policy-set"),
        pytest.param(
            f'{{"policies": {{"identity": [{DOCUMENT}, {TEXT}]}}}}', ["identity[0]", "identity[1]"], id="policy-set-with-a-string"
        ),
    ],
)
def test_policies(text: str, names: list[str], folder: Folder) -> None:
    loaded = load([str(folder({"p.json": text}) / "p.json")])
    assert [policy.name for policy in loaded.policies.policies] == names
    assert {policy.file for policy in loaded.policies.policies} == {"p.json"}
    assert loaded.diagnostics == ()


def test_every_form_says_the_same(folder: Folder) -> None:
    root = folder(
        {
            "a.json": DOCUMENT,
            "b.json": f'{{"PolicyDocument": {DOCUMENT}}}',
            "c.json": f'{{"PolicyVersion": {{"Document": {DOCUMENT}}}}}',
            "d.json": f'{{"policies": {{"identity": [{TEXT}]}}}}',
        }
    )
    first, *others = [policy.document for policy in load([str(root)]).policies.policies]
    assert others == [first, first, first]


@pytest.mark.parametrize(
    ("text", "place", "code", "message"),
    [
        pytest.param(
            '{"Resources": {}, "Outputs": 1}',
            (1, 1),
            "IAM602",
            "this is no policy but an object with `Resources`, `Outputs`",
            id="other-object",
        ),
        pytest.param("{}", (1, 1), "IAM602", "this is no policy but an empty object", id="empty-object"),
        pytest.param("[]", (1, 1), "IAM602", "this is no policy but an array", id="array"),
        pytest.param('"x"', (1, 1), "IAM602", "this is no policy but a string", id="string"),
        pytest.param("null", (1, 1), "IAM602", "this is no policy but `null`", id="null"),
        pytest.param(
            f'{{"PolicyDocument": {DOCUMENT}, "Comment": 1}}',
            (1, 124),
            "IAM606",
            "a wrapped policy has no member `Comment`",
            id="wrapper/unknown-member",
        ),
        pytest.param(
            '{"PolicyDocument": {}, "PolicyDocument": {}}',
            (1, 24),
            "IAM009",
            "the member `PolicyDocument` stands twice in one object",
            id="wrapper/repeated-member",
        ),
        pytest.param('{"PolicyDocument": []}', (1, 20), "IAM101", "a policy must be an object, not an array", id="wrapper/list"),
        pytest.param('{"PolicyVersion": 1}', (1, 19), "IAM607", "`PolicyVersion` must be an object, not a number", id="version/number"),
        pytest.param('{"PolicyVersion": {}}', (1, 19), "IAM608", "`PolicyVersion` needs the member `Document`", id="version/no-document"),
        pytest.param(
            '{"PolicyVersion": {"document": 1}}', (1, 20), "IAM606", "`PolicyVersion` has no member `document`", id="version/unknown-member"
        ),
        pytest.param(
            '{"PolicyVersion": {"Document": {}}, "x": 1}',
            (1, 37),
            "IAM606",
            "a wrapped policy has no member `x`",
            id="version/unknown-member-outside",
        ),
        pytest.param('{"policies": []}', (1, 14), "IAM607", "`policies` must be an object, not an array", id="set/list"),
        pytest.param('{"policies": {}, "request": {}}', (1, 18), "IAM606", "a policy set has no member `request`", id="set/unknown-member"),
        pytest.param('{"policies": {"identities": []}}', (1, 15), "IAM606", "`policies` has no member `identities`", id="set/unknown-type"),
        pytest.param('{"policies": {"identity": {}}}', (1, 27), "IAM607", "`identity` must be an array, not an object", id="set/object"),
        pytest.param(
            '{"policies": {"identity": [1]}}',
            (1, 28),
            "IAM607",
            "`identity[0]` must be a policy document, or a string that holds one, not a number",
            id="set/item",
        ),
    ],
)
def test_what_is_no_source(text: str, place: tuple[int, int], code: str, message: str, folder: Folder, refusal: Refusal) -> None:
    file = str(folder({"p.json": text}) / "p.json")
    (diagnostic,) = refusal(lambda: load([file]))
    assert diagnostic.span is not None
    assert (diagnostic.source.name, (diagnostic.span.line, diagnostic.span.column)) == (file, place)
    assert (diagnostic.code, diagnostic.message) == (code, message)


def test_every_item_of_a_policy_set_is_read(folder: Folder, refusal: Refusal) -> None:
    file = str(folder({"p.json": f'{{"policies": {{"identity": [1, {{}}, "{{", {DOCUMENT}], "session": {{}}}}}}'}) / "p.json")
    found = [(each.source.name, each.code) for each in refusal(lambda: load([file]))]
    assert found == [(file, "IAM607"), (file, "IAM103"), (file, "IAM616"), (file, "IAM607"), (f"{file}#identity[2]", "IAM005")]


def test_places_in_a_string_count_from_its_start(folder: Folder, refusal: Refusal) -> None:
    text = '{\\"Statement\\":\\n {\\"Effect\\": \\"allow\\", \\"Action\\": \\"*\\", \\"Resource\\": \\"*\\"}}'
    file = str(folder({"p.json": f'{{"policies": {{"identity": ["{text}"]}}}}'}) / "p.json")
    (diagnostic,) = refusal(lambda: load([file]))
    assert diagnostic.span is not None
    assert (diagnostic.code, diagnostic.span.line, diagnostic.span.column) == ("IAM107", 2, 13)


def test_places_in_a_wrapper_are_those_of_the_file(folder: Folder) -> None:
    loaded = load([str(folder({"p.json": f'{{"PolicyDocument":\n {DOCUMENT}}}'}))])
    (policy,) = loaded.policies.policies
    assert policy.document.span is not None
    assert (policy.document.span.line, policy.document.span.column) == (2, 2)
