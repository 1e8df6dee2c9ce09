"""Assembles the bundle that OPA loads: modules, the runtime library, data and manifest.

Below its package, a bundle has ``authz`` (the entry points), ``lib`` (the runtime library), ``policies`` (a module for each policy, or
data: the requirements of its statements), ``statements`` (data: the descriptions of statements in decision documents) and
``attachments`` (data: which policies take part). The packed layout also has ``actions`` (data: the statements about an action) and
``revision`` (data: the revision that a delta applies to).
"""

import gzip
import io
import json
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from iam2rego import __version__
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.attachments import attachments, module_lists
from iam2rego.rego.bundle.classes import classes_data
from iam2rego.rego.bundle.data import Printed, broken, compact
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.library import library, of_partitions, spellings
from iam2rego.rego.bundle.names import module_names, short_names
from iam2rego.rego.bundle.tables import tables_data
from iam2rego.rego.bundle.unit import ModuleText, Unit, compile_policy
from iam2rego.rego.language.printer import print_imports
from iam2rego.rego.tables.policy import Tables

MANIFEST: Final = ".manifest"
DATA: Final = "data.json"
_MARK: Final = "iam2rego"


@dataclass(frozen=True)
class Bundle:
    """The files of a bundle: texts by path, with ``/``."""

    files: Mapping[str, str]


def compile_policies(
    policies: PolicySet, *, revision: str, package: str = "iam", labels: bool = True, layout: Layout = Layout.MODULES
) -> Bundle:
    """Compile ``policies`` to a bundle whose entry points are ``data.<package>.authz.allow`` and ``.decision``.

    Args:
        policies: policies of every type, with their attachments.
        revision: the revision for the manifest.
        package: the dotted package of the bundle.
        labels: whether rules have METADATA labels, which OPA's decision log shows; the packed layout has no rules to label.
        layout: whether policies become modules or tables.
    """
    units = [compile_policy(policy, labels=labels, layout=layout) for policy in policies.policies]
    return assemble(units, policies.attachments, revision=revision, package=package, layout=layout)


def assemble(units: Sequence[Unit], attached: Attachments, *, revision: str, package: str, layout: Layout) -> Bundle:
    """Assemble the units of all policies and their attachments."""
    modules, data = _packed(units, attached, revision) if layout is Layout.PACKED else _as_modules(units, attached, package)
    spelled = spellings(key for unit in units for key in unit.context_keys)
    data |= classes_data(units, attached, spelled, alone="others" not in data["attachments"])
    roots = [f"{_folder(package)}/{root}" for root in sorted({"authz", "lib", "policies", *data})]
    return _bundle(
        {**_below(package, library(package, layout, spelled.values())), **modules}, _nest(package, data), revision, roots, layout
    )


def _as_modules(units: Sequence[Unit], attached: Attachments, package: str) -> tuple[dict[str, str], dict[str, Any]]:
    names = module_names(unit.name for unit in units)
    paths = module_paths(names, package)
    texts = {unit.name: unit.made for unit in units if isinstance(unit.made, ModuleText)}
    modules = {paths[policy]: _module(text, names[policy], package) for policy, text in texts.items()}
    lists = module_lists(names, {unit.name: unit.uses for unit in units})
    described = {names[unit.name]: Printed(unit.described) for unit in units}
    return modules, {"attachments": attachments(attached, lists), "statements": described}


def _module(text: ModuleText, name: str, package: str) -> str:
    imports = print_imports(f"data.{package}.lib.{library}" for library in text.libraries)
    return f"{text.head}package {package}.policies.{name}\n{imports}{text.rules}"


def _packed(units: Sequence[Unit], attached: Attachments, revision: str) -> tuple[dict[str, str], dict[str, Any]]:
    ids = short_names(unit.name for unit in units)
    tables = {unit.name: unit.made for unit in units if isinstance(unit.made, Tables)}
    data = tables_data(tables, {unit.name: unit.uses for unit in units}, ids, attached)
    described = {ids[unit.name]: json.loads(unit.described) for unit in units}
    return {}, {**data, "statements": described, **({"revision": {revision: True}} if revision else {})}


def module_paths(policies: Iterable[str], package: str) -> Mapping[str, str]:
    """Return the path of each policy's module in a bundle, by the policy's name."""
    return {policy: f"{_folder(package)}/policies/{module}.rego" for policy, module in module_names(policies).items()}


