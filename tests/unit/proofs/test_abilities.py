"""Who can do something, in account exports and in plain sets."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from iam2rego.ir.condition import Condition, LiteralValue, Operator
from iam2rego.ir.decision import Outcome
from iam2rego.ir.pattern import AnyRun, ArnPattern, Text, Variable
from iam2rego.ir.policy import PolicySet, Resources
from iam2rego.native import authorize
from iam2rego.proofs.abilities import Ability, who_can
from tests.support.policies import CROSS, HOME, ROLE, SAME, SESSION, TARGET, USER, actions, allow, deny, equals, equals_variable, policy_set

MFA: Final = Condition(operator=Operator.BOOL, key="aws:MultiFactorAuthPresent", values=(LiteralValue(text="true"),))
ANYTHING: Final = allow("*").resources
HAS: Final = {"identity": ("identity",)}
OTHER: Final = f"arn:aws:iam::{SAME}:user/v"
BUCKET: Final = "arn:aws:s3:::b"


def export(*identity: Any, **members: Any) -> PolicySet:
    """An account with a user who has a policy, a user who has none, and a role that has it too."""
    return policy_set(identity=identity, accounts=(SAME,), held={USER: HAS, OTHER: {}, ROLE: HAS}, **members)


def asked(policies: PolicySet, action: str, on: Resources = ANYTHING) -> Mapping[str, Ability]:
    found = {each.name: each for each in who_can(policies, actions(action), on)}
    for each in found.values():
        if each.request is not None and each.is_known:
            assert authorize(policies, each.request).decision is Outcome.ALLOWED
    return found


def contexts(policies: PolicySet, action: str, on: Resources = ANYTHING) -> Mapping[str, str]:
    return {name: each.contexts.value for name, each in asked(policies, action, on).items()}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param([allow("s3:*")], "every", id="a-statement-without-a-condition"),
        pytest.param([allow("s3:*", when=[MFA])], "some", id="a-condition"),
        pytest.param([allow("s3:*"), deny("s3:GetObject", when=[MFA])], "some", id="a-deny-with-a-condition"),
        pytest.param([allow("s3:*"), deny("s3:Get*")], "none", id="a-deny"),
        pytest.param([allow("s3:Put*")], "none", id="another-action"),
        pytest.param(
            [allow("s3:*", when=[equals("aws:PrincipalTag/a", "x"), equals("aws:PrincipalTag/a", "y")])], "none", id="a-contradiction"
        ),
    ],
)
def test_contexts_of_a_user(statements: list[Any], expected: str) -> None:
    found = contexts(export(*statements), "s3:GetObject")
    assert (found[USER], found[ROLE], found[OTHER]) == (expected, expected, "none")


def test_users_whom_the_export_lacks_are_left_out() -> None:
    assert contexts(export(allow("s3:*")), "s3:GetObject").keys() >= {USER, OTHER, ROLE}
    assert not [name for name in contexts(export(allow("s3:*")), "s3:GetObject") if name.startswith("any other user of account " + SAME)]


def test_only_some_resources() -> None:
    policies = export(allow("s3:*", on="arn:aws:s3:::b/k"))
    assert contexts(policies, "s3:GetObject", allow("*", on="arn:aws:s3:::b/*").resources)[USER] == "some"
    assert contexts(policies, "s3:GetObject", allow("*", on="arn:aws:s3:::b/k").resources)[USER] == "every"
    assert contexts(policies, "s3:GetObject", allow("*", on="arn:aws:s3:::c/*").resources)[USER] == "none"


def test_a_trust_policy_decides_who_assumes_a_role() -> None:
    trusting = {TARGET: [allow("sts:AssumeRole", to=USER)]}
    found = contexts(export(allow("sts:*"), resources=trusting), "sts:AssumeRole", allow("*", on=TARGET).resources)
    assert (found[USER], found[ROLE], found[OTHER]) == ("every", "none", "none")


def test_a_trust_policy_says_nothing_of_other_actions() -> None:
    trusting = {TARGET: [allow("sts:AssumeRole", to=USER)]}
    assert contexts(export(allow("iam:*"), resources=trusting), "iam:GetRole", allow("*", on=TARGET).resources)[ROLE] == "every"


def test_a_trust_policy_allows_nothing_but_to_assume_the_role() -> None:
    trusting = {TARGET: [allow("iam:*", to=USER)]}
    assert contexts(export(resources=trusting), "iam:GetRole", allow("*", on=TARGET).resources)[USER] == "none"


def test_strangers_need_leave_of_their_own_account() -> None:
    trusting = {TARGET: [allow("sts:AssumeRole", to=CROSS)]}
    found = asked(export(resources=trusting), "sts:AssumeRole", allow("*", on=TARGET).resources)
    stranger = found[f"any other user of account {CROSS}"]
    assert (stranger.contexts.value, stranger.is_known) == ("every", False)


def test_service_control_policies_are_those_of_the_exported_account() -> None:
    policies = export(resources={BUCKET: [allow("s3:*", to=CROSS)]}, service_control=[[allow("*"), deny("s3:*")]])
    found = contexts(policies, "s3:GetObject", allow("*", on=f"{BUCKET}/k").resources)
    assert (found[f"any other user of account {CROSS}"], found[USER]) == ("every", "none")


def test_a_bucket_policy_allows_its_objects() -> None:
    found = contexts(export(resources={BUCKET: [allow("s3:GetObject", to=OTHER)]}), "s3:GetObject", allow("*", on=f"{BUCKET}/k").resources)
    assert (found[OTHER], found[USER]) == ("every", "none")


def test_a_named_session_is_its_role() -> None:
    policies = export(resources={BUCKET: [allow("s3:GetObject", to=SESSION)]})
    assert contexts(policies, "s3:GetObject", allow("*", on=f"{BUCKET}/k").resources)[ROLE] == "some"


def test_a_boundary_and_service_control_policies_limit() -> None:
    bounded = policy_set(
        identity=[allow("s3:*")],
        permissions_boundary=[allow("s3:*", when=[MFA])],
        accounts=(SAME,),
        held={USER: {**HAS, "permissions_boundary": "permissions_boundary"}, OTHER: HAS},
    )
    assert [contexts(bounded, "s3:GetObject")[each] for each in (USER, OTHER)] == ["some", "every"]
    assert contexts(export(allow("s3:*"), service_control=[[allow("ec2:*")]]), "s3:GetObject")[USER] == "none"


def test_the_statements_that_decide() -> None:
    policies = export(allow("s3:*"), deny("s3:Get*", when=[MFA]), allow("ec2:*"))
    taking = asked(policies, "s3:GetObject")[USER].statements.values()
    assert [each.statement for each in taking] == list(policies.policies[0].document.statements[:2])


def test_plain_sets() -> None:
    assert contexts(policy_set(identity=[allow("s3:*")]), "s3:GetObject")["any other user"] == "every"
    found = asked(policy_set(resource=[allow("s3:GetObject", to=USER)]), "s3:GetObject")
    assert (found[USER].contexts.value, found["anonymous callers"].contexts.value) == ("every", "none")


def test_calls_that_no_policy_controls() -> None:
    assert contexts(export(), "sts:GetCallerIdentity")[OTHER] == "every"


def test_a_user_has_one_name() -> None:
    policies = export(allow("s3:*", on=HOME))
    assert contexts(policies, "s3:GetObject", allow("*", on="arn:aws:s3:::u").resources)[USER] == "every"
    assert contexts(policies, "s3:GetObject", allow("*", on="arn:aws:s3:::v").resources)[USER] == "none"


OF_A_TEAM: Final = Resources(
    entries=(
        ArnPattern(
            text="arn:aws:s3:::b/${aws:PrincipalTag/team}/*",
            fields=(
                *((Text(text=each),) if each else () for each in ("arn", "aws", "s3", "", "")),
                (Text(text="b/"), Variable(key="aws:PrincipalTag/team"), Text(text="/"), AnyRun()),
            ),
        ),
    )
)


@pytest.mark.parametrize("resource", ["*", "arn:aws:s3:::b/*", "arn:aws:s3:::b/a/k"])
def test_a_tag_may_have_any_value(resource: str) -> None:
    found = contexts(export(allow("s3:*", on=OF_A_TEAM)), "s3:GetObject", allow("*", on=resource).resources)
    assert (found[USER], found[ROLE]) == ("some", "some")


def test_a_tag_in_a_condition_may_have_any_value() -> None:
    tagged = [equals_variable("s3:ExistingObjectTag/team", "aws:PrincipalTag/team"), equals_variable("s3:prefix", "aws:username")]
    found = contexts(export(allow("s3:*", when=tagged)), "s3:GetObject")
    assert (found[USER], found[ROLE]) == ("some", "none")


def test_a_key_of_the_caller_may_equal_a_tag() -> None:
    found = contexts(export(allow("s3:*", when=[equals_variable("aws:username", "aws:PrincipalTag/team")])), "s3:GetObject")
    assert (found[USER], found[ROLE]) == ("undecided", "none")


def test_strangers_need_a_policy_of_the_resource() -> None:
    found = asked(export(allow("s3:*"), resources={BUCKET: [allow("s3:GetObject", to=CROSS)]}), "s3:PutObject")
    assert {each.contexts.value for each in found.values() if not each.is_known} == {"none"}
