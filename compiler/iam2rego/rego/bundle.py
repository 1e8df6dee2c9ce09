"""The bundle that OPA loads: modules, the runtime library, data and manifest; and its way into a folder or an archive.

Below its package, a bundle holds ``authz`` (the entry points), ``lib`` (the runtime library), ``policies`` (a module a policy),
``statements`` (data: what a decision document says of each statement) and ``attachments`` (data: which modules take part).
"""

import gzip
import io
import json
import re
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import chain
from typing import Any, Final

from iam2rego import __version__
from iam2rego.ir.policy import PolicySet
from iam2rego.rego.attachments import attachments
from iam2rego.rego.data import Printed, broken
from iam2rego.rego.names import module_names
from iam2rego.rego.printer import print_imports
from iam2rego.rego.unit import Unit, compile_policy

MANIFEST: Final = ".manifest"
DATA: Final = "data.json"
_MARK: Final = "iam2rego"
_ROOTS: Final = ("attachments", "authz", "lib", "policies", "statements")
_ROUTER: Final = "router"
_IMPORT: Final = re.compile(r"^import data\.iam\.lib\.(\w+)", re.MULTILINE)
_OWN_PACKAGE: Final = re.compile(r"\b(package |data\.)iam\.")


@dataclass(frozen=True)
class Bundle:
    """The files of a bundle: path, with ``/``, to text."""

    files: Mapping[str, str]


def compile_policies(policies: PolicySet, *, revision: str, package: str = "iam", labels: bool = True) -> Bundle:
    """Compile ``policies`` to a bundle whose entry points are ``data.<package>.authz.allow`` and ``.decision``.

    Args:
        policies: policies of every type, with whom they concern.
        revision: what the manifest says of the inputs.
        package: the dotted package that everything stands below.
        labels: whether rules carry METADATA labels, which OPA's decision log shows.
    """
    units = [compile_policy(policy, labels=labels) for policy in policies.policies]
    return assemble(units, policies, revision=revision, package=package)


def assemble(units: Sequence[Unit], attached: PolicySet, *, revision: str, package: str) -> Bundle:
    """Put the units of all policies together with what ``attached`` says of whom they concern; its own policies are not read."""
    names = module_names(unit.name for unit in units)
    paths = module_paths(names, package)
    modules = {paths[unit.name]: _module(unit, names[unit.name], package) for unit in units}
    described = {names[unit.name]: Printed(unit.described) for unit in units}
    uses = {unit.name: unit.uses for unit in units}
    data = _nest(package, {"attachments": attachments(attached, names, uses), "statements": described})
    roots = [f"{_folder(package)}/{root}" for root in _ROOTS]
    return _bundle({**_library(package), **modules}, data, revision, roots)


def _module(unit: Unit, name: str, package: str) -> str:
    imports = print_imports(f"data.{package}.lib.{library}" for library in unit.libraries)
    return f"{unit.head}package {package}.policies.{name}\n{imports}{unit.rules}"


def module_paths(policies: Iterable[str], package: str) -> Mapping[str, str]:
    """Return where in a bundle the module of each policy stands, by the policy's name."""
    return {policy: f"{_folder(package)}/policies/{module}.rego" for policy, module in module_names(policies).items()}


def merge(bundles: Sequence[Bundle]) -> Bundle:
    """Put bundles of different packages together, so that one OPA holds them all."""
    manifests = [json.loads(bundle.files[MANIFEST]) for bundle in bundles]
    modules = {path: text for bundle in bundles for path, text in bundle.files.items() if path not in (MANIFEST, DATA)}
    data: dict[str, Any] = {}
    for bundle in bundles:
        _merge_into(data, json.loads(bundle.files[DATA]))
    roots = sorted(chain.from_iterable(manifest["roots"] for manifest in manifests))
    return _bundle(modules, data, "+".join(manifest["revision"] for manifest in manifests), roots)


