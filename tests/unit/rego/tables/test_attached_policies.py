"""The tables of policies that are attached to somebody, and of those for everybody."""

from iam2rego.ir.attachments import Attachments, PrincipalPolicies, ResourcePolicy
from iam2rego.rego.bundle.names import short_names
from tests.unit.rego.tables.tables import USER, data_of, policy


def test_policies_of_everybody_are_found_apart_from_those_that_are_attached() -> None:
    everybodys, own, of_bucket = (policy({"Action": action}, name=action) for action in ("a:A", "b:B", "*"))
    attached = Attachments(
        identity=(everybodys.name,),
        resources=(ResourcePolicy(resource="arn:aws:s3:::b", policy=of_bucket.name),),
        accounts=("111111111111",),
        principals=(PrincipalPolicies(arn=USER, identity=(own.name,)),),
    )
    data = data_of(everybodys, own, of_bucket, attached=attached)
    ids = short_names(["a:A", "b:B", "*"])
    assert data["actions"] == {
        "everybody": {"allow": {"services": {"a": {"names": {"a": {ids["a:A"]: 0}}}}}},
        "attached": {"allow": {"services": {"b": {"names": {"b": {ids["b:B"]: 0}}}}, "any_service": {ids["*"]: [0]}}},
    }
    listed = data["attachments"]
    assert listed["others"]["everybody"]["identity"]["allow"] == [[], [], True]
    assert listed["principals"][USER]["identity"]["allow"] == [[ids["b:B"]]]
    assert listed["others"]["resource"]["single"]["arn:aws:s3:::b"]["allow"] == [[ids["*"]], [ids["*"]]]


def test_a_policy_of_everybody_that_is_attached_in_another_way_too_is_listed_in_both() -> None:
    attached = Attachments(identity=("p",), permissions_boundary=("p",))
    data = data_of(policy({}), attached=attached)
    (short,) = short_names(["p"]).values()
    assert list(data["actions"]) == ["attached"]
    assert data["attachments"]["everybody"] == {each: {"allow": [[short]]} for each in ("identity", "permissions_boundary")}
