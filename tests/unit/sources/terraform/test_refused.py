"""Plans and states that are malformed: each is an error with a place, and none breaks the program."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from iam2rego.diagnostics import Diagnostic, PolicyError
from iam2rego.sources import load
from tests.unit.sources.terraform.made import TRUST, allow, change, configured, module, plan, role, write

WHOLE = json.dumps(plan(role(), change("aws_iam_policy.p", {"name": "p", "policy": allow()})))
KEPT = {"version": 4, "serial": 1, "lineage": "x"}
ROLE = role()


def inside(**others: object) -> dict[str, Any]:
    return plan({**ROLE, **others})


def changed(**others: object) -> dict[str, Any]:
    return inside(change={**ROLE["change"], **others})


def after(kind: str = "aws_iam_role", **values: object) -> dict[str, Any]:
    return plan(change(f"{kind}.x", {"name": "x", "role": "x", "assume_role_policy": TRUST, "policy": allow(), **values}))


def rooted(root: object) -> dict[str, Any]:
    return {**plan(ROLE), "configuration": {"root_module": root}}


def valued(**members: object) -> dict[str, Any]:
    return {"format_version": "1.0", "values": {"root_module": members}}


def without(member: str) -> dict[str, Any]:
    return plan({name: value for name, value in ROLE.items() if name != member})


def kept(*resources: object, **others: object) -> dict[str, Any]:
    return {**KEPT, "resources": [*resources], **others}


def instances(*each: object) -> dict[str, Any]:
    return kept({"mode": "managed", "type": "aws_iam_policy", "name": "p", "instances": [*each]})


def nested(depth: int, inner: str = "1", begin: str = "[", end: str = "]") -> str:
    return begin * depth + inner + end * depth


def spoilt(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


TEXTS = {
    "half": (WHOLE[: len(WHOLE) // 2], "IAM005"),
    "all-but-the-last-brace": (WHOLE[:-1], "IAM005"),
    "a-few-characters": ('{"format_version"', "IAM005"),
    "cut-in-a-name": (WHOLE[: WHOLE.index("resource_changes") + 4], "IAM005"),
    "cut-in-a-document": (WHOLE[: WHOLE.index("s3:GetObject")], "IAM005"),
    "something-after": (WHOLE + "x", "IAM004"),
    "a-second-plan": (WHOLE + WHOLE, "IAM004"),
    "a-comma-too-many": (spoilt("}]", "},]"), "IAM004"),
    "a-comma-too-few": (spoilt('", "terraform_version"', '" "terraform_version"'), "IAM004"),
    "a-name-without-quotes": (spoilt('"terraform_version"', "terraform_version"), "IAM004"),
    "no-colon": (spoilt('"resource_changes":', '"resource_changes"'), "IAM004"),
    "a-line-break-in-a-string": (spoilt("1.5.7", "1.5\n.7"), "IAM006"),
    "an-escape": (spoilt("1.5.7", "1.5\\x7"), "IAM006"),
    "an-escape-of-four-digits": (spoilt("1.5.7", "1.5\\u00g0"), "IAM006"),
    "not-a-number": (spoilt('"1.5.7"', "NaN"), "IAM004"),
    "infinity": (spoilt('"1.5.7"', "[-Infinity]"), "IAM004"),
    "a-member-twice": (spoilt('"terraform_version"', '"format_version"'), "IAM009"),
    "a-member-twice-far-inside": (spoilt('"path"', '"name"'), "IAM009"),
    "deep": (spoilt('"1.5.7"', nested(100_000)), "IAM008"),
    "deep-in-a-change": (spoilt('"path": "/"', f'"path": {nested(100_000)}'), "IAM008"),
    "deep-modules": (
        '{"format_version": "1.0", "values": {"root_module": ' + nested(5_000, "{}", '{"child_modules": [', "]}") + "}}",
        "IAM008",
    ),
    "half-of-a-surrogate-pair-in-an-address": (spoilt("aws_iam_policy.p", "aws_iam_policy.\\ud800"), "IAM010"),
    "half-of-a-surrogate-pair-in-a-name": (spoilt('"name": "r"', '"name": "\\ud800"'), "IAM010"),
    "half-of-a-surrogate-pair-in-a-document": (spoilt("s3:GetObject", "s3:\\ud800"), "IAM010"),
}

FORMS = {
    "version-unknown": ({**plan(ROLE), "format_version": "2.0"}, "IAM602"),
    "version-no-number": ({**plan(ROLE), "format_version": "x"}, "IAM602"),
    "version-a-number": ({**plan(ROLE), "format_version": 1.2}, "IAM607"),
    "version-null": ({**plan(ROLE), "format_version": None}, "IAM607"),
    "version-huge": ({**plan(ROLE), "format_version": int("9" * 4000)}, "IAM607"),
    "no-plan": ({"format_version": "1.0", "provider_schemas": {}}, "IAM602"),
    "changes-an-object": ({**plan(), "resource_changes": {}}, "IAM607"),
    "changes-null": ({**plan(), "resource_changes": None}, "IAM607"),
    "a-change-a-string": (plan("x"), "IAM607"),
    "a-change-a-list": (plan([]), "IAM607"),
    "no-address": (without("address"), "IAM608"),
    "no-mode": (without("mode"), "IAM608"),
    "no-type": (without("type"), "IAM608"),
    "no-change": (without("change"), "IAM608"),
    "address-a-number": (inside(address=1), "IAM607"),
    "address-of-nothing": (inside(address="aws_iam_role"), "IAM607"),
    "address-of-another-type": (inside(address="aws_iam_user.r"), "IAM607"),
    "address-with-brackets": (inside(address='aws_iam_role.r["x]'), "IAM607"),
    "mode-null": (inside(mode=None), "IAM607"),
    "type-a-list": (inside(type=[]), "IAM607"),
    "change-a-list": (inside(change=[]), "IAM607"),
    "actions-missing": (inside(change={"after": {}}), "IAM607"),
    "actions-a-string": (changed(actions="create"), "IAM607"),
    "actions-none": (changed(actions=[]), "IAM607"),
    "actions-unknown": (changed(actions=["invent"]), "IAM607"),
    "after-a-string": (changed(after="x"), "IAM607"),
    "after-a-list": (changed(after=[{}]), "IAM607"),
    "before-a-number": (changed(actions=["delete"], before=1), "IAM607"),
    "marks-a-string": (changed(after_unknown="x"), "IAM607"),
    "marks-a-list": (changed(after_unknown=[True]), "IAM607"),
    "document-an-object": (after("aws_iam_policy", policy={"Version": "2012-10-17"}), "IAM607"),
    "document-a-number": (after("aws_iam_policy", policy=1), "IAM607"),
    "document-true": (after("aws_iam_policy", policy=True), "IAM607"),
    "document-no-json": (after("aws_iam_policy", policy="{"), "IAM005"),
    "document-no-policy": (after("aws_iam_policy", policy="{}"), "IAM103"),
    "document-deep": (after("aws_iam_policy", policy=nested(1000)), "IAM008"),
    "trust-a-list": (after(assume_role_policy=[1]), "IAM607"),
    "inline-an-object": (after(inline_policy={"name": "x"}), "IAM607"),
    "inline-a-string": (after(inline_policy="x"), "IAM607"),
    "inline-of-strings": (after(inline_policy=["x"]), "IAM607"),
    "inline-document-a-list": (after(inline_policy=[{"name": "x", "policy": ["x"]}]), "IAM607"),
    "role-a-number": (after("aws_iam_role_policy", role=1), "IAM607"),
    "role-an-object": (after("aws_iam_role_policy_attachment", role={}, policy_arn="x"), "IAM607"),
    "arn-a-list": (after("aws_iam_role_policy_attachment", role="x", policy_arn=["x"]), "IAM607"),
    "users-a-string": (after("aws_iam_group_membership", group="g", users="u"), "IAM607"),
    "users-of-numbers": (after("aws_iam_group_membership", group="g", users=[1]), "IAM607"),
    "groups-an-object": (after("aws_iam_user_group_membership", user="u", groups={}), "IAM607"),
    "roles-of-lists": (after("aws_iam_policy_attachment", policy_arn="x", roles=[["x"]]), "IAM607"),
    "boundary-a-boolean": (after(permissions_boundary=False), "IAM607"),
    "managed-a-string": (after(managed_policy_arns="x"), "IAM607"),
    "bucket-a-number": (after("aws_s3_bucket_policy", bucket=5), "IAM607"),
    "function-a-list": (after("aws_lambda_permission", function_name=["f"]), "IAM607"),
    "principal-a-number": (after("aws_lambda_permission", function_name="f", action="lambda:*", principal=1), "IAM607"),
    "no-principal": (after("aws_lambda_permission", function_name="f", action="lambda:*"), "IAM608"),
    "configuration-a-list": ({**plan(ROLE), "configuration": []}, "IAM607"),
    "root-a-string": (rooted("x"), "IAM607"),
    "resources-of-a-module-an-object": (rooted({"resources": {}}), "IAM607"),
    "a-resource-of-a-module-a-number": (rooted({"resources": [1]}), "IAM607"),
    "address-in-a-module-a-number": (rooted({"resources": [{"address": 1}]}), "IAM607"),
    "outputs-a-list": (rooted({"outputs": []}), "IAM607"),
    "calls-a-list": (rooted({"module_calls": []}), "IAM607"),
    "a-call-a-string": (rooted({"module_calls": {"m": "x"}}), "IAM607"),
    "a-called-module-null": (rooted({"module_calls": {"m": {"module": None}}}), "IAM607"),
    "errored-a-string": (plan(ROLE, errored="no"), "IAM607"),
    "complete-null": (plan(ROLE, complete=None), "IAM607"),
    "values-a-list": ({"format_version": "1.0", "values": []}, "IAM607"),
    "root-of-values-a-list": ({"format_version": "1.0", "values": {"root_module": []}}, "IAM607"),
    "resources-of-values-null": (valued(resources=None), "IAM607"),
    "a-resource-of-values-a-string": (valued(resources=["x"]), "IAM607"),
    "children-an-object": (valued(child_modules={}), "IAM607"),
    "a-child-a-list": (valued(child_modules=[[]]), "IAM607"),
    "values-of-a-resource-a-list": (valued(resources=[{**ROLE, "values": []}]), "IAM607"),
    "planned-values-a-string": ({"format_version": "0.1", "planned_values": "x"}, "IAM607"),
    "kept-version-3": (kept(version=3), "IAM602"),
    "kept-version-a-string": (kept(version="4"), "IAM602"),
    "kept-resources-an-object": ({**KEPT, "resources": {}}, "IAM607"),
    "a-kept-resource-a-string": (kept("x"), "IAM607"),
    "a-kept-resource-without-a-name": (kept({"mode": "managed", "type": "aws_iam_policy"}), "IAM608"),
    "kept-instances-missing": (kept({"mode": "managed", "type": "aws_iam_policy", "name": "p"}), "IAM607"),
    "a-kept-instance-a-list": (instances([]), "IAM607"),
    "kept-attributes-missing": (instances({}), "IAM607"),
    "a-kept-document-a-number": (instances({"attributes": {"policy": 1}}), "IAM607"),
    "a-kept-module-a-number": (kept({"module": 1, "mode": "managed", "type": "x", "name": "p", "instances": []}), "IAM607"),
    "a-kept-name-of-dots": (
        kept({"mode": "managed", "type": "aws_iam_policy", "name": "a.b", "instances": [{"attributes": {}}]}),
        "IAM607",
    ),
}


@pytest.mark.parametrize(
    ("content", "code"),
    [pytest.param(*each, id=name) for name, each in (*TEXTS.items(), *FORMS.items())],
)
def test_an_error_has_a_place(
    content: str | dict[str, Any], code: str, tmp_path: Path, refusal: Callable[[Callable[[], object]], list[Diagnostic]]
) -> None:
    path = write(tmp_path, content)
    errors = [each for each in refusal(lambda: load([path], parameters={"AWS::AccountId": "111122223333"})) if each.level == "error"]
    assert code in [each.code for each in errors]
    for each in errors:
        assert each.source.name.startswith(path)
        assert each.span or each.source.name != path or each.code == "IAM603"


def test_what_is_wrong_with_one_resource_hides_no_other(
    tmp_path: Path, refusal: Callable[[Callable[[], object]], list[Diagnostic]]
) -> None:
    path = write(tmp_path, plan({**ROLE, "address": 1}, {**ROLE, "mode": 2}, change("aws_iam_policy.p", {"policy": 3})))
    assert [each.message for each in refusal(lambda: load([path])) if each.level == "error"] == [
        "`address` must be a string, not a number",
        "`mode` must be a string, not a number",
        "`policy` of `aws_iam_policy.p` must be a string that holds a policy, not a number",
    ]


@pytest.mark.parametrize(
    "sensitive",
    [True, {"policy": True}, {"policy": [True]}, [], None, "x", 1],
    ids=["all", "one", "list", "array", "null", "text", "number"],
)
def test_marks_of_sensitive_values_do_not_matter(sensitive: object, tmp_path: Path) -> None:
    made = change("aws_iam_policy.p", {"name": "p", "policy": allow()})
    made["change"] |= {"after_sensitive": sensitive, "before_sensitive": sensitive}
    with pytest.raises(PolicyError) as refused:  # nobody has the policy
        load([write(tmp_path, plan(made, {**ROLE, "change": {**ROLE["change"], "after_sensitive": sensitive}}))])
    assert {each.code for each in refused.value.diagnostics if each.level == "error"} == {"IAM620"}


def test_members_that_nobody_knows_are_let_through(tmp_path: Path) -> None:
    made = {**change("aws_iam_policy.p", {"policy": allow(), "new": {"a": [1e99, -0.0]}}), "identity_schema_version": 0, "index": 10**400}
    root = module(configured("aws_iam_policy.p", policy="x", new=["x"]))
    content = plan(made, {**role(), "action_reason": None}, root=root, checks=[{"x": 1}], relevant_attributes="x")
    assert len(load([write(tmp_path, content)], parameters={"AWS::AccountId": "111122223333"}).policies.policies) == 1


def test_a_binary_plan_is_told_how_to_print(tmp_path: Path, refusal: Callable[[Callable[[], object]], list[Diagnostic]]) -> None:
    (tmp_path / "p.json").write_bytes(b"PK\x03\x04\x00\xff")
    (error,) = refusal(lambda: load([str(tmp_path / "p.json")]))
    assert (error.code, "terraform show -json" in error.hint) == ("IAM001", True)


def test_other_files_that_speak_of_a_format_are_no_plans(tmp_path: Path) -> None:
    document = json.loads(allow("arn:aws:s3:::b/format_version"))
    document["Statement"][0]["Sid"] = "lineage"
    assert len(load([write(tmp_path, document)]).policies.policies) == 1
