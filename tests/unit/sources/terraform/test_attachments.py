"""Who has the policies of plans and states."""

from pathlib import Path
from typing import Any

import pytest

from iam2rego.building import Cache, Recipe, compile_sources
from iam2rego.diagnostics import PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.sources import load
from iam2rego.sources.wanted import wanted_names
from tests.unit.sources.terraform.made import (
    ACCOUNT,
    BUCKET,
    IAM,
    TRUST,
    allow,
    change,
    configured,
    loaded,
    looked,
    module,
    plan,
    principals,
    resources,
    role,
    state,
    write,
)


def managed(name: str = "m", address: str = "aws_iam_policy.m", **values: object) -> dict[str, Any]:
    return change(address, {"name": name, "policy": allow(), **values}, ["arn"])


def user(name: str, **values: object) -> dict[str, Any]:
    return change(f"aws_iam_user.{name}", {"name": name, "path": "/", **values}, ["arn"])


def test_a_role_with_policies_of_all_sorts(tmp_path: Path) -> None:
    changes = [
        role(path="/a/", inline_policy=[{"name": "i", "policy": allow()}], managed_policy_arns=[f"{IAM}:policy/m"]),
        managed(),
        managed("n", "aws_iam_policy.n", path="/x/"),
        managed("o", "aws_iam_policy.o"),
        change("aws_iam_role_policy.own", {"name": "own", "role": "r", "policy": allow()}),
        change("aws_iam_role_policy_attachment.n", {"role": "r", "policy_arn": f"{IAM}:policy/x/n"}),
        change("aws_iam_policy_attachment.o", {"name": "all", "roles": ["r"], "users": None, "policy_arn": f"{IAM}:policy/o"}),
        change("aws_iam_role.s", {"name": "s", "assume_role_policy": TRUST, "permissions_boundary": f"{IAM}:policy/o"}),
    ]
    path = write(tmp_path, plan(*changes))
    assert principals(path) == {
        f"{IAM}:role/a/r": (
            ("p/aws_iam_policy.m", "p/aws_iam_policy.n", "p/aws_iam_policy.o", "p/aws_iam_role.r/i", "p/aws_iam_role_policy.own"),
            None,
        ),
        f"{IAM}:role/s": ((), "p/aws_iam_policy.o"),
    }
    assert resources(path)[f"{IAM}:role/a/r"] == "p/aws_iam_role.r/trust"


def test_users_have_what_their_groups_have(tmp_path: Path) -> None:
    changes = [
        *map(user, "uvw"),
        change("aws_iam_group.g", {"name": "g", "path": "/"}, ["arn"]),
        change("aws_iam_group_policy.g", {"name": "x", "group": "g", "policy": allow()}),
        change("aws_iam_group_policy_attachment.g", {"group": "g", "policy_arn": f"{IAM}:policy/m"}),
        managed(),
        change("aws_iam_group_membership.g", {"name": "x", "group": "g", "users": ["u"]}),
        change("aws_iam_user_group_membership.v", {"user": "v", "groups": ["g"]}),
        change("aws_iam_user_policy.w", {"name": "y", "user": "w", "policy": allow()}),
    ]
    both = ("p/aws_iam_group_policy.g", "p/aws_iam_policy.m")
    assert principals(write(tmp_path, plan(*changes))) == {
        f"{IAM}:user/u": (both, None),
        f"{IAM}:user/v": (both, None),
        f"{IAM}:user/w": (("p/aws_iam_user_policy.w",), None),
    }


def test_edges_by_reference_need_no_names(tmp_path: Path) -> None:
    changes = [
        role(),
        change("aws_iam_policy.m", {"name_prefix": "m-", "policy": allow()}, ["arn", "name"]),
        change("aws_iam_role_policy_attachment.a", {}, ["role", "policy_arn"]),
    ]
    root = module(configured("aws_iam_role_policy_attachment.a", role=["aws_iam_role.r"], policy_arn=["aws_iam_policy.m"]))
    assert principals(write(tmp_path, plan(*changes, root=root))) == {f"{IAM}:role/r": (("p/aws_iam_policy.m",), None)}


