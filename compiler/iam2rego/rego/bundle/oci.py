"""Writes bundles as an OCI image layout: a folder that `oras` and `skopeo` copy to a registry, from which OPA downloads bundles.

OPA uses the manifest's first layer that is a gzipped tar file, and ignores everything else.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from iam2rego.cache_dir import content_of
from iam2rego.rego.bundle.assemble import MANIFEST, Bundle, archive

TAG: Final = "latest"
"""The tag of a single bundle."""

_INDEX: Final = "index.json"
_LAYOUT: Final = "oci-layout"
_TYPES: Final = "application/vnd.oci.image"
_MADE_BY: Final = "iam2rego"
_Json: TypeAlias = dict[str, Any]


def layout(bundles: Mapping[str, Bundle]) -> dict[str, bytes]:
    """Return the files of a layout by path, with the bundles under their tags; equal bundles give equal files."""
    files: dict[str, bytes] = {}
    index = {"schemaVersion": 2, "mediaType": f"{_TYPES}.index.v1+json", "manifests": [_entry(*each, files) for each in bundles.items()]}
    return {_LAYOUT: _printed({"imageLayoutVersion": "1.0.0"}), _INDEX: _printed(index), **files}


def _entry(tag: str, bundle: Bundle, files: dict[str, bytes]) -> _Json:
    """Add the blobs of a bundle to ``files``, and return their descriptor."""
    config, layer = b"{}", archive(bundle)
    manifest = _printed(
        {
            "schemaVersion": 2,
            "mediaType": f"{_TYPES}.manifest.v1+json",
            "config": _described(config, f"{_TYPES}.config.v1+json"),
            "layers": [{**_described(layer, f"{_TYPES}.layer.v1.tar+gzip"), "annotations": {_title("title"): "bundle.tar.gz"}}],
            "annotations": {_title("revision"): json.loads(bundle.files[MANIFEST])["revision"]},
        }
    )
    files |= {_blob(_digest(content)): content for content in (config, layer, manifest)}
    return {**_described(manifest, f"{_TYPES}.manifest.v1+json"), "annotations": {_title("ref.name"): tag, _title("vendor"): _MADE_BY}}


def layout_files(directory: Path) -> set[str]:
    """Return the paths of the files of our layout in ``directory``; none if there is no layout of ours."""
    try:
        entries = json.loads(content_of(directory / _INDEX))["manifests"]
        if all(each["annotations"][_title("vendor")] == _MADE_BY for each in entries):
            return {_LAYOUT, _INDEX}.union(*(_blobs_of(directory, each["digest"]) for each in entries))
    except (OSError, ValueError, RecursionError, LookupError, TypeError):
        pass
    return set()


def _blobs_of(directory: Path, digest: str) -> set[str]:
    manifest = json.loads(content_of(directory / _blob(digest)))
    return {_blob(each["digest"]) for each in ({"digest": digest}, manifest["config"], *manifest["layers"])}


def _described(content: bytes, media_type: str) -> _Json:
    return {"mediaType": media_type, "digest": _digest(content), "size": len(content)}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _blob(digest: str) -> str:
    return f"blobs/{digest.replace(':', '/')}"


def _title(name: str) -> str:
    return f"org.opencontainers.image.{name}"


def _printed(value: _Json) -> bytes:
    return json.dumps(value, indent=1).encode()
