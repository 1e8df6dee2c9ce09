"""What `bundle --delta` writes changes the data of an OPA that holds the earlier bundle, all at once, and of no other."""

import json
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, Final, TypeAlias
from urllib.request import urlopen

import pytest

from iam2rego.conformance.conform import conform_deployed
from iam2rego.engines.opa import DeployedEngine
from iam2rego.jsontext import dumps
from iam2rego.opa.binary import Binary
from iam2rego.opa.client import Client
from iam2rego.sources import load
from tests.support.processes import eventually
from tests.support.servers import POLLING, answering, downloading

Run: TypeAlias = Callable[..., CompletedProcess[str]]

PACKED: Final = ("--layout", "packed")


def written(folder: Path, **policies: tuple[str, str, str]) -> Path:
    """Write a policy a name: effect, action and resource."""
    folder.mkdir()
    for name, (effect, action, resource) in policies.items():
        statement = {"Effect": effect, "Action": action, "Resource": resource, "Condition": {"StringEquals": {"t:k~/%é": "a"}}}
        (folder / f"{name}.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    return folder


OLD: Final = {
    "kept": ("Allow", "s3:Get*", "arn:aws:s3:::b/*"),
    "changed": ("Allow", "s3:PutObject", "*"),
    "gone": ("Deny", "s3:PutObject", "arn:aws:s3:::b/secret"),
}
NEW: Final = {
    "kept": OLD["kept"],
    "changed": ("Deny", "s3:GetObject", "arn:aws:s3:::b/secret"),
    "new": ("Allow", "ec2:Describe?nstances", "*"),
}


@pytest.fixture
def archives(run: Run, tmp_path: Path) -> Mapping[str, Path]:
    """The whole bundles of the old policies and of the new ones, and the delta."""
    old, new = written(tmp_path / "old", **OLD), written(tmp_path / "new", **NEW)
    found = {name: tmp_path / f"{name}.tar.gz" for name in ("old.b", "new.b", "delta")}
    run("build", old, *PACKED, "--bundle", found["old.b"]).check_returncode()
    run("build", new, *PACKED, "--bundle", found["new.b"]).check_returncode()
    run("bundle", found["new.b"], "-o", found["delta"], "--delta", found["old.b"]).check_returncode()
    return found


def data_in(archive: Path) -> Any:
    with tarfile.open(archive) as members:
        content = members.extractfile("data.json")
        assert content
        return json.load(content)["iam"]


def held(client: Client) -> Any:
    """Return what OPA holds of the data of a packed bundle."""
    document = json.loads(dumps(client.document("iam", "{}")))
    return {name: value for name, value in document.items() if name not in ("authz", "lib")}


@contextmanager
def serving(opa: Binary, served: dict[str, Path]) -> Iterator[Client]:
    """An OPA that downloads what is ``served`` at the time, whatever it holds."""
    headers = {"Content-Type": "application/vnd.openpolicyagent.bundles"}

    def answer(_path: str) -> tuple[bytes, Mapping[str, str]]:
        return served["now"].read_bytes(), {**headers, "ETag": f'"{served["now"].name}"'}

    with answering(answer) as address:
        settings = (
            f"services.s.url=http://{address}",
            "bundles.b.service=s",
            "bundles.b.resource=b",
            *(f"bundles.b.{each}" for each in POLLING),
            "status.console=false",
            "status.prometheus=true",
        )
        with downloading(opa, *settings) as client:
            yield client


def test_opa_goes_from_one_bundle_to_the_other_at_once(opa: Binary, archives: Mapping[str, Path], tmp_path: Path) -> None:
    before, after = data_in(archives["old.b"]), data_in(archives["new.b"])
    served = {"now": archives["old.b"]}
    with serving(opa, served) as client:
        assert held(client) == before
        served["now"] = archives["delta"]
        seen: list[Any] = []
        assert eventually(lambda: seen.append(held(client)) or seen[-1] == after)
        assert [each for each in seen if each not in (before, after)] == []
        policies = load([str(tmp_path / "new")]).policies
        report = conform_deployed(policies, DeployedEngine(client, "iam"), version="", seed=1, extra=(), progress=lambda *_: None)
        assert report.disagreements == ()


def test_opa_refuses_what_changes_another_bundle(opa: Binary, run: Run, archives: Mapping[str, Path], tmp_path: Path) -> None:
    third = written(tmp_path / "third", kept=OLD["kept"])
    run("build", third, *PACKED, "--bundle", tmp_path / "third.tar.gz").check_returncode()
    served = {"now": tmp_path / "third.tar.gz"}
    with serving(opa, served) as client:
        before = held(client)
        served["now"] = archives["delta"]
        assert eventually(lambda: failed(client))
        assert held(client) == before


def failed(client: Client) -> bool:
    """Return whether OPA has refused the last bundle that it took down."""
    with urlopen(f"{client.address}/v1/status") as answer:
        return "code" in json.load(answer)["result"]["bundles"]["b"]


def test_a_folder_is_as_good_as_an_archive(run: Run, archives: Mapping[str, Path], tmp_path: Path) -> None:
    for name in ("old", "new"):
        run("build", tmp_path / name, *PACKED, "-o", tmp_path / f"{name}-built").check_returncode()
    run("bundle", tmp_path / "new-built", "--delta", tmp_path / "old-built", "-o", tmp_path / "d").check_returncode()
    assert (tmp_path / "d").read_bytes() == archives["delta"].read_bytes()


@pytest.mark.parametrize(
    ("old", "says"),
    [
        pytest.param("new.b", "has the revision of the new bundle", id="the-same"),
        pytest.param("delta", "is not a packed bundle", id="a-delta"),
        pytest.param("modules", "is not a packed bundle", id="modules"),
        pytest.param("new/kept.json", "is not a packed bundle", id="no-archive"),
        pytest.param("new", "is not a packed bundle", id="no-output"),
        pytest.param("corp", "has other modules", id="another-package"),
    ],
)
def test_what_no_delta_leads_from(run: Run, archives: Mapping[str, Path], tmp_path: Path, old: str, says: str) -> None:
    run("build", tmp_path / "old", "-o", tmp_path / "modules").check_returncode()
    run("build", tmp_path / "old", *PACKED, "--package", "corp", "-o", tmp_path / "corp").check_returncode()
    named = archives.get(old, tmp_path / old)
    done = run("bundle", archives["new.b"], "-o", tmp_path / "d", "--delta", named)
    assert (done.returncode, done.stdout, (tmp_path / "d").exists()) == (2, "", False)
    assert f"{named}: error[IAM612]: {says}" in done.stderr


def test_a_registry_takes_no_delta(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("bundle", built, "--delta", built, "--oci", tmp_path / "oci")
    assert (done.returncode, (tmp_path / "oci").exists()) == (2, False)
    assert "a registry takes whole bundles" in done.stderr


def test_partitions_have_no_delta(run: Run, policy: Path, built: Path, tmp_path: Path) -> None:
    done = run("bundle", policy, "--partition-by", "account", "--delta", built, "-o", tmp_path / "d")
    assert (done.returncode, (tmp_path / "d").exists()) == (2, False)
    assert "partitions have no deltas" in done.stderr


def test_policies_become_a_delta_without_a_build(run: Run, archives: Mapping[str, Path], tmp_path: Path) -> None:
    run("bundle", tmp_path / "new", "--delta", archives["old.b"], "-o", tmp_path / "d").check_returncode()
    assert (tmp_path / "d").read_bytes() == archives["delta"].read_bytes()
