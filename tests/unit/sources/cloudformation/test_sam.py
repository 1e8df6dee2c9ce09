"""Templates of SAM: what AWS's translator makes of them, its places, and what it is not asked."""

from pathlib import Path
from typing import Any

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.sources import load
from iam2rego.sources.account_details import AccountDetails
from iam2rego.sources.cloudformation import sam
from iam2rego.sources.wanted import wanted_names
from tests.unit.sources.cloudformation.made import ACCOUNT, allow, documents, extracted, loaded, looked, managed, resource, role, write

FUNCTION = {"Runtime": "python3.13", "Handler": "app.handler", "InlineCode": "pass"}
READS = {"S3ReadPolicy": {"BucketName": "reports"}}


def template(*policies: object, **sections: Any) -> dict[str, Any]:
    """Return a template with a function that has policies."""
    function = resource("AWS::Serverless::Function", **FUNCTION, Policies=list(policies))
    return {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"F": function, **sections.pop("resources", {})}, **sections}


def test_the_role_of_a_function(tmp_path: Path) -> None:
    path = write(tmp_path, template(READS, {"Version": "2012-10-17", "Statement": allow("arn:aws:s3:::x")["Statement"]}))
    found = documents(path, **ACCOUNT)
    assert list(found) == ["t/FRole/trust", "t/FRole/FRolePolicy0", "t/FRole/FRolePolicy1"]
    assert found["t/FRole/FRolePolicy0"]["Statement"][0]["Resource"] == ["arn:aws:s3:::reports", "arn:aws:s3:::reports/*"]
    assert found["t/FRole/FRolePolicy1"] == allow("arn:aws:s3:::x")


def test_who_has_the_policies(tmp_path: Path) -> None:
    arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    version = {"IsDefaultVersion": True, "Document": allow("*", "logs:PutLogEvents")}
    export = write(tmp_path, {"Policies": [{"Arn": arn, "PolicyVersionList": [version]}]}, "aws.json")
    (principal,) = loaded(write(tmp_path, template(READS)), export, FRole="f").policies.attachments.principals
    assert (principal.arn, principal.identity) == ("arn:aws:iam::111122223333:role/f", (arn, "t/FRole/FRolePolicy0"))


@pytest.mark.parametrize(
    ("name", "key", "cut"), [("t.json", "", "F"), ("t.yaml", '"F"', "F"), ("t.yaml", "F", "F"), ("t.yaml", "'F'", "'F'")]
)
def test_a_finding_has_the_place_of_the_resource(name: str, key: str, cut: str, tmp_path: Path) -> None:
    yaml = f"Transform: AWS::Serverless-2016-10-31\nResources:\n  {key}:\n    Type: AWS::Serverless::Function\n    Properties:\n"
    yaml += (
        "      {Runtime: python3.13, Handler: h, InlineCode: x, Policies: [{Statement: {Effect: allow, Action: 's3:*', Resource: '*'}}]}\n"
    )
    json = {"Statement": {"Effect": "allow", "Action": "s3:*", "Resource": "*"}}
    path = write(tmp_path, yaml if name == "t.yaml" else template(json), name)
    (error,) = (each for each in looked(path, **ACCOUNT).findings if each.level == "error")
    assert (error.code, error.span and error.source.cut(error.span)) == ("IAM107", cut)


def test_other_resources_keep_their_places(tmp_path: Path) -> None:
    path = write(tmp_path, template(resources={"M": managed({**allow(), "Statement": [{"Effect": "allow"}]})}))
    errors = [each for each in looked(path, **ACCOUNT).findings if each.code == "IAM107"]
    assert [each.span and each.source.cut(each.span) for each in errors] == ['"allow"']


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sam, "find_spec", lambda _: None)
    with pytest.raises(PolicyError) as refused:
        load([write(tmp_path, template(READS))])
    (error,) = (each for each in refused.value.diagnostics if each.level == "error")
    assert error.message == "the policies that SAM makes are not in its template"
    assert "iam2rego[sam]" in error.hint
    assert "--template-stage Processed" in error.hint
    plain = write(tmp_path, {"Resources": {"R": role(RoleName="r")}}, "plain.json")
    assert [each.name for each in loaded(plain).policies.policies] == ["plain/R/trust"]


def test_the_region_is_needed(tmp_path: Path) -> None:
    path = write(tmp_path, template(READS))
    assert [each.name for each in wanted_names([path], {})][:1] == ["AWS::Region"]
    _, problems = extracted(path, **{"AWS::AccountId": "111122223333"})
    assert {each.message for each in problems if each.level == "error"} == {"nothing tells `AWS::Region`"}


def test_the_partition_follows_from_the_region(tmp_path: Path) -> None:
    path = write(tmp_path, template("AWSLambdaVPCAccessExecutionRole"))
    extract, _ = extracted(path, **{**ACCOUNT, "AWS::Region": "cn-north-1", "FRole": "f"})
    assert isinstance(extract.attachments, AccountDetails)
    attached = {each.to for entity in extract.attachments.entities for each in entity.attached}
    assert all(each.startswith("arn:aws-cn:iam::aws:policy/") for each in attached)


def test_what_the_translator_refuses(tmp_path: Path) -> None:
    broken = template({"S3ReadPolicy": {"Bucket": "misspelled"}}, resources={"G": resource("AWS::Serverless::Function", Handler="h")})
    with pytest.raises(PolicyError) as refused:
        extracted(write(tmp_path, broken), **ACCOUNT)
    found = refused.value.diagnostics
    assert {(each.code, each.span and each.source.cut(each.span)) for each in found} == {("IAM626", '"F"'), ("IAM626", '"G"')}


def test_an_application_is_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("the network was asked"))
    location = {"ApplicationId": "arn:aws:serverlessrepo:us-east-1:111122223333:applications/a", "SemanticVersion": "1.0.0"}
    path = write(tmp_path, template(READS, resources={"A": resource("AWS::Serverless::Application", Location=location)}))
    assert list(documents(path, **ACCOUNT)) == ["t/FRole/trust", "t/FRole/FRolePolicy0"]


@pytest.mark.parametrize(
    "code",
    [
        pytest.param({"CodeUri": "src/"}, id="folder"),
        pytest.param({}, id="folder-of-the-template"),
        pytest.param({"PackageType": "Image"}, id="image"),
    ],
)
def test_code_that_is_not_packaged(code: dict[str, str], tmp_path: Path) -> None:
    made_of = {} if "PackageType" in code else {"Runtime": "python3.13", "Handler": "h"}
    function = resource("AWS::Serverless::Function", **made_of, **code, Policies=[READS])
    layer = resource("AWS::Serverless::LayerVersion", ContentUri="layer/")
    path = write(tmp_path, {"Globals": {"Function": {"Timeout": 3}}, "Resources": {"F": function, "L": layer}})
    assert list(documents(path, **ACCOUNT)) == ["t/FRole/trust", "t/FRole/FRolePolicy0"]


def test_a_parameter_that_only_the_translator_uses(tmp_path: Path) -> None:
    declared = {"Parameters": {"Bucket": {"Type": "String"}}}
    path = write(tmp_path, template({"S3ReadPolicy": {"BucketName": {"Ref": "Bucket"}}}, **declared))
    found = looked(path, **ACCOUNT, Bucket="b")
    assert not [each for each in found.findings if each.code == "IAM609"]
    assert [each.code for each in looked(path, **ACCOUNT, Bucket="b*").findings if each.code == "IAM622"] == ["IAM622"]
