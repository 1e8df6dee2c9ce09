"""The documents of an account export: their forms, and what encoding does to their places."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import botocore.session
import pytest

from iam2rego.diagnostics import Diagnostic
from iam2rego.sources import load
from iam2rego.sources.formats.account_export import LISTS
from tests.unit.sources.account_exports import (
    DOCUMENT,
    IAM,
    OWN,
    TRUST,
    attached,
    bounded,
    export,
    group,
    inline,
    loaded,
    managed,
    role,
    user,
)

Folder = Callable[[Mapping[str, str | bytes]], Path]
Refusal = Callable[[Callable[[], object]], list[Diagnostic]]
Entry: TypeAlias = dict[str, Any]


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(DOCUMENT, id="object"),
        pytest.param(json.dumps(DOCUMENT), id="text"),
        pytest.param(quote(json.dumps(DOCUMENT, indent=1)), id="url-encoded"),
        pytest.param(quote(json.dumps(DOCUMENT), safe=""), id="url-encoded/every-mark"),
    ],
)
def test_forms_of_documents(document: object, folder: Folder) -> None:
    text = export(users=[user(UserPolicyList=inline("x", document=document), **attached(OWN))], policies=[managed(OWN, document)])
    own, named = loaded(folder, text).policies
    assert own.document == named.document
    assert [each.effect for each in own.document.statements] == ["Deny"]


def test_a_trust_policy_may_be_encoded(folder: Folder) -> None:
    (policy,) = loaded(folder, export(roles=[role(trust=quote(json.dumps(TRUST)))])).policies
    assert policy.name == f"{IAM}:role/p/r/trust"


@pytest.mark.parametrize("encoded", [pytest.param(False, id="text"), pytest.param(True, id="url-encoded")])
def test_a_document_is_decoded_once(encoded: bool, folder: Folder) -> None:
    document = json.dumps({"Statement": {"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::b/%41+"}})
    text = export(users=[user(UserPolicyList=inline("x", document=quote(document) if encoded else document))])
    (policy,) = loaded(folder, text).policies
    (entry,) = policy.document.statements[0].resources.entries
    assert entry.text == "arn:aws:s3:::b/%41+"


def test_places_in_an_encoded_document_are_those_of_its_text(folder: Folder, refusal: Refusal) -> None:
    document = quote('{"Statement":\n {"Effect": "deny", "Action": "*", "Resource": "*"}}')
    root = folder({"a.json": export(users=[user(UserPolicyList=inline("x", document=document))])})
    (diagnostic,) = refusal(lambda: load([str(root)]))
    assert diagnostic.span is not None
    assert (diagnostic.source.name, diagnostic.span.line, diagnostic.span.column) == (f"{root}/a.json#{IAM}:user/u/x", 2, 13)


def test_the_shape_is_that_of_the_model_of_aws() -> None:
    """The names that the reader looks for, and the entries of this file, are botocore's."""
    model = botocore.session.get_session().get_service_model("iam").operation_model("GetAccountAuthorizationDetails").output_shape
    assert model is not None
    shapes = {name: model.members[name].member.members for name in LISTS}
    assert set(model.members) == {*LISTS, "IsTruncated", "Marker"}
    full = {**attached(OWN), **bounded(OWN)}
    entries = (
        user(UserPolicyList=inline("x"), GroupList=["g"], **full),
        group(GroupPolicyList=inline("x"), **attached(OWN)),
        role(RolePolicyList=inline("x"), **full),
        managed(OWN),
    )
    for name, entry in zip(LISTS, entries, strict=True):
        assert set(entry) <= set(shapes[name])
    assert set(inline("x")[0]) == set(shapes["UserDetailList"]["UserPolicyList"].member.members)
    assert set(managed(OWN)["PolicyVersionList"][0]) == set(shapes["Policies"]["PolicyVersionList"].member.members)