def beside(bundle: Bundle, modules: Mapping[str, str], data: dict[str, Any], roots: Iterable[str], package: str) -> Bundle:
    """Return ``bundle`` with more modules, by their paths, and more data and roots below ``package``; its revision stays."""
    manifest = json.loads(bundle.files[MANIFEST])
    more = _bundle(modules, _nest(package, data), "", [f"{_folder(package)}/{root}" for root in roots])
    return revised(merge([bundle, more]), manifest["revision"])


def archive(bundle: Bundle) -> bytes:
    """Return the bundle as a gzipped tar file, the same bytes for the same bundle: no times, no owners."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.PAX_FORMAT) as files:
        for path, text in sorted(bundle.files.items()):
            content = text.encode()
            member = tarfile.TarInfo(path)
            member.size = len(content)
            files.addfile(member, io.BytesIO(content))
    return gzip.compress(tar.getvalue(), mtime=0)


def _bundle(modules: Mapping[str, str], data: Mapping[str, Any], revision: str, roots: list[str]) -> Bundle:
    manifest = {"revision": revision, "roots": roots, "rego_version": 1, **_listing({*modules, DATA, MANIFEST})}
    return Bundle(dict(sorted({**modules, DATA: f"{broken(data)}\n", MANIFEST: f"{broken(manifest)}\n"}.items())))


def _listing(files: Iterable[str]) -> dict[str, Any]:
    return {"metadata": {_MARK: {"version": __version__, "files": sorted(files)}}}


def list_of(files: Iterable[str]) -> str:
    """Return the text of a manifest that says only which files we have written."""
    return f"{broken(_listing(files))}\n"


def built_files(manifest: object) -> list[str]:
    """Return the files that the build of ``manifest`` wrote; none if no build of ours did."""
    match manifest:
        case {"metadata": {"iam2rego": {"files": [*files]}}}:
            return [file for file in files if isinstance(file, str)]
    return []


def _folder(package: str) -> str:
    return package.replace(".", "/")


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


def _library(package: str) -> dict[str, str]:
    """Return the runtime library below ``package``; it is written for the package ``iam``."""
    return {_place(name, package): module_text(text, package) for name, text in _library_texts().items() if name != _ROUTER}


def _library_texts() -> dict[str, str]:
    files = resources.files("iam2rego.rego").joinpath("lib").iterdir()
    names = {file.name.removesuffix(".rego"): file for file in files if file.name.endswith(".rego")}
    return {name: file.read_text("utf-8") for name, file in names.items() if not name.endswith("_test")}


def module_text(text: str, package: str) -> str:
    """Return a module of the library, which is written for the package ``iam``, for another."""
    return _OWN_PACKAGE.sub(rf"\g<1>{package}.", text)


def _place(name: str, package: str) -> str:
    return f"{_folder(package)}/{'authz' if name == 'authz' else 'lib'}/{name}.rego"


def kernel(partitions: Mapping[str, Any], package: str) -> Bundle:
    """Return the entry points that ask partitions, of which ``partitions`` tells; revised by nobody yet."""
    texts = _library_texts()
    router = texts[_ROUTER].replace(f"package iam.{_ROUTER}", "package iam.authz")
    used = {name: texts[name] for name in _imported(router, texts)}
    modules = {_place(name, package): module_text(text, package) for name, text in {"authz": router, **used}.items()}
    roots = [f"{_folder(package)}/{root}" for root in ("authz", "lib", "partitioned")]
    return _bundle(modules, _nest(package, {"partitioned": partitions}), "", roots)


def _imported(text: str, texts: Mapping[str, str]) -> set[str]:
    """Return the modules of the library that ``text`` needs."""
    direct = set(_IMPORT.findall(text))
    return direct.union(*(_imported(texts[name], texts) for name in direct))


def revised(bundle: Bundle, revision: str) -> Bundle:
    """Return a bundle whose manifest tells another revision."""
    manifest = {**json.loads(bundle.files[MANIFEST]), "revision": revision}
    return Bundle({**bundle.files, MANIFEST: f"{broken(manifest)}\n"})
