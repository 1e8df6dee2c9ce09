"""Resources that list all policies of a role, user or group, and what differs from them."""

from pathlib import Path
from typing import Any

import pytest

from iam2rego.diagnostics import PolicyError
from tests.unit.sources.terraform.made import (
    ACCOUNT,
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
    role,
    state,
    write,
)

INLINE = change("aws_iam_role_policy.own", {"name": "own", "role": "r", "policy": allow()})
MANAGED = change("aws_iam_policy.m", {"name": "m", "policy": allow()}, ["arn"])
ATTACHED = change("aws_iam_role_policy_attachment.m", {"role": "r", "policy_arn": f"{IAM}:policy/m"})
NAMES, ARNS = "aws_iam_role_policies_exclusive.x", "aws_iam_role_policy_attachments_exclusive.x"


def names(*listed: str, **others: object) -> dict[str, Any]:
    return change(NAMES, {"role_name": "r", "policy_names": [*listed], **others})


def arns(*listed: str) -> dict[str, Any]:
    return change(ARNS, {"role_name": "r", "policy_arns": [*listed]})


def told(path: str) -> list[str]:
    found = [each for each in looked(path, **ACCOUNT).findings if each.code == "IAM629"]
    assert {each.level for each in found} <= {"notice"}
    return [each.message for each in found]


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        pytest.param([INLINE, names("own")], [], id="listed"),
        pytest.param(
            [INLINE, names()],
            [f"`{NAMES}` does not list the inline policy of the role `own`, which `aws_iam_role_policy.own` gives it"],
            id="not-listed",
        ),
        pytest.param(
            [INLINE, names("own", "by-hand")],
            [f"`{NAMES}` lists the inline policy `by-hand`, which nothing in this file gives the role"],
            id="not-in-the-file",
        ),
        pytest.param([change("aws_iam_role_policy.own", {"name": "own", "role": "r"}, ["policy"]), names("own")], None, id="after-apply"),
        pytest.param([INLINE, names(role_name="s")], [], id="another-role"),
        pytest.param([MANAGED, ATTACHED, arns(f"{IAM}:policy/m")], [], id="attached"),
        pytest.param(
            [MANAGED, ATTACHED, arns()],
            [f"`{ARNS}` does not list the managed policy of the role `aws_iam_policy.m`, which `{ATTACHED['address']}` gives it"],
            id="not-detached",
        ),
        pytest.param([MANAGED, arns(f"{IAM}:policy/m")], [], id="attached-by-itself"),
        pytest.param([INLINE, change(NAMES, None, None, ["delete"], before={"role_name": "r", "policy_names": []})], [], id="deleted"),
    ],
)
def test_what_differs(changes: list[dict[str, Any]], messages: list[str] | None, tmp_path: Path) -> None:
    path = write(tmp_path, plan(role(), *changes))
    if messages is None:
        assert "IAM629" not in {each.code for each in looked(path, **ACCOUNT).findings}
    else:
        assert told(path) == messages


@pytest.mark.parametrize("kind", ["user", "group"])
def test_users_and_groups(kind: str, tmp_path: Path) -> None:
    resources = [
        (f"aws_iam_{kind}.x", {"name": "x", "arn": f"{IAM}:{kind}/x"}),
        (f"aws_iam_{kind}_policy.own", {kind: "x", "name": "own", "policy": allow()}),
        (f"aws_iam_{kind}_policies_exclusive.x", {f"{kind}_name": "x", "policy_names": []}),
    ]
    address = f"aws_iam_{kind}_policies_exclusive.x"
    assert told(write(tmp_path, state(*resources))) == [
        f"`{address}` does not list the inline policy of the {kind} `own`, which `aws_iam_{kind}_policy.own` gives it"
    ]


def test_they_attach_what_they_list(tmp_path: Path) -> None:
    path = write(tmp_path, plan(role(), MANAGED, arns(f"{IAM}:policy/m")))
    assert principals(path) == {f"{IAM}:role/r": (("p/aws_iam_policy.m",), None)}
    others = write(tmp_path, plan(MANAGED, arns(f"{IAM}:policy/m")), "q.json")
    assert principals(others) == {f"{IAM}:role/r": (("q/aws_iam_policy.m",), None)}


