"""A bundle as an OCI image layout: a folder that `oras` and `skopeo` copy to a registry, from which OPA downloads bundles.

OPA takes the first layer of a manifest that is a gzipped tar file, and looks at nothing else.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from iam2rego.rego.bundle import MANIFEST, Bundle, archive

TAG: Final = "latest"
"""What the one manifest of a layout is called in it."""

_INDEX: Final = "index.json"
_LAYOUT: Final = "oci-layout"
_TYPES: Final = "application/vnd.oci.image"
_MADE_BY: Final = "iam2rego"
_Json: TypeAlias = dict[str, Any]


def layout(bundle: Bundle) -> Mapping[str, bytes]:
    """Return the files of the layout by path; the same for the same bundle."""
    config, layer = b"{}", archive(bundle)
    revision = json.loads(bundle.files[MANIFEST])["revision"]
    manifest = _printed(
        {
            "schemaVersion": 2,
            "mediaType": f"{_TYPES}.manifest.v1+json",
            "config": _described(config, f"{_TYPES}.config.v1+json"),
            "layers": [{**_described(layer, f"{_TYPES}.layer.v1.tar+gzip"), "annotations": {_title("title"): "bundle.tar.gz"}}],
            "annotations": {_title("vendor"): _MADE_BY, _title("revision"): revision},
        }
    )
    entry = {**_described(manifest, f"{_TYPES}.manifest.v1+json"), "annotations": {_title("ref.name"): TAG, _title("vendor"): _MADE_BY}}
    index = {"schemaVersion": 2, "mediaType": f"{_TYPES}.index.v1+json", "manifests": [entry]}
    blobs = {_blob(_digest(content)): content for content in (config, layer, manifest)}
    return {_LAYOUT: _printed({"imageLayoutVersion": "1.0.0"}), _INDEX: _printed(index), **blobs}


def layout_files(directory: Path) -> set[str]:
    """Return the paths of the files of a layout in ``directory`` that we have made; none if there is no such."""
    try:
        match json.loads((directory / _INDEX).read_bytes()):
            case {"manifests": [{"digest": str(digest), "annotations": {"org.opencontainers.image.vendor": "iam2rego"}}]}:
                return {_LAYOUT, _INDEX, _blob(digest), *_blobs_of(directory / _blob(digest))}
    except (OSError, ValueError, RecursionError):
        pass
    return set()


def _blobs_of(manifest: Path) -> set[str]:
    match json.loads(manifest.read_bytes()):
        case {"config": {"digest": str(config)}, "layers": [{"digest": str(layer)}]}:
            return {_blob(config), _blob(layer)}
    return set()


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
