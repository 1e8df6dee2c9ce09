"""A bundle as an OCI image layout (OCI image specification 1.1)."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.assemble import Bundle, archive, compile_policies
from iam2rego.rego.bundle.errors import OutputError
from iam2rego.rego.bundle.oci import TAG, layout, layout_files
from iam2rego.rego.bundle.output import write_files


@pytest.fixture
def bundle(policies: PolicySet) -> Bundle:
    return compile_policies(policies, revision="r1")


@pytest.fixture
def files(bundle: Bundle) -> Mapping[str, bytes]:
    return layout({TAG: bundle})


def of(files: Mapping[str, bytes], descriptor: Mapping[str, Any]) -> bytes:
    """Return what a descriptor names, which must be as long and have the digest that it says."""
    algorithm, digest = descriptor["digest"].split(":")
    content = files[f"blobs/{algorithm}/{digest}"]
    assert (algorithm, digest, descriptor["size"]) == ("sha256", hashlib.sha256(content).hexdigest(), len(content))
    return content


def test_the_layout_leads_to_the_archive(bundle: Bundle, files: Mapping[str, bytes]) -> None:
    assert json.loads(files["oci-layout"]) == {"imageLayoutVersion": "1.0.0"}
    index = json.loads(files["index.json"])
    assert (index["schemaVersion"], index["mediaType"]) == (2, "application/vnd.oci.image.index.v1+json")
    (entry,) = index["manifests"]
    assert entry["annotations"]["org.opencontainers.image.ref.name"] == "latest"
    manifest = json.loads(of(files, entry))
    assert manifest["mediaType"] == entry["mediaType"] == "application/vnd.oci.image.manifest.v1+json"
    assert manifest["annotations"]["org.opencontainers.image.revision"] == "r1"
    assert manifest["config"]["mediaType"] == "application/vnd.oci.image.config.v1+json"
    assert json.loads(of(files, manifest["config"])) == {}
    (layer,) = manifest["layers"]
    assert layer["mediaType"] == "application/vnd.oci.image.layer.v1.tar+gzip"
    assert of(files, layer) == archive(bundle)
    assert len(files) == 5


def test_the_layout_repeats_itself(bundle: Bundle, files: Mapping[str, bytes]) -> None:
    assert layout({TAG: bundle}) == files


def test_an_earlier_layout_is_replaced(tmp_path: Path, files: Mapping[str, bytes], other_policies: PolicySet) -> None:
    write_files(files.items(), tmp_path / "oci", layout_files)
    assert layout_files(tmp_path / "oci") == set(files)
    others = layout({TAG: compile_policies(other_policies, revision="r2")})
    write_files(others.items(), tmp_path / "oci", layout_files)
    assert {path.relative_to(tmp_path / "oci").as_posix() for path in (tmp_path / "oci").rglob("*") if path.is_file()} == set(others)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda folder: (folder / "blobs" / "sha256" / "mine").touch(), id="a-blob-more"),
        pytest.param(lambda folder: (folder / "mine.txt").touch(), id="a-file"),
        pytest.param(lambda folder: (folder / "index.json").write_text('{"manifests": []}'), id="of-nobody"),
        pytest.param(lambda folder: (folder / "index.json").write_text("{"), id="no-json"),
        pytest.param(lambda folder: (folder / "index.json").unlink(), id="no-index"),
        pytest.param(lambda folder: [(folder / "index.json").unlink(), os.mkfifo(folder / "index.json")], id="a-pipe"),
        pytest.param(
            lambda folder: (folder / "index.json").write_text((folder / "index.json").read_text().replace("iam2rego", "another")),
            id="of-another",
        ),
    ],
)
def test_what_we_have_not_made_is_left_alone(tmp_path: Path, files: Mapping[str, bytes], spoil: Callable[[Path], object]) -> None:
    write_files(files.items(), tmp_path / "oci", layout_files)
    spoil(tmp_path / "oci")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError):
        write_files(files.items(), tmp_path / "oci", layout_files)
    assert sorted(tmp_path.rglob("*")) == before