def test_a_role_shows_what_they_take_away(tmp_path: Path) -> None:
    shown = {"name": "r", "arn": f"{IAM}:role/r", "assume_role_policy": TRUST, "managed_policy_arns": [f"{IAM}:policy/m"]}
    inline = [{"name": "own", "policy": allow()}, {"name": "by-hand", "policy": allow()}]
    path = write(
        tmp_path,
        state(
            ("aws_iam_role.r", {**shown, "inline_policy": inline}),
            ("aws_iam_role_policy.own", {"name": "own", "role": "r", "policy": allow()}),
            ("aws_iam_policy.m", {"name": "m", "arn": f"{IAM}:policy/m", "policy": allow()}),
            (NAMES, {"role_name": "r", "policy_names": []}),
            (ARNS, {"role_name": "r", "policy_arns": []}),
        ),
    )
    assert told(path) == [
        f"`{NAMES}` does not list the inline policy of the role `by-hand`, which `aws_iam_role.r` gives it",
        f"`{NAMES}` does not list the inline policy of the role `own`, which `aws_iam_role_policy.own` gives it",
        f"`{ARNS}` does not list the managed policy of the role `aws_iam_policy.m`, which `aws_iam_role.r` gives it",
    ]


def test_names_that_are_known_after_apply(tmp_path: Path) -> None:
    inline = change("aws_iam_role_policy.own", {"role": "r", "policy": allow()}, ["name", "id"])
    other = change("aws_iam_role_policy.other", {"role": "r", "name": "o", "policy": allow()})
    lists = change(NAMES, {"policy_names": [None]}, {"role_name": True, "policy_names": [True]})
    own = ["aws_iam_role_policy.own.name", "aws_iam_role_policy.own"]
    root = module(configured(NAMES, role_name=["aws_iam_role.r.name"], policy_names=own))
    assert told(write(tmp_path, plan(role(), inline, lists, root=root))) == []
    assert told(write(tmp_path, plan(role(), inline, other, lists, root=root), "q.json")) == [
        f"`{NAMES}` does not list the inline policy of the role `o`, which `aws_iam_role_policy.other` gives it"
    ]
    unknown = module(configured(NAMES, role_name=["aws_iam_role.r.name"], policy_names=["local.names"]))
    path = write(tmp_path, plan(role(), inline, other, lists, root=unknown), "r.json")
    assert told(path) == []
    loaded(path)  # nothing depends on what they list


def test_arns_that_are_known_after_apply(tmp_path: Path) -> None:
    attached = change("aws_iam_role_policy_attachment.m", {"role": "r"}, ["policy_arn"])
    lists = change(ARNS, {"role_name": "r", "policy_arns": [None]}, {"policy_arns": [True]})
    first = configured("aws_iam_role_policy_attachment.m", role="r", policy_arn=["aws_iam_policy.m.arn", "aws_iam_policy.m"])
    for references in (["aws_iam_policy.m.arn"], ["aws_iam_role_policy_attachment.m.policy_arn", "aws_iam_role_policy_attachment.m"]):
        root = module(first, configured(ARNS, role_name="r", policy_arns=references))
        path = write(tmp_path, plan(role(), MANAGED, attached, lists, root=root))
        assert told(path) == []
        assert principals(path) == {f"{IAM}:role/r": (("p/aws_iam_policy.m",), None)}
    root = module(first, configured(ARNS, role_name="r", policy_arns=["local.arns"]))
    path = write(tmp_path, plan(role(), MANAGED, attached, lists, root=root))
    with pytest.raises(PolicyError, match=f"nothing tells `{ARNS}.policy_arns`"):
        loaded(path)
    bound = {f"{ARNS}.policy_arns": f"{IAM}:policy/m, {IAM}:policy/n"}
    other = change("aws_iam_policy.n", {"name": "n", "policy": allow()}, ["arn"])
    both = write(tmp_path, plan(role(), MANAGED, other, attached, lists, root=root), "q.json")
    assert principals(both, **bound) == {f"{IAM}:role/r": (("q/aws_iam_policy.m", "q/aws_iam_policy.n"), None)}


def test_lists_of_another_type(tmp_path: Path) -> None:
    path = write(tmp_path, plan(role(), arns(), change(ARNS, {"role_name": "r", "policy_arns": "x"})))
    assert [each.message for each in looked(path, **ACCOUNT).findings if each.level == "error"] == [
        f"`policy_arns` of `{ARNS}` must be an array, not a string"
    ]