def test_a_boundary_that_is_not_known_stops_a_build(tmp_path: Path) -> None:
    path = write(tmp_path, plan(role(unknown=["arn", "permissions_boundary"])))
    assert "IAM620" not in {each.code for each in looked(path, **ACCOUNT).findings}
    with pytest.raises(PolicyError, match=r"nothing tells `aws_iam_role\.r\.permissions_boundary`"):
        loaded(path)
    assert [each.name for each in wanted_names([path], ACCOUNT)] == ["aws_iam_role.r.permissions_boundary"]
    bound = {"aws_iam_role.r.permissions_boundary": f"{IAM}:policy/m"}
    both = write(tmp_path, plan(role(unknown=["arn", "permissions_boundary"]), managed()), "q.json")
    assert principals(both, **bound) == {f"{IAM}:role/r": ((), "q/aws_iam_policy.m")}


def test_a_role_whose_name_is_made_up(tmp_path: Path) -> None:
    path = write(tmp_path, plan(role(None), role("s", "aws_iam_role.s")))
    assert list(principals(path)) == [f"{IAM}:role/s"]
    (warning,) = (each for each in loaded(path).diagnostics if each.code == "IAM625")
    assert (warning.level, warning.message) == (
        "warning",
        "nothing tells `aws_iam_role.r.name`, so the policies of `aws_iam_role.r` are attached to nobody",
    )
    assert [(each.name, each.place) for each in wanted_names([path], ACCOUNT)] == [("aws_iam_role.r.name", f"{path}#aws_iam_role.r")]
    for name, value in (("aws_iam_role.r.name", "t"), ("aws_iam_role.r.arn", f"{IAM}:role/t"), ("p/aws_iam_role.r.name", "t")):
        assert list(principals(path, **{name: value})) == [f"{IAM}:role/s", f"{IAM}:role/t"]


def test_the_account_that_all_arns_name(tmp_path: Path) -> None:
    path = write(tmp_path, plan(role(), managed(policy=allow("arn:aws:sqs:eu-west-1:444455556666:q"))))
    found = load([path])
    assert [each.arn for each in found.policies.attachments.principals] == ["arn:aws:iam::444455556666:role/r"]
    assert [each.message for each in found.diagnostics if each.code == "IAM627"] == [
        "the account is `444455556666`, which is the only one that ARNs here name"
    ]
    assert list(principals(path)) == [f"{IAM}:role/r"]


def test_the_account_is_needed_by_a_build_only(tmp_path: Path) -> None:
    path = write(tmp_path, plan(role()))
    with pytest.raises(PolicyError, match="nothing tells `AWS::AccountId`"):
        load([path])
    assert looked(path).findings == ()
    assert [each.name for each in wanted_names([path], {})] == ["AWS::AccountId"]


def test_the_partition_follows_from_the_region(tmp_path: Path) -> None:
    path = write(tmp_path, plan(role()))
    assert list(principals(path, **{"AWS::Region": "cn-north-1"})) == ["arn:aws-cn:iam::111122223333:role/r"]
    assert list(principals(path, **{"AWS::Partition": "aws-us-gov"})) == ["arn:aws-us-gov:iam::111122223333:role/r"]


def test_a_role_of_no_source(tmp_path: Path) -> None:
    attachment = change("aws_iam_role_policy_attachment.a", {"role": "there", "policy_arn": f"{IAM}:policy/m"})
    path = write(tmp_path, plan(attachment, managed()))
    assert principals(path) == {f"{IAM}:role/there": (("p/aws_iam_policy.m",), None)}
    assert "the role `there` is in no source" in next(each.message for each in loaded(path).diagnostics if each.code == "IAM625")


def test_a_policy_and_a_role_of_two_files(tmp_path: Path) -> None:
    one = write(tmp_path, plan(role()), "one.json")
    two = write(tmp_path, state(("aws_iam_policy.m", {"name": "m", "arn": f"{IAM}:policy/m", "policy": allow()})), "two.json")
    edge = change("aws_iam_role_policy_attachment.a", {"role": "r", "policy_arn": f"{IAM}:policy/m"})
    three = write(tmp_path, plan(edge, change("aws_iam_role_policy.x", {"name": "x", "role": "r", "policy": allow()})), "three.json")
    assert principals(one, two, three) == {f"{IAM}:role/r": (("three/aws_iam_role_policy.x", "two/aws_iam_policy.m"), None)}


