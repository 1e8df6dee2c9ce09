"""OPA downloads from a registry what `bundle --oci` has written."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

from iam2rego.jsontext import JsonValue
from iam2rego.opa.binary import Binary
from tests.support.bundles import bundled
from tests.support.processes import eventually
from tests.support.servers import POLLING, Answer, answering, downloading

Run: TypeAlias = Callable[..., CompletedProcess[str]]
Snapshot: TypeAlias = Callable[[Path], Mapping[str, bytes]]

REQUEST: JsonValue = {
    "principal": "arn:aws:iam::123456789012:user/u",
    "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/k",
    "context": {},
}


def registry(layout: Path) -> Callable[[str], Answer | None]:
    """Answer as a registry does that a layout was copied to (OCI distribution specification)."""

    def answer(path: str) -> Answer | None:
        kind, name = path.split("/")[-2:]
        (entry,) = json.loads((layout / "index.json").read_bytes())["manifests"]
        digest = entry["digest"] if name == "latest" else name
        blob = layout / "blobs" / digest.replace(":", "/")
        if not blob.is_file():
            return None
        headers = {
            "Docker-Content-Digest": digest,
            "Content-Type": entry["mediaType"] if kind == "manifests" else "application/octet-stream",
        }
        return blob.read_bytes(), headers

    return answer


def test_opa_takes_a_bundle_from_a_registry_and_then_the_next(run: Run, opa: Binary, policy: Path, tmp_path: Path) -> None:
    bundled(run, policy, "--oci", tmp_path / "oci")
    with answering(registry(tmp_path / "oci")) as address:
        service = (f"services.registry.url=http://{address}", "services.registry.type=oci")
        resource = ("bundles.iam.service=registry", f"bundles.iam.resource={address}/policies:latest")
        with downloading(opa, *service, *resource, *(f"bundles.iam.{each}" for each in POLLING)) as client:
            assert client.decide("iam", REQUEST).allow
            policy.write_text(policy.read_text().replace("GetObject", "PutObject"))
            bundled(run, policy, "--oci", tmp_path / "oci")
            assert eventually(lambda: not client.decide("iam", REQUEST).allow)


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("-o", "oci/b.tar.gz", "--oci", "oci"), id="archive-in-layout"),
        pytest.param(("--oci", "b/oci", "-o", "b"), id="layout-in-archives"),
        pytest.param(("--oci", "out/oci"), id="layout-in-what-was-built"),
        pytest.param(("-o", "out/b.tar.gz"), id="archive-in-what-was-built"),
        pytest.param(("--oci", "out"), id="in-the-place-of-what-was-built"),
        pytest.param(("--oci", "."), id="around-what-was-built"),
        pytest.param(("--oci", "oci", "-o", "b", "--opa-config", "oci/c.yaml"), id="configuration-in-layout"),
    ],
)
def test_nothing_is_written_into_what_is_replaced(
    run: Run, built: Path, tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = snapshot(tmp_path)
    assert run("bundle", built, *words).returncode == 2
    assert snapshot(tmp_path) == before


def test_a_folder_that_is_no_layout_of_ours_is_left_alone(run: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "oci").mkdir()
    (tmp_path / "oci" / "mine.txt").touch()
    done = run("bundle", built, "--oci", tmp_path / "oci")
    assert done.returncode == 2
    assert "contains `mine.txt`, which no build wrote" in done.stderr


def test_a_refused_layout_leaves_the_archive_unwritten(run: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "oci").mkdir()
    (tmp_path / "oci" / "mine.txt").touch()
    assert run("bundle", built, "-o", tmp_path / "b", "--oci", tmp_path / "oci").returncode == 2
    assert not (tmp_path / "b").exists()
