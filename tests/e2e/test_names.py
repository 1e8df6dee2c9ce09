"""File names that collide, are words of Rego, or hold what no name may: no error, but modules with names of their own."""

import hashlib
import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, TypeAlias

import pytest

from iam2rego.opa.binary import Binary

Run: TypeAlias = Callable[..., CompletedProcess[str]]

POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}'


def hashed(module: str, policy: str) -> str:
    """A module's name with the eight digits that the contract demands."""
    return f"{module}_{hashlib.sha256(policy.encode()).hexdigest()[:8]}"


@pytest.mark.parametrize(
    "modules",
    [
        pytest.param({"a-b": hashed("a_b", "a-b"), "a b": hashed("a_b", "a b"), "A.b": hashed("a_b", "A.b"), "c": "c"}, id="collision"),
        pytest.param({"x/y": hashed("x_y", "x/y"), "x_y": hashed("x_y", "x_y")}, id="collision/with-a-folder"),
        pytest.param({"\u00e9": hashed("_", "\u00e9"), "\u00e8": hashed("_", "\u00e8"), "-": hashed("_", "-")}, id="collision/of-nothing"),
        pytest.param({"p_in": hashed("p_in", "p_in"), "in": hashed("p_in", "in")}, id="collision/with-a-prefix"),
        pytest.param(
            {word: f"p_{word}" for word in ("as", "contains", "data", "default", "else", "every", "false", "if", "import")}, id="keyword/1"
        ),
        pytest.param({word: f"p_{word}" for word in ("in", "input", "not", "null", "package", "some", "true", "with")}, id="keyword/2"),
        pytest.param({"If": "p_if", "not.json": "not_json", "2fa": "p_2fa", "_": "_", "__": "__"}, id="keyword/near"),
        pytest.param({"allow": "allow", "deny": "deny", "authz": "authz", "lib": "lib", "iam": "iam", "rego": "rego"}, id="names-of-ours"),
    ],
)
def test_every_policy_gets_a_module_of_its_own(run: Run, opa: Binary, tmp_path: Path, modules: Mapping[str, str]) -> None:
    for policy in modules:
        file = tmp_path / "policies" / f"{policy}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(POLICY)
    run("build", tmp_path / "policies", "-o", tmp_path / "out").check_returncode()
    statements = json.loads((tmp_path / "out" / "data.json").read_text())["iam"]["statements"]
    assert {entry["policy"]: module for module, entry in statements.items()} == modules
    assert sorted(path.stem for path in (tmp_path / "out" / "iam" / "policies").iterdir()) == sorted(modules.values())
    subprocess.run([opa.path, "check", "--strict", "--bundle", tmp_path / "out"], check=True)
    assert matched(run, tmp_path / "policies") == sorted(modules)


def matched(run: Run, policies: Path) -> list[str]:
    """The policies that allow a request, as the native engine names them."""
    request = {"principal": "arn:aws:iam::123456789012:user/u", "action": "s3:GetObject", "resource": "*", "context": {}}
    done = run("eval", policies, "--request", "-", "--format", "json", stdin=json.dumps(request))
    return [statement["policy"] for statement in json.loads(done.stdout)["matched_statements"]]


def test_a_name_that_two_sources_give_is_refused(run: Run, built: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.json").write_text(POLICY)
    result = run("build", tmp_path / "one" / "same.json", tmp_path / "two", "-o", built)
    assert result.returncode == 2
    assert f"{tmp_path}/two/same.json:1:1: error[IAM605]: the policy name `same` is taken by {tmp_path}/one/same.json" in result.stderr


ALLOWED = {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}, "Version": "2012-10-17"}
TRUST = {"Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}
IAM = "arn:aws:iam::111111111111"


def named(*names: str) -> list[Any]:
    return [{"PolicyName": name, "PolicyDocument": ALLOWED} for name in names]


def role_with_inline_trust() -> dict[str, Any]:
    role = {"Arn": f"{IAM}:role/r", "AssumeRolePolicyDocument": TRUST, "RolePolicyList": named("trust")}
    return {"RoleDetailList": [role]}


def role_with_long_path() -> dict[str, Any]:
    """The longest that IAM takes."""
    arn = f"{IAM}:role/{'p' * 510}/{'r' * 64}"
    return {"RoleDetailList": [{"Arn": arn, "AssumeRolePolicyDocument": TRUST, "RolePolicyList": named("n" * 128, "n" * 127)}]}


def user_with_colliding_names() -> dict[str, Any]:
    """Their names and the first 8 digits of their hashes are the same; a hundred thousand tries find such."""
    return {"UserDetailList": [{"Arn": f"{IAM}:user/u", "UserPolicyList": named("a+@.+,,,", "a+=,.-.")}]}


@pytest.mark.usefixtures("with_opa")
@pytest.mark.parametrize("export", [role_with_inline_trust, role_with_long_path, user_with_colliding_names])
@pytest.mark.parametrize("layout", ["modules", "packed"])
def test_no_principal_stops_the_build_of_an_account(
    run: Run, opa: Binary, tmp_path: Path, export: Callable[[], dict[str, Any]], layout: str
) -> None:
    """Else whoever may name a policy keeps every later revocation from the gateways."""
    account = tmp_path / "account.json"
    account.write_text(json.dumps({**export(), "IsTruncated": False}))
    run("build", account, "--lenient", "-o", tmp_path / "out", "--bundle", tmp_path / "out.tar.gz", "--layout", layout).check_returncode()
    for bundle in (tmp_path / "out", tmp_path / "out.tar.gz"):
        subprocess.run([opa.path, "check", "--strict", "--bundle", bundle], check=True)
    conform = run("conform", account, "--lenient", "--rego", tmp_path / "out", "--format", "json")
    assert (conform.returncode, json.loads(conform.stdout)["disagreements"]) == (0, [])
    names = [path.name for path in (tmp_path / "out").rglob("*")]
    assert max(len(name.encode()) for name in names) <= 255