def test_a_policy_of_aws_is_missing(tmp_path: Path) -> None:
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    path = write(tmp_path, plan(role(), change("aws_iam_role_policy_attachment.a", {"role": "r", "policy_arn": arn})))
    with pytest.raises(PolicyError) as refused:
        loaded(path)
    assert [each.code for each in refused.value.diagnostics if each.level == "error"] == ["IAM613"]
    assert [each.level for each in looked(path, **ACCOUNT).findings if each.code == "IAM613"] == ["notice"]


def test_what_is_taken_away_is_not_kept_by_what_shows_it(tmp_path: Path) -> None:
    inline = [{"name": "i", "policy": allow()}, {"name": "j", "policy": allow()}]
    arns = [f"{IAM}:policy/m", f"{IAM}:policy/n"]
    changes = [
        role(inline_policy=inline, managed_policy_arns=arns, unknown=[]),
        managed(),
        managed("n", "aws_iam_policy.n"),
        change("aws_iam_role_policy.i", None, None, ["delete"], before={"role": "r", "name": "i", "policy": allow()}),
        change("aws_iam_role_policy_attachment.m", None, None, ["delete"], before={"role": "r", "policy_arn": arns[0]}),
        change("aws_s3_bucket.b", {"bucket": "b", "policy": BUCKET}),
        change("aws_s3_bucket_policy.b", None, None, ["delete"], before={"bucket": "b", "policy": BUCKET}),
    ]
    path = write(tmp_path, plan(*changes))
    assert principals(path) == {f"{IAM}:role/r": (("p/aws_iam_policy.n", "p/aws_iam_role.r/j"), None)}
    assert list(resources(path)) == [f"{IAM}:role/r"]
    root = module(configured("aws_iam_role.r", inline_policy="x", managed_policy_arns="x"))
    written = write(tmp_path, plan(*changes, root=root), "w.json")
    assert len(principals(written)[f"{IAM}:role/r"][0]) == 4


def test_users_of_other_sources_in_a_group(tmp_path: Path) -> None:
    policy = change("aws_iam_group_policy.g", {"name": "x", "group": "g", "policy": allow()})
    group = [change("aws_iam_group.g", {"name": "g"}, ["arn"]), policy]
    joining = change("aws_iam_group_membership.m", {"group": "g", "users": ["u"]})
    one = write(tmp_path, plan(*group, joining))
    assert principals(one) == {f"{IAM}:user/u": (("p/aws_iam_group_policy.g",), None)}
    assert "the user `u` is in no source" in next(each.message for each in loaded(one).diagnostics if each.code == "IAM625")
    two = write(tmp_path, plan(user("u", path="/a/")), "two.json")
    assert principals(one, two) == {f"{IAM}:user/a/u": (("p/aws_iam_group_policy.g",), None)}
    three = write(tmp_path, plan(user("u"), joining), "three.json")
    with pytest.raises(PolicyError, match="the group `g` is in no source"):
        loaded(three)
    with pytest.raises(PolicyError, match="nothing tells `AWS::AccountId`"):
        load([one])


def test_a_policy_that_is_only_checked(tmp_path: Path) -> None:
    path = write(tmp_path, plan(role(), change("aws_vpc_endpoint.e", {"policy": BUCKET})))
    (warning,) = (each for each in loaded(path).diagnostics if each.code == "IAM625")
    assert warning.message == "the policy of `aws_vpc_endpoint.e` takes part in no decision here: it is only checked"


def test_a_cached_build_is_the_same(tmp_path: Path) -> None:
    changes = [
        role("s", "aws_iam_role.s"),
        role(None),
        change("aws_iam_role_policy_attachment.a", {"role": "there", "policy_arn": f"{IAM}:policy/m"}),
        managed(),
    ]
    path = write(tmp_path, plan(*changes))
    cache = Cache.at(tmp_path / "cache")
    recipe = Recipe(Kind.IDENTITY, lenient=False, parameters=ACCOUNT, labels=True)
    one, two = (compile_sources([path], recipe, cache, lambda *_: None) for _ in range(2))
    assert (one.attachments, one.diagnostics) == (two.attachments, two.diagnostics)
    assert [each.code for each in two.diagnostics if each.level == "warning"] == ["IAM625"]
