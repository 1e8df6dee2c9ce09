"""The requests that are made from a policy: that they are the same every time, none comes twice, and none is left out."""

from collections.abc import Callable
from random import Random

import pytest

from iam2rego.ir.policy import Policy, identity_policies
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.native import authorize
from iam2rego.questions import aims, base, context, refused, requests, resources
from iam2rego.questions.aim import Aim
from tests.unit.questions.generated import BUCKET, STAR, allowing, policy, statement, when


def test_the_same_seed_gives_the_same_requests() -> None:
    made = policy(BUCKET, when("StringLike", ["a*", "b*", "c*", "d*"]))
    assert requests(made, 7) == requests(made, 7)


def test_another_seed_gives_other_requests() -> None:
    made = policy(allowing(Action=[f"s3:Get{name}" for name in "ABCDEFGH"]))
    assert requests(made, 7) != requests(made, 8)


@pytest.mark.parametrize("make", [lambda made: requests(made, 7), refused], ids=["requests", "refused"])
def test_no_request_comes_twice(make: Callable[[Policy], list[JsonValue]]) -> None:
    texts = [dumps(request) for request in make(policy(BUCKET, BUCKET))]
    assert len(texts) == len(set(texts))


def test_of_many_entries_none_is_left_out() -> None:
    names = [f"n{number:02}" for number in range(40)]
    made = statement({**STAR, "Action": [f"s3:{name}*" for name in names], "Resource": [f"arn:aws:s3:::{name}/*" for name in names]})
    asked = list(aims(made, base(made), Random(1)))
    wanted = {f"s3:{name}x1" for name in names} | {f"arn:aws:s3:::{name}/x1" for name in names}
    assert wanted - {aim.action for aim in asked} - {aim.resource for aim in asked} == set()


def test_of_many_values_none_is_left_out() -> None:
    values = [f"v{number:02}" for number in range(40)]
    made = statement(when("StringLike", values))
    asked = aims(made, base(made), Random(1))
    assert set(values) - {str(aim.context.get("k:a")) for aim in asked} == set()


def test_malformed_requests_are_refused_and_their_neighbours_not() -> None:
    made = policy(STAR)
    decisions = [authorize(identity_policies((made,)), request) for request in refused(made)]
    assert {bool(decision.errors) for decision in decisions} == {True, False}


def test_what_is_made_from_statements_is_well_formed() -> None:
    made = policy(STAR, BUCKET, when("StringLike", "a*"))
    assert [request for request in requests(made, 7) if authorize(identity_policies((made,)), request).errors] == []


def test_a_contradiction_still_gives_a_context() -> None:
    made = statement(allowing(Condition={"StringEquals": {"k:a": "x"}, "StringNotEquals": {"k:a": "x"}}))
    assert context.base(made) == {"k:a": "x"}


def test_actions_near_a_statement_are_also_asked_without_its_keys() -> None:
    """Which keys a statement asks for shows where they are missing, so that must be asked beside its actions, too."""
    made = policy(allowing(Action="s3:Get", Condition={"StringEquals": {"k:a": "a"}}))
    asked = set(map(dumps, requests(made, 0)))
    bare = Aim("s3:Get", resources.base(made.document.statements[0].resources, {}), {})
    assert {dumps(bare.doing(action).request()) for action in ("s3:Get", "s3:Getx", "s3x:Get")} <= asked


def test_a_field_is_dropped_where_the_text_of_a_variable_holds_a_colon() -> None:
    made = statement(allowing(Resource="arn:aws:iam::*:user/${aws:username}"))
    assert "arn:aws:iam:x1:user/a:b" in set(resources.short(made.resources, {"aws:username": "a:b"}))
