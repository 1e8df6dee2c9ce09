"""What a bundle holds."""

import io
import json
import re
import tarfile
from typing import Any

import pytest

from iam2rego import __version__
from iam2rego.catalogue.global_keys import GLOBAL_KEYS
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicySet, PolicyType, identity_policies
from iam2rego.rego.bundle.assemble import Bundle, archive, compile_policies, merge
from iam2rego.rego.bundle.layouts import Layout
from tests.support.policies import allow, deny, null, policy

LIBRARY = [
    "applying",
    "attachments",
    "context",
    "decide",
    "description",
    "document",
    "fast_decision",
    "fast_path",
    "grants",
    "guardrails",
    "missing_keys",
    "number",
    "ordered",
    "pattern",
    "principal",
    "principals",
    "read",
    "request",
]


BY_CLASS = ["callers", "classes", "enough", "everybody", "globs", "prefixes", "rows"]


def of(bundle: Bundle, path: str) -> Any:
    return json.loads(bundle.files[path])


@pytest.fixture
def bundle(policies: PolicySet) -> Bundle:
    return compile_policies(policies, revision="r1")


def test_the_files_of_a_bundle(bundle: Bundle) -> None:
    assert list(bundle.files) == [
        ".manifest",
        "data.json",
        "iam/authz/authz.rego",
        "iam/authz/known_keys.rego",
        *[f"iam/lib/{name}.rego" for name in LIBRARY],
        "iam/policies/a_allow.rego",
        "iam/policies/b.rego",
    ]


def test_the_manifest_claims_what_the_bundle_holds_and_never_the_bare_prefix(bundle: Bundle) -> None:
    assert of(bundle, ".manifest") == {
        "revision": "r1",
        "roots": [f"iam/{root}" for root in sorted(["attachments", "authz", "lib", "policies", "statements", *BY_CLASS])],
        "rego_version": 1,
        "metadata": {"iam2rego": {"version": __version__, "layout": "modules", "files": sorted(bundle.files)}},
    }


def test_data_stands_below_the_roots(bundle: Bundle) -> None:
    data = of(bundle, "data.json")
    modules = {"allow": ["a_allow"], "deny": ["b"], "reads_context": ["b"]}
    assert data["iam"]["attachments"] == {"accounts": [], "principals": {}, "everybody": {"identity": modules, "deny": ["b"]}}
    assert data["iam"]["statements"]["a_allow"] == {"policy": "a/allow", "statements": [["A", 1, 2, 3, 4, []]]}
    assert data["iam"]["statements"]["b"]["statements"][0][-1] == ["aws:MultiFactorAuthAge"]
    assert list(data) == ["iam"]
    assert sorted(data["iam"]) == sorted(["attachments", "statements", *BY_CLASS])


def test_another_package_is_everywhere(policies: PolicySet) -> None:
    bundle = compile_policies(policies, revision="", package="corp.access")
    assert of(bundle, ".manifest")["roots"][0] == "corp/access/attachments"
    assert list(of(bundle, "data.json")) == ["corp"]
    assert list(of(bundle, "data.json")["corp"]) == ["access"]
    assert all(path.startswith("corp/access/") for path in bundle.files if path.endswith(".rego"))
    text = "".join(text for path, text in bundle.files.items() if path.endswith(".rego"))
    packages = set(re.findall(r"(?:^package |\bdata\.)([a-z.]+?)\.(?:authz|lib|policies|statements|attachments)\b", text, re.MULTILINE))
    assert packages == {"corp.access"}


def test_the_library_is_written_for_iam_and_stays_as_it_is(bundle: Bundle) -> None:
    assert "package iam.lib.context\n\nimport data.iam.lib.number\n" in bundle.files["iam/lib/context.rego"]


def test_no_test_is_in_a_bundle(bundle: Bundle) -> None:
    assert not [path for path in bundle.files if "test" in path]


def test_labels_may_be_left_out(policies: PolicySet) -> None:
    path = "iam/policies/a_allow.rego"
    assert "# labels:" in compile_policies(policies, revision="").files[path]
    assert "# labels:" not in compile_policies(policies, revision="", labels=False).files[path]


def test_the_same_policies_give_the_same_bundle(policies: PolicySet, bundle: Bundle) -> None:
    assert compile_policies(policies, revision="r1") == bundle


