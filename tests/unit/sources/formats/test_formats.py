"""Which format a file has, and the policy documents in it."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from iam2rego.building import Recipe, compile_sources
from iam2rego.diagnostics import Diagnostic
from iam2rego.ir.policy import Kind
from iam2rego.sources import formats, load
from iam2rego.sources.formats import all_formats
from iam2rego.sources.formats.aws_cli import WRAPPERS

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]

BODY = '"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}'
DOCUMENT = "{" + BODY + "}"
TEXT = '"' + DOCUMENT.replace('"', '\\"') + '"'

RECIPE = Recipe(Kind.IDENTITY, lenient=False, parameters={}, labels=True)


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
            "not a policy: found top-level members `Resources`, `Outputs`",
            id="other-object",
        ),
        pytest.param("{}", (1, 1), "IAM602", "not a policy: found an empty object", id="empty-object"),
        pytest.param("[]", (1, 1), "IAM602", "not a policy: found an array", id="array"),
        pytest.param('"x"', (1, 1), "IAM602", "not a policy: found a string", id="string"),
        pytest.param("null", (1, 1), "IAM602", "not a policy: found `null`", id="null"),
        pytest.param(
            f'{{"PolicyDocument": {DOCUMENT}, "Comment": 1}}',
            (1, 124),
            "IAM606",
            "unknown member `Comment` in a wrapped policy",
            id="wrapper/unknown-member",
        ),
        pytest.param(
            '{"PolicyDocument": {}, "PolicyDocument": {}}',
            (1, 24),
            "IAM009",
            "duplicate member `PolicyDocument`",
            id="wrapper/repeated-member",
        ),
        pytest.param('{"PolicyDocument": []}', (1, 20), "IAM101", "a policy must be an object, not an array", id="wrapper/list"),
        pytest.param('{"PolicyVersion": 1}', (1, 19), "IAM607", "`PolicyVersion` must be an object, not a number", id="version/number"),
        pytest.param(
            '{"PolicyVersion": {}}',
            (1, 19),
            "IAM608",
            "`PolicyVersion` is missing the required member `Document`",
            id="version/no-document",
        ),
        pytest.param(
            '{"PolicyVersion": {"document": 1}}',
            (1, 20),
            "IAM606",
            "unknown member `document` in `PolicyVersion`",
            id="version/unknown-member",
        ),
        pytest.param(
            '{"PolicyVersion": {"Document": {}}, "x": 1}',
            (1, 37),
            "IAM606",
            "unknown member `x` in a wrapped policy",
            id="version/unknown-member-outside",
        ),
        pytest.param('{"policies": []}', (1, 14), "IAM607", "`policies` must be an object, not an array", id="set/list"),
        pytest.param(
            '{"policies": {}, "request": {}}', (1, 18), "IAM606", "unknown member `request` in a policy set", id="set/unknown-member"
        ),
        pytest.param(
            '{"policies": {"identities": []}}', (1, 15), "IAM606", "unknown member `identities` in `policies`", id="set/unknown-type"
        ),
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
def test_what_is_not_read(text: str, place: tuple[int, int], code: str, message: str, folder: Folder, refusal: Refusal) -> None:
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


def test_the_formats_are_the_modules_of_the_folder() -> None:
    modules = {Path(module).stem for module in map(str, Path(formats.__path__[0]).glob("*.py"))} - {"__init__"}
    assert len(all_formats()) == len(modules)
    assert modules >= {"account_export", "aws_cli", "policy_document", "policy_set"}


def test_help_lists_every_format(folder: Folder, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: load([str(folder({"p.json": "{}"}))]))
    assert diagnostic.hint == (
        "iam2rego reads an account's authorization details (`UserDetailList`, ...), "
        "a policy as the AWS CLI prints it (`PolicyDocument`, `PolicyVersion`), a user or role (`Role`, `User`, `Roles`), "
        "a managed policy (`Policy` with `PolicyVersion`), "
        "a policy of an organization (`PolicySummary`), the policy of a resource (`Policy`, `policyText`, ...), "
        "a CloudFormation template (`Resources`), a policy document (`Version`, `Statement`), a policy set (`policies`) "
        "and a plan or state of Terraform (`format_version`)"
    )


@pytest.mark.parametrize(
    ("members", "message"),
    [
        pytest.param(
            f'"policies": {{}}, {BODY}',
            "this could be a policy document (`Version`, `Statement`) or a policy set (`policies`)",
            id="set-and-document",
        ),
        pytest.param(
            f'"UserDetailList": [], "PolicyDocument": {DOCUMENT}, "Id": "x"',
            "this could be an account's authorization details (`UserDetailList`, ...), "
            "a policy as the AWS CLI prints it (`PolicyDocument`, `PolicyVersion`) or a policy document (`Version`, `Statement`)",
            id="three",
        ),
    ],
)
def test_a_file_of_two_formats_is_refused(members: str, message: str, folder: Folder, refusal: Refusal) -> None:
    (diagnostic,) = refusal(lambda: load([str(folder({"p.json": f"{{{members}}}"}))]))
    assert (diagnostic.code, diagnostic.message) == ("IAM602", message)
    assert diagnostic.hint == "a file has one format: remove the members of the others"


def test_two_wrappers_in_one_file_are_refused(folder: Folder, refusal: Refusal) -> None:
    members = {each.member: json.loads(DOCUMENT) for each in WRAPPERS}
    found = refusal(lambda: load([str(folder({"p.json": json.dumps(members)}))]))
    assert {each.code for each in found} == {"IAM606"}


NEW_FORMAT = """
from iam2rego.sources.documents import RawDocument
from iam2rego.sources.format import Extract, Format
from iam2rego.sources.members import has_any
from iam2rego.syntax.forms import FORMS


def _read(root, file, options, problems):
    return Extract([RawDocument("probe/0", file.place.file, root.members[0].value, file.source, FORMS[options.kind])])


FORMAT = Format("a probe", "`Probe`", lambda root: has_any(root, ["Probe"]), _read)
"""


@pytest.fixture
def with_new_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Add a format as a contributor does: one file in the folder of the formats."""
    added = tmp_path / "formats"
    added.mkdir()
    (added / "probe.py").write_text(NEW_FORMAT, encoding="utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(added)])
    monkeypatch.delitem(sys.modules, "iam2rego.sources.formats.probe", raising=False)
    all_formats.cache_clear()
    yield
    all_formats.cache_clear()
    sys.modules.pop("iam2rego.sources.formats.probe", None)


@pytest.mark.usefixtures("with_new_format")
def test_a_new_format_is_one_file(folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": f'{{"Probe": {DOCUMENT}}}', "b.json": DOCUMENT, "wrong/c.json": "{}"})
    loaded = load([str(root / "a.json"), str(root / "b.json")])
    assert loaded.policies.attachments.identity == ("b", "probe/0")
    compiled = compile_sources([str(root / "a.json")], RECIPE, None, lambda *_: None)
    assert [unit.name for unit in compiled.units] == ["probe/0"]
    (diagnostic,) = refusal(lambda: load([str(root / "wrong")]))
    assert "a probe (`Probe`)" in diagnostic.hint
