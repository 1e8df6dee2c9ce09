"""`bundle --partition-by` writes archives that one OPA loads beside each other, of which only those change that something changes in."""

import json
import subprocess
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Final, TypeAlias

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from tests.support.servers import Answer, answering, downloading

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]

ONE, OTHER, STRANGE = "111111111111", "222222222222", "333333333333"
BY_ACCOUNT: Final = ("--partition-by", "account")
NAMES: Final = (f"{ONE}.tar.gz", f"{OTHER}.tar.gz", "kernel.tar.gz", "others.tar.gz")


def export(account: str, action: str) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    policy = {"PolicyName": "p", "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
    user = {"Arn": f"arn:aws:iam::{account}:user/u", "UserName": "u", "UserPolicyList": [policy]}
    return json.dumps({"UserDetailList": [user], "GroupDetailList": [], "RoleDetailList": [], "Policies": [], "IsTruncated": False})


def request(account: str) -> JsonValue:
    return {"principal": f"arn:aws:iam::{account}:user/u", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": {}}


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Two accounts whose user may get objects."""
    folder = tmp_path / "exports"
    folder.mkdir()
    for account in (ONE, OTHER):
        (folder / f"{account}.json").write_text(export(account, "s3:GetObject"))
    return folder


@pytest.fixture
def built(run: Run, exports: Path, tmp_path: Path) -> Path:
    """Their partitions."""
    run("bundle", exports, *BY_ACCOUNT, "-o", tmp_path / "bundles").check_returncode()
    return tmp_path / "bundles"


def test_every_archive_is_a_bundle(opa: Binary, built: Path) -> None:
    assert sorted(path.name for path in built.iterdir()) == [".manifest", *NAMES]
    for name in NAMES:
        subprocess.run([opa.path, "check", "--strict", "--bundle", built / name], check=True)


def allowed(opa: Binary, folder: Path, *names: str) -> Mapping[str, object]:
    """What an OPA that downloads some of the archives answers to the users of three accounts."""

    def archive(path: str) -> Answer | None:
        file = folder / path.removeprefix("/")
        return (file.read_bytes(), {}) if file.is_file() else None

    with answering(archive) as address:
        bundles = [f"bundles.b{number}.{each}" for number, name in enumerate(names) for each in ("service=s", f"resource={name}")]
        with downloading(opa, f"services.s.url=http://{address}", *bundles) as client:
            answers = {account: client.decide("iam", request(account)) for account in (ONE, OTHER, STRANGE)}
    return {account: answer.decision.errors[0] if answer.decision.errors else answer.allow for account, answer in answers.items()}


def test_opa_asks_the_partition_of_the_caller(opa: Binary, built: Path) -> None:
    assert allowed(opa, built, *NAMES) == {ONE: True, OTHER: True, STRANGE: False}


def test_of_a_partition_that_is_not_there_nothing_is_allowed(opa: Binary, built: Path) -> None:
    without = [name for name in NAMES if name != f"{OTHER}.tar.gz"]
    assert allowed(opa, built, *without) == {ONE: True, OTHER: f"the partition `p{OTHER}` is not here", STRANGE: False}


def test_only_the_partition_changes_that_something_changes_in(run: Run, exports: Path, built: Path, snapshot: Snapshot) -> None:
    before = snapshot(built)
    (exports / f"{OTHER}.json").write_text(export(OTHER, "s3:PutObject"))
    run("bundle", exports, *BY_ACCOUNT, "-o", built).check_returncode()
    after = snapshot(built)
    assert [name for name in before if before[name] != after[name]] == [f"{OTHER}.tar.gz"]


def test_principals_are_parted_by_name(run: Run, exports: Path, tmp_path: Path) -> None:
    run("bundle", exports, "--partition-by", "initial", "-o", tmp_path / "bundles").check_returncode()
    names = sorted(path.name for path in (tmp_path / "bundles").glob("*.tar.gz"))
    assert names == [f"{ONE}_u.tar.gz", f"{OTHER}_u.tar.gz", "kernel.tar.gz", "others.tar.gz"]


def test_a_layout_has_a_tag_for_each(run: Run, exports: Path, tmp_path: Path) -> None:
    run("bundle", exports, *BY_ACCOUNT, "--oci", tmp_path / "oci").check_returncode()
    entries = json.loads((tmp_path / "oci" / "index.json").read_text())["manifests"]
    assert [each["annotations"]["org.opencontainers.image.ref.name"] for each in entries] == [ONE, OTHER, "kernel", "others"]


def test_partitions_are_packed_as_tables_too(run: Run, opa: Binary, exports: Path, tmp_path: Path) -> None:
    run("bundle", exports, *BY_ACCOUNT, "--layout", "packed", "-o", tmp_path / "packed").check_returncode()
    with tarfile.open(tmp_path / "packed" / f"{ONE}.tar.gz") as archive:
        assert not [name for name in archive.getnames() if "/policies/" in name]
    assert allowed(opa, tmp_path / "packed", *NAMES) == {ONE: True, OTHER: True, STRANGE: False}


def test_a_folder_of_archives_is_not_packed_again(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("bundle", built, "-o", tmp_path / "packed")
    assert (done.returncode, (tmp_path / "packed").exists()) == (2, False)
    assert done.stderr.startswith(f"{built}: error[IAM612]: was not written by `build`")


def test_a_file_of_ours_is_not_taken_for_a_folder(run: Run, exports: Path, built: Path) -> None:
    done = run("bundle", exports, *BY_ACCOUNT, "-o", built / "kernel.tar.gz")
    assert (done.returncode, sorted(path.name for path in built.iterdir())) == (2, [".manifest", *NAMES])
    assert "is not a folder" in done.stderr
