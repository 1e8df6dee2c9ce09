"""Makes delta bundles, with which OPA changes data in one transaction and keeps everything else.

OPA applies a delta to any data that it has loaded. So packed data contain a member named after their revision, and a delta removes it: if
it is missing, OPA rejects the whole delta and keeps its data.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from iam2rego.rego.bundle.assemble import DATA, MANIFEST, Bundle, layout_of
from iam2rego.rego.bundle.built import read_bundle
from iam2rego.rego.bundle.data import compact
from iam2rego.rego.bundle.errors import OutputError
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.library import KNOWN_KEYS

_PATCH: Final = "patch.json"
_Change: TypeAlias = dict[str, Any]


class DeltaError(OutputError):
    """There is no delta between two bundles; the message says why."""


def read_packed(path: Path) -> Bundle:
    """Return the packed bundle in a folder or an archive.

    Raises:
        DeltaError: there is none.
        OSError: the folder or archive cannot be read.
    """
    try:
        bundle = read_bundle(path)
    except OutputError:
        raise DeltaError("is not a packed bundle") from None
    if layout_of(json.loads(bundle.files[MANIFEST])) is not Layout.PACKED:
        raise DeltaError("is not a packed bundle")
    return bundle


def delta(old: Bundle, new: Bundle) -> Bundle:
    """Return the delta bundle that turns ``old`` into ``new``.

    Raises:
        DeltaError: the bundles differ in more than data, or not at all.
    """
    before, after = json.loads(old.files[MANIFEST]), json.loads(new.files[MANIFEST])
    if before["roots"] != after["roots"] or _modules(old) != _modules(new):
        raise DeltaError("has other modules than the new bundle, and a delta can only change data")
    if before["revision"] == after["revision"]:
        raise DeltaError("has the revision of the new bundle, so there is nothing to change")
    changes = list(_changes(json.loads(old.files[DATA]), json.loads(new.files[DATA]), ""))
    return Bundle({MANIFEST: new.files[MANIFEST], _PATCH: compact({"data": changes})})


def _modules(bundle: Bundle) -> dict[str, str]:
    """Return the modules but the one of known context keys: by an older one OPA only takes longer to see that keys differ."""
    return {path: text for path, text in bundle.files.items() if path.endswith(".rego") and not path.endswith(f"/{KNOWN_KEYS}")}


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> Iterator[_Change]:
    yield from ({"op": "remove", "path": _below(path, name)} for name in old if name not in new)
    for name, value in new.items():
        if name not in old or not _same(old[name], value):
            yield from _change(old.get(name), value, _below(path, name))


def _same(old: object, new: object) -> bool:
    """Return whether JSON values are equal; for Python, 1 equals true."""
    return old == new and json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)


def _change(old: object, new: object, path: str) -> Iterator[_Change]:
    if isinstance(old, dict) and isinstance(new, dict) and _has_paths(old, new):
        yield from _changes(old, new, path)
    else:
        yield {"op": "upsert", "path": path, "value": new}


def _has_paths(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    """Return whether OPA's paths can express all differences: OPA ignores an empty name at the end of a path."""
    return ("" in old) is ("" in new) and _same(old.get(""), new.get(""))


def _below(path: str, name: str) -> str:
    """Return the path of a member: OPA decodes it first as part of a URL, then as a JSON pointer."""
    return f"{path}/{quote(name.replace('~', '~0').replace('/', '~1'), safe='~')}"