def merge(bundles: Sequence[Bundle]) -> Bundle:
    """Merge bundles of different packages, so that one OPA can load them all."""
    manifests = [json.loads(bundle.files[MANIFEST]) for bundle in bundles]
    modules = {path: text for bundle in bundles for path, text in bundle.files.items() if path not in (MANIFEST, DATA)}
    data: dict[str, Any] = {}
    for bundle in bundles:
        _merge_into(data, json.loads(bundle.files[DATA]))
    roots = sorted(chain.from_iterable(manifest["roots"] for manifest in manifests))
    return _bundle(modules, data, "+".join(manifest["revision"] for manifest in manifests), roots, layout_of(manifests[0]))


def beside(bundle: Bundle, modules: Mapping[str, str], data: dict[str, Any], roots: Iterable[str], package: str) -> Bundle:
    """Return ``bundle`` with additional modules, by path, and data and roots below ``package``; its revision stays."""
    manifest = json.loads(bundle.files[MANIFEST])
    more = _bundle(modules, _nest(package, data), "", [f"{_folder(package)}/{root}" for root in roots])
    return revised(merge([bundle, more]), manifest["revision"])


def archive(bundle: Bundle) -> bytes:
    """Return the bundle as a gzipped tar file without times or owners, so that equal bundles give equal bytes."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.PAX_FORMAT) as files:
        for path, text in sorted(bundle.files.items()):
            content = text.encode()
            member = tarfile.TarInfo(path)
            member.size = len(content)
            files.addfile(member, io.BytesIO(content))
    return gzip.compress(tar.getvalue(), mtime=0)


def _bundle(modules: Mapping[str, str], data: Mapping[str, Any], revision: str, roots: list[str], layout: Layout | None = None) -> Bundle:
    """Make a bundle; if it has policies, its manifest says which layout they have."""
    told = {"layout": layout} if layout else {}
    manifest = {"revision": revision, "roots": roots, "rego_version": 1, **_listing({*modules, DATA, MANIFEST}, told)}
    text = (compact if layout is Layout.PACKED else broken)(data)
    return Bundle(dict(sorted({**modules, DATA: f"{text}\n", MANIFEST: f"{broken(manifest)}\n"}.items())))


def _listing(files: Iterable[str], told: Mapping[str, str]) -> dict[str, Any]:
    return {"metadata": {_MARK: {"version": __version__, **told, "files": sorted(files)}}}


def layout_of(manifest: Mapping[str, Any]) -> Layout | None:
    """Return the layout of the bundle with this ``manifest``; None if it has no policies of ours."""
    told = manifest["metadata"][_MARK].get("layout")
    return Layout(told) if told else None


def list_of(files: Iterable[str]) -> str:
    """Return the text of a manifest that only lists the files that we have written."""
    return f"{broken(_listing(files, {}))}\n"


def built_files(manifest: object) -> list[str]:
    """Return the files that the build with this ``manifest`` wrote; none if it is not ours."""
    match manifest:
        case {"metadata": {"iam2rego": {"files": [*files]}}}:
            return [file for file in files if isinstance(file, str)]
    return []


def _folder(package: str) -> str:
    return package.replace(".", "/")


def _below(package: str, files: Mapping[str, str]) -> dict[str, str]:
    return {f"{_folder(package)}/{path}": text for path, text in files.items()}


def _nest(package: str, value: dict[str, Any]) -> dict[str, Any]:
    for name in reversed(package.split(".")):
        value = {name: value}
    return value


def _merge_into(target: dict[str, Any], source: Mapping[str, Any]) -> None:
    for name, value in source.items():
        if name in target:
            _merge_into(target[name], value)
        else:
            target[name] = value


def kernel(partitions: Mapping[str, Any], package: str) -> Bundle:
    """Return the bundle of entry points that query ``partitions``, still without a revision."""
    roots = [f"{_folder(package)}/{root}" for root in ("authz", "lib", "partitioned")]
    return _bundle(_below(package, of_partitions(package)), _nest(package, {"partitioned": partitions}), "", roots)


def revised(bundle: Bundle, revision: str) -> Bundle:
    """Return the bundle with another revision in its manifest."""
    manifest = {**json.loads(bundle.files[MANIFEST]), "revision": revision}
    return Bundle({**bundle.files, MANIFEST: f"{broken(manifest)}\n"})
