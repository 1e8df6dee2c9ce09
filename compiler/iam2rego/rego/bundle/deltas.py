"""What makes one bundle of another, as a delta bundle: OPA changes data by it, in one transaction, and keeps all else.

OPA applies a delta to whatever it holds. So packed data tell their revision by a name, which a delta takes out: where it is not
there OPA refuses the delta as a whole, and keeps what it has.
"""

import gzip
import json
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from iam2rego.cache_dir import content_of
from iam2rego.rego.bundle.assemble import DATA, MANIFEST, Bundle, built_files, layout_of
from iam2rego.rego.bundle.data import compact
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.output import OutputError

_PATCH: Final = "patch.json"
_UNREADABLE: Final = (FileNotFoundError, tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, LookupError, RecursionError)
_Change: TypeAlias = dict[str, Any]


class DeltaError(OutputError):
    """No delta leads from the one bundle to the other; the message says why."""


def read_packed(path: Path) -> Bundle:
    """Return the packed bundle that a build wrote to a folder or an archive.

    Raises:
        DeltaError: there is none.
        OSError: the folder or archive cannot be read.
    """
    try:
        bundle = Bundle(dict(_in_folder(path) if path.is_dir() else _in_archive(path)))
        if DATA in bundle.files and layout_of(json.loads(bundle.files[MANIFEST])) is Layout.PACKED:
            return bundle
    except _UNREADABLE:
        pass
    raise DeltaError("is no packed bundle of a build")


def _in_folder(folder: Path) -> Iterator[tuple[str, str]]:
    listed = built_files(json.loads(content_of(folder / MANIFEST)))
    yield from ((path, content_of(folder / path).decode()) for path in listed)


def _in_archive(file: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(file, "r:gz") as members:
        for member in members:
            if content := members.extractfile(member):
                yield member.name, content.read().decode()


def delta(old: Bundle, new: Bundle) -> Bundle:
    """Return the bundle that makes ``new`` of ``old``.

    Raises:
        DeltaError: they differ in more than data, or not at all.
    """
    before, after = json.loads(old.files[MANIFEST]), json.loads(new.files[MANIFEST])
    if before["roots"] != after["roots"] or _modules(old) != _modules(new):
        raise DeltaError("has other modules than what is built now, and a delta changes data only")
    if before["revision"] == after["revision"]:
        raise DeltaError("is what is built now, so there is nothing to change")
    changes = list(_changes(json.loads(old.files[DATA]), json.loads(new.files[DATA]), ""))
    return Bundle({MANIFEST: new.files[MANIFEST], _PATCH: compact({"data": changes})})


def _modules(bundle: Bundle) -> dict[str, str]:
    return {path: text for path, text in bundle.files.items() if path.endswith(".rego")}


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> Iterator[_Change]:
    yield from ({"op": "remove", "path": _below(path, name)} for name in old if name not in new)
    for name, value in new.items():
        if name not in old or not _same(old[name], value):
            yield from _change(old.get(name), value, _below(path, name))


def _same(old: object, new: object) -> bool:
    """Say whether JSON values are equal; Python takes 1 for true."""
    return old == new and json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)


def _change(old: object, new: object, path: str) -> Iterator[_Change]:
    if isinstance(old, dict) and isinstance(new, dict) and _has_paths(old, new):
        yield from _changes(old, new, path)
    else:
        yield {"op": "upsert", "path": path, "value": new}


def _has_paths(old: Mapping[str, object], new: Mapping[str, object]) -> bool:
    """Say whether paths lead to all that differs: OPA takes one that ends in an empty name for one without it."""
    return ("" in old) is ("" in new) and _same(old.get(""), new.get(""))


def _below(path: str, name: str) -> str:
    """Return the path of a member: OPA reads it as a part of a URL first, then as a JSON pointer."""
    return f"{path}/{quote(name.replace('~', '~0').replace('/', '~1'), safe='~')}"