def test_another_revision_changes_the_manifest_alone(policies: PolicySet, bundle: Bundle) -> None:
    other = compile_policies(policies, revision="r2")
    assert [path for path in bundle.files if bundle.files[path] != other.files[path]] == [".manifest"]


def test_an_archive_is_the_same_bytes_for_the_same_bundle_whatever_the_order_of_its_files(bundle: Bundle) -> None:
    assert archive(Bundle(dict(reversed(list(bundle.files.items()))))) == archive(bundle)


def test_an_archive_holds_the_files_without_times_and_owners(bundle: Bundle) -> None:
    with tarfile.open(fileobj=io.BytesIO(archive(bundle))) as tar:
        members = tar.getmembers()
        texts = {member.name: file.read().decode() for member in members if (file := tar.extractfile(member))}
    assert texts == bundle.files
    assert [member.name for member in members] == sorted(bundle.files)
    assert {(member.mtime, member.uid, member.gid, member.uname, member.gname, member.mode) for member in members} == {
        (0, 0, 0, "", "", 0o644)
    }


def test_no_time_is_in_the_header_of_an_archive(bundle: Bundle) -> None:
    """Bytes 4 to 7 of a gzip file are its time (RFC 1952)."""
    assert archive(bundle)[4:8] == b"\0\0\0\0"


def test_bundles_of_different_packages_merge(policies: PolicySet, other_policies: PolicySet) -> None:
    one = compile_policies(policies, revision="1", package="u.one")
    two = compile_policies(other_policies, revision="2", package="u.two")
    both = merge([one, two])
    assert set(both.files) == {*one.files, *two.files}
    assert of(both, "data.json")["u"].keys() == {"one", "two"}
    assert of(both, ".manifest")["roots"] == [*of(one, ".manifest")["roots"], *of(two, ".manifest")["roots"]]
    assert of(both, ".manifest")["revision"] == "1+2"
    assert of(both, ".manifest")["metadata"]["iam2rego"]["files"] == sorted(both.files)


def test_a_packed_bundle_holds_the_kernel_and_no_modules(policies: PolicySet) -> None:
    bundle = compile_policies(policies, revision="r", layout=Layout.PACKED)
    library = sorted({*LIBRARY, "compare", "requirements", "substitution"})
    authz = ["iam/authz/authz.rego", "iam/authz/known_keys.rego"]
    assert list(bundle.files) == [".manifest", "data.json", *authz, *[f"iam/lib/{name}.rego" for name in library]]
    manifest = of(bundle, ".manifest")
    assert manifest["metadata"]["iam2rego"]["layout"] == "packed"
    roots = ["actions", "attachments", "authz", "lib", "policies", "revision", "statements", *BY_CLASS]
    assert manifest["roots"] == [f"iam/{root}" for root in sorted(roots)]
    assert of(bundle, "data.json")["iam"]["revision"] == {"r": True}


def test_the_two_layouts_differ_in_what_asks_policies(policies: PolicySet) -> None:
    """All else of the library is the same bytes in both."""
    modules, packed = (compile_policies(policies, revision="r", layout=each).files for each in Layout)
    shared = {path for path in modules.keys() & packed.keys() if path.endswith(".rego")}
    assert {path for path in shared if modules[path] != packed[path]} == {"iam/lib/applying.rego", "iam/lib/fast_decision.rego"}


def test_context_keys_are_known_in_one_spelling(bundle: Bundle) -> None:
    """AWS's spelling of its own, and whatever policies ask for."""
    asking = [allow("s3:GetObject", when=[null(key, "true")]) for key in ("AWS:sourceip", "k:b", "K:B")]
    made = compile_policies(identity_policies((policy("p", *asking),)), revision="r")
    keys = re.findall(r'^\t"(.*)",$', made.files["iam/authz/known_keys.rego"], re.MULTILINE)
    assert set(keys) == {*GLOBAL_KEYS, "K:B"}
    assert "K:B" not in bundle.files["iam/authz/known_keys.rego"]


def test_nothing_is_decided_by_classes_where_policies_of_other_types_are() -> None:
    denying = policy("d", deny("s3:GetObject"), of=PolicyType.SERVICE_CONTROL)
    attached = Attachments(identity=("p",), service_control=(("d",),))
    data = of(compile_policies(PolicySet(policies=(policy("p", allow("s3:*")), denying), attachments=attached), revision="r"), "data.json")
    assert not any(data["iam"][name] for name in BY_CLASS)
