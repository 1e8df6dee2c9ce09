"""The walk over attachments: every reference, with its type and whose it is."""

from typing import Final

import pytest

from iam2rego.ir.attachments import Attachments, Levels, PrincipalPolicies, ResourcePolicy
from iam2rego.ir.policy import PolicyType
from iam2rego.ir.walk import Attachment, from_levels, levels_by_type, walk

USER, ROLE, BUCKET = "arn:aws:iam::111111111111:user/u", "arn:aws:iam::111111111111:role/r", "arn:aws:s3:::b"

EVERYTHING: Final = Attachments(
    identity=("i", "j"),
    permissions_boundary=("b",),
    session=("s",),
    service_control=(("c", "d"), ("c",)),
    resource_control=(("r",),),
    vpc_endpoint=("v",),
    resource="o",
    resources=(ResourcePolicy(resource=BUCKET, policy="p"), ResourcePolicy(resource=ROLE, policy="t")),
    accounts=("111111111111",),
    principals=(
        PrincipalPolicies(arn=USER, identity=("i", "k"), permissions_boundary="b"),
        PrincipalPolicies(arn=ROLE, identity=("k",), permissions_boundary="k"),
    ),
)


def test_every_reference_is_met_as_often_as_it_is_there() -> None:
    assert list(walk(EVERYTHING)) == [
        Attachment("i", PolicyType.IDENTITY),
        Attachment("j", PolicyType.IDENTITY),
        Attachment("b", PolicyType.PERMISSIONS_BOUNDARY),
        Attachment("s", PolicyType.SESSION),
        Attachment("c", PolicyType.SERVICE_CONTROL),
        Attachment("d", PolicyType.SERVICE_CONTROL),
        Attachment("c", PolicyType.SERVICE_CONTROL),
        Attachment("r", PolicyType.RESOURCE_CONTROL),
        Attachment("v", PolicyType.VPC_ENDPOINT),
        Attachment("o", PolicyType.RESOURCE),
        Attachment("p", PolicyType.RESOURCE, BUCKET),
        Attachment("t", PolicyType.RESOURCE, ROLE),
        Attachment("i", PolicyType.IDENTITY, USER),
        Attachment("k", PolicyType.IDENTITY, USER),
        Attachment("k", PolicyType.IDENTITY, ROLE),
        Attachment("b", PolicyType.PERMISSIONS_BOUNDARY, USER),
        Attachment("k", PolicyType.PERMISSIONS_BOUNDARY, ROLE),
    ]


def test_nothing_attached() -> None:
    assert (list(walk(Attachments())), levels_by_type(Attachments())) == ([], {})


def test_every_field_that_names_policies_is_walked() -> None:
    """A field that is added to `Attachments` has to be walked: here every name is in one field only."""
    fields = {name: getattr(EVERYTHING, name) for name in Attachments.model_fields}
    for name in fields.keys() - {"span", "accounts", "simulated"}:
        assert list(walk(Attachments(**{name: fields[name]}))), name


@pytest.mark.parametrize(
    ("levels", "want"),
    [
        pytest.param({}, Attachments(), id="none"),
        pytest.param({PolicyType.IDENTITY: (("a",),)}, Attachments(identity=("a",)), id="identity"),
        pytest.param({PolicyType.PERMISSIONS_BOUNDARY: ((),)}, Attachments(permissions_boundary=()), id="E5/empty-boundary"),
        pytest.param({PolicyType.SESSION: (("a", "b"),)}, Attachments(session=("a", "b")), id="session"),
        pytest.param({PolicyType.SERVICE_CONTROL: ((), ("a",))}, Attachments(service_control=((), ("a",))), id="E11/empty-level"),
        pytest.param({PolicyType.SERVICE_CONTROL: ()}, Attachments(service_control=()), id="E11/no-level"),
        pytest.param({PolicyType.RESOURCE_CONTROL: (("a",),)}, Attachments(resource_control=(("a",),)), id="resource-control"),
        pytest.param({PolicyType.VPC_ENDPOINT: ((),)}, Attachments(vpc_endpoint=()), id="E13/empty-endpoint"),
        pytest.param({PolicyType.RESOURCE: (("a",),)}, Attachments(resource="a"), id="resource"),
    ],
)
def test_levels_and_back(levels: dict[PolicyType, Levels], want: Attachments) -> None:
    assert (from_levels(levels), levels_by_type(want)) == (want, levels)


def test_an_empty_list_of_identity_policies_is_as_if_it_were_absent() -> None:
    assert from_levels({PolicyType.IDENTITY: ((),)}) == Attachments()
    assert levels_by_type(Attachments(identity=())) == {}
