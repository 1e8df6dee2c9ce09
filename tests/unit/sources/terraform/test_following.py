"""References that lead to the ends of edges, through modules, outputs, variables and keys; and those that do not."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.sources.terraform.expected import read_file
from tests.unit.sources.terraform.made import allow, call, change, configured, looked, module, plan, role, write

ROLE, POLICY = "aws_iam_role", "aws_iam_policy"
ATTACHMENT = "aws_iam_role_policy_attachment"


def attached(address: str = f"{ATTACHMENT}.a") -> dict[str, Any]:
    return change(address, {"role": "r"}, ["policy_arn", "id"])


def policy(address: str = f"{POLICY}.p") -> dict[str, Any]:
    return change(address, {"name": "p", "policy": allow()}, ["arn", "id"])


def refer(*references: str, each: list[str] | None = None) -> dict[str, Any]:
    return configured(f"{ATTACHMENT}.a", each, policy_arn=[*references], role="r")


INNER = module(refer("var.arn"))
MADE = module(configured(f"{POLICY}.p", policy=""), outputs={"arn": [f"{POLICY}.p.arn", f"{POLICY}.p"]})
P = f"{POLICY}.p"
IN_M = f"module.m.{ATTACHMENT}.a"


@pytest.mark.parametrize(
    ("changes", "root", "end"),
    [
        pytest.param([policy(), attached()], module(refer(f"{P}.arn", P)), P, id="resource"),
        pytest.param([policy(), attached()], module(refer(f"{P}.arn", P, "var.x", "local.y", "path.module")), P, id="others-beside-it"),
        pytest.param([policy(), attached()], module(refer(f"{ROLE}.r.arn", f"{ROLE}.r")), None, id="another-type"),
        pytest.param([policy(), attached()], module(refer("local.policy")), None, id="local"),
        pytest.param([policy(), attached()], module(refer(f"data.{P}.arn", f"data.{P}")), None, id="data"),
        pytest.param([policy(), attached()], module(), None, id="no-configuration"),
        pytest.param([policy(), policy(f"{POLICY}.q"), attached()], module(refer(P, f"{POLICY}.q")), None, id="one-of-two"),
        pytest.param([policy(f"{P}[0]"), attached()], module(refer(f"{P}[0].arn", f"{P}[0]", P)), f"{P}[0]", id="index"),
        pytest.param(
            [policy(f"{P}[0]"), policy(f"{P}[1]"), attached()], module(refer(f"{P}[1].arn", f"{P}[1]", P)), f"{P}[1]", id="one-index"
        ),
        pytest.param([policy(f"{P}[0]"), attached()], module(refer(P)), f"{P}[0]", id="only-instance"),
        pytest.param([policy(f"{P}[0]"), policy(f"{P}[1]"), attached()], module(refer(P)), None, id="several-instances"),
        pytest.param(
            [policy(f"{POLICY}.q"), attached()],
            module(refer(f"{P}[0].arn", f"{P}[0]", P, f"{POLICY}.q")),
            f"{POLICY}.q",
            id="branch-not-taken",
        ),
        pytest.param(
            [policy(f'{P}["a"]'), policy(f'{P}["b"]'), attached(f'{ATTACHMENT}.a["b"]')],
            module(refer(P, "each.key")),
            f'{P}["b"]',
            id="each-key",
        ),
        pytest.param(
            [policy(f"{P}[0]"), policy(f"{P}[1]"), attached(f"{ATTACHMENT}.a[1]")],
            module(refer(P, "count.index")),
            f"{P}[1]",
            id="count-index",
        ),
        pytest.param(
            [policy(f'{P}["a"]'), policy(f'{P}["b"]'), attached(f'{ATTACHMENT}.a["c"]')],
            module(refer(P, "each.key")),
            None,
            id="no-such-key",
        ),
        pytest.param(
            [policy(f'{P}["a"]'), policy(f'{P}["b"]'), attached(f'{ATTACHMENT}.a["a"]')],
            module(refer("each.value.arn", "each.value", each=[P])),
            f'{P}["a"]',
            id="each-value",
        ),
        pytest.param(
            [policy(), policy(f"{POLICY}.q"), attached(f'{ATTACHMENT}.a["a"]')],
            module(refer("each.value", each=[P, f"{POLICY}.q"])),
            None,
            id="each-value-of-two",
        ),
        pytest.param([policy(), attached(IN_M)], module(m=call(INNER, arn=[f"{P}.arn", P])), P, id="variable"),
        pytest.param([policy(), attached(IN_M)], module(m=call(INNER)), None, id="default-of-a-variable"),
        pytest.param([policy(), attached()], module(refer("var.arn")), None, id="variable-of-the-root"),
        pytest.param(
            [policy(), attached(f"module.n.{IN_M}")],
            module(n=call(module(m=call(INNER, arn=["var.up"])), up=[f"{P}.arn", P])),
            P,
            id="variable-of-a-variable",
        ),
        pytest.param(
            [policy(f"module.m.{P}"), attached()], module(refer("module.m.arn", "module.m"), m=call(MADE)), f"module.m.{P}", id="output"
        ),
        pytest.param(
            [policy(f"module.n.module.m.{P}"), attached()],
            module(refer("module.n.up", "module.n"), n=call(module(outputs={"up": ["module.m.arn", "module.m"]}, m=call(MADE)))),
            f"module.n.module.m.{P}",
            id="output-of-an-output",
        ),
        pytest.param(
            [policy(f"module.m.{P}"), attached(f"module.k.{ATTACHMENT}.a")],
            module(m=call(MADE), k=call(INNER, arn=["module.m.arn", "module.m"])),
            f"module.m.{P}",
            id="output-to-variable",
        ),
        pytest.param(
            [policy(f'module.m["a"].{P}'), policy(f'module.m["b"].{P}'), attached()],
            module(refer('module.m["b"].arn', 'module.m["b"]', "module.m"), m=call(MADE)),
            f'module.m["b"].{P}',
            id="output-of-one-instance",
        ),
        pytest.param(
            [policy(f'module.m["a"].{P}'), policy(f'module.m["b"].{P}'), attached()],
            module(refer("module.m.arn", "module.m"), m=call(MADE)),
            None,
            id="output-of-several-instances",
        ),
        pytest.param(
            [policy(f'{P}["a"]'), policy(f'{P}["b"]'), attached(f'module.m["b"].{ATTACHMENT}.a')],
            module(m=call(INNER, [], arn=[P, "each.key"])),
            f'{P}["b"]',
            id="key-of-a-call",
        ),
        pytest.param(
            [policy(f"module.m.{P}"), policy(f"module.k.{P}"), attached(IN_M)],
            module(m=call(module(refer(f"{P}.arn", P), configured(P, policy="")))),
            f"module.m.{P}",
            id="same-module",
        ),
        pytest.param(
            [policy(), attached()],
            module(refer("module.m.arn", "module.m"), m=call(module(outputs={"arn": ["module.m.arn"]}, m=call(MADE)))),
            None,
            id="output-of-no-instance",
        ),
    ],
)
def test_references(changes: list[dict[str, Any]], root: dict[str, Any], end: str | None, tmp_path: Path) -> None:
    path = write(tmp_path, plan(role(), *changes, root=root))
    found = read_file(Path(path))
    ((address, attribute),) = [each for each in found.ends.seen if each[1] == "policy_arn"]
    assert found.ends.followed.get((address, attribute)) == ([end] if end else None)
    if end is None:
        (missing,) = (each for each in found.account.open if each.code == "IAM620" and "AWS::" not in each.message)
        assert (missing.part, missing.message.split(";")[0]) == (f"#{address}.policy_arn", f"nothing tells `{address}.policy_arn`")
        assert "IAM620" not in {each.code for each in looked(path).findings}


@pytest.mark.parametrize(
    ("users", "marks", "references", "ends"),
    [
        pytest.param([None], [True], ["aws_iam_user.a.name", "aws_iam_user.a"], ["aws_iam_user.a"], id="one"),
        pytest.param(
            ["x", None], [False, True], ["aws_iam_user.a.name", "aws_iam_user.a"], ["x", "aws_iam_user.a"], id="known-and-unknown"
        ),
        pytest.param([None, None], [True, True], ["aws_iam_user.b"], ['aws_iam_user.b["x"]', 'aws_iam_user.b["y"]'], id="all-instances"),
        pytest.param([None], [True], ["aws_iam_user.b"], None, id="too-many"),
        pytest.param([None, None], [True, True], ["aws_iam_user.a.name", "aws_iam_user.a"], None, id="too-few"),
        pytest.param(None, True, ["aws_iam_user.a.name", "aws_iam_user.a"], None, id="number-not-known"),
    ],
)
def test_lists(users: list[str | None] | None, marks: object, references: list[str], ends: list[str] | None, tmp_path: Path) -> None:
    people = [change(each, {"path": "/"}, ["name", "arn"]) for each in ("aws_iam_user.a", 'aws_iam_user.b["x"]', 'aws_iam_user.b["y"]')]
    after = {"group": "g", **({"users": users} if users is not None else {})}
    joined = change("aws_iam_group_membership.m", after, {"users": marks})
    root = module(configured("aws_iam_group_membership.m", users=references, group="g"))
    found = read_file(Path(write(tmp_path, plan(policy(), *people, joined, root=root))))
    followed = found.ends.followed.get(("aws_iam_group_membership.m", "users"))
    assert followed == ([each for each in ends if each != "x"] if ends else None)


def test_references_that_lead_round_in_a_circle(tmp_path: Path) -> None:
    inner = module(configured(f"{ATTACHMENT}.a", policy_arn=["var.arn"]), outputs={"arn": ["var.arn"]})
    root = module(m=call(inner, arn=["module.m.arn", "module.m.arn2", "module.m"]))
    found = read_file(Path(write(tmp_path, plan(policy(), attached(IN_M), root=root))))
    assert found.ends.followed == {}
