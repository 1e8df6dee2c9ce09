"""Sources to one policy set: names, order, warnings, and the problems of all files at once."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.sources import load

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]


def policy(resource: str = "*", members: str = "") -> str:
    statement = f'{{{members}"Effect": "Allow", "Action": "s3:GetObject", "Resource": "{resource}"}}'
    return f'{{"Version": "2012-10-17", "Statement": {statement}}}'


WARNED = f'{{"policies": {{"session": [{policy()}]}}}}'


def test_policies_are_ordered_by_name(folder: Folder) -> None:
    root = folder({"b.json": policy(), "a/x.json": policy(), "a.json": policy(), "B.json": policy()})
    assert [each.name for each in load([str(root)]).policies.policies] == ["B", "a", "a/x", "b"]


def test_the_order_of_the_arguments_does_not_matter(folder: Folder) -> None:
    root = folder({"a.json": policy(), "b.json": policy()})
    one, other = (load([str(root / name) for name in names]) for names in (("a.json", "b.json"), ("b.json", "a.json")))
    assert (one.policies, one.digest) == (other.policies, other.digest)


def test_a_policy_is_named_by_its_path_below_the_source(folder: Folder) -> None:
    root = folder({"teams/web/read.only.json": policy()})
    (found,) = load([str(root)]).policies.policies
    assert (found.name, found.file) == ("teams/web/read.only", "teams/web/read.only.json")
    (found,) = load([str(root / "teams" / "web" / "read.only.json")]).policies.policies
    assert (found.name, found.file) == ("read.only", "read.only.json")


def test_standard_input_is_a_policy_of_that_name(stdin: Callable[[bytes], None]) -> None:
    stdin(policy().encode())
    (found,) = load(["-"]).policies.policies
    assert (found.name, found.file) == ("stdin", "-")


def test_the_text_of_every_policy_is_kept(folder: Folder) -> None:
    root = folder({"a.json": policy(), "b.json": b"\xef\xbb\xbf" + policy("**").encode()})
    assert {name: source.text for name, source in load([str(root)]).sources.items()} == {"a": policy(), "b": policy("**")}


def test_one_name_for_two_policies(folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": policy(), "x/a.json": policy()})
    (diagnostic,) = refusal(lambda: load([str(root / "a.json"), str(root / "x" / "a.json")]))
    assert (diagnostic.code, diagnostic.source.name) == ("IAM605", str(root / "x" / "a.json"))
    assert diagnostic.message == f"the policy name `a` is taken by {root / 'a.json'}"


def test_one_file_named_twice(folder: Folder, refusal: Refusal) -> None:
    file = str(folder({"a.json": policy()}) / "a.json")
    (diagnostic,) = refusal(lambda: load([file, file]))
    assert (diagnostic.code, diagnostic.message, diagnostic.source.name) == ("IAM605", "the source is named twice", file)


def test_no_policy(folder: Folder, refusal: Refusal) -> None:
    file = str(folder({"a.json": '{"policies": {"identity": []}}'}) / "a.json")
    (diagnostic,) = refusal(lambda: load([file]))
    assert (diagnostic.code, diagnostic.source.name, diagnostic.span) == ("IAM603", file, None)


def test_a_set_without_policies_beside_others_is_no_problem(folder: Folder) -> None:
    root = folder({"a.json": '{"policies": {}}', "b.json": policy()})
    assert [each.name for each in load([str(root)]).policies.policies] == ["b"]


def test_the_problems_of_all_files_come_at_once_and_in_order(folder: Folder, refusal: Refusal) -> None:
    root = folder({"c.json": "[1", "a.json": policy("b"), "b.json": WARNED, "d.json": b"\xff", "e.json": policy()})
    found = [(Path(each.source.name).name, each.code, each.level.value) for each in refusal(lambda: load([str(root)]))]
    assert found == [
        ("a.json", "IAM205", "error"),
        ("b.json", "IAM616", "warning"),
        ("c.json", "IAM005", "error"),
        ("d.json", "IAM001", "error"),
    ]


def test_warnings_come_with_the_policies(folder: Folder) -> None:
    loaded = load([str(folder({"a.json": WARNED}))])
    assert [each.code for each in loaded.diagnostics] == ["IAM616"]
    assert [each.name for each in loaded.policies.policies] == ["session[0]"]


def test_lenient(folder: Folder) -> None:
    loaded = load([str(folder({"a.json": policy("b")}))], lenient=True)
    assert [(each.code, each.level.value) for each in loaded.diagnostics] == [("IAM205", "warning")]


def test_a_parameter_that_one_policy_uses_is_used(folder: Folder) -> None:
    root = folder({"a.json": policy("arn:aws:s3:::<b>"), "b.json": policy()})
    assert load([str(root)], parameters={"b": "x"}).diagnostics == ()


def test_a_parameter_that_no_policy_uses(folder: Folder) -> None:
    loaded = load([str(folder({"a.json": policy()}))], parameters={"z": "x", "b": "*"})
    found = [(each.code, each.level.value, each.message) for each in loaded.diagnostics]
    assert found == [
        ("IAM609", "warning", "no policy has the placeholder `<b>`"),
        ("IAM609", "warning", "no policy has the placeholder `<z>`"),
    ]


def test_a_misspelled_parameter_has_the_name_that_was_meant(folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": policy("arn:aws:s3:::<bucket>")})
    (unbound, unused) = sorted(refusal(lambda: load([str(root)], parameters={"bukcet": "b"})), key=lambda each: each.code)
    assert (unbound.code, unused.code, unused.hint) == ("IAM404", "IAM609", "did you mean `bucket`?")


def test_every_unbound_placeholder_is_named(folder: Folder, refusal: Refusal) -> None:
    root = folder({"a.json": policy("arn:aws:s3::<account>:<b>"), "b.json": policy("arn:aws:s3:::<b>")})
    messages = [each.message for each in refusal(lambda: load([str(root)]))]
    assert messages == [f"the placeholder `<{name}>` has no value" for name in ("account", "b", "b")]


@pytest.mark.parametrize("other", [pytest.param("a.json ", id="name"), pytest.param("a.json", id="same")])
def test_the_digest_is_over_all_that_was_read(other: str, folder: Folder) -> None:
    root = folder({"a.json": policy()})
    copy = root / "copy" / other
    copy.parent.mkdir()
    copy.write_text(policy(), encoding="utf-8")
    assert (load([str(root / "a.json")]).digest == load([str(copy)]).digest) is (other == "a.json")
