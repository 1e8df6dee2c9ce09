"""``bundle``: packs what was built for the OPAs that download it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

import click

from iam2rego.cli.commands.bundle.signing import Configuration, Signatures
from iam2rego.cli.shared.command import argument, command, group, option, options
from iam2rego.cli.shared.options import Printing, opa_option
from iam2rego.cli.shared.output import failures_reported, located, refuse
from iam2rego.cli.shared.placing import Folder, place, refuse_within
from iam2rego.rego import (
    KERNEL,
    TAG,
    Bundle,
    archive,
    archive_name,
    bundle_files,
    delta,
    layout,
    layout_files,
    masking,
    read_bundles,
    read_packed,
    write_archives,
    write_files,
)
from iam2rego.rego.bundle.assemble import MANIFEST
from iam2rego.rego.bundle.mask import MASK

_BUILT: Final = "name what `iam2rego build` or `iam2rego partition` wrote"
_OLD: Final = "name the bundle that OPAs hold, or leave out --delta and let them take the whole one"
_PATH: Final = click.Path(path_type=Path)

_Bundles: TypeAlias = Mapping[str, Bundle]


@options
class Options:
    """The options of `bundle`."""

    built: Path = argument(
        "BUILT", "What `build` or `partition` wrote: a folder or an archive.", type=click.Path(exists=True, path_type=Path)
    )
    output: Path | None = option(
        "-o", "--output", metavar="FILE.tar.gz", type=_PATH, help="The archive to write; of partitions, the folder of their archives."
    )
    oci: Path | None = option(
        "--oci", metavar="DIR", type=_PATH, help="The OCI image layout to write, which registries take: absent, empty, or an earlier one."
    )
    delta: Path | None = option(
        "--delta",
        metavar="OLD",
        type=click.Path(exists=True, path_type=Path),
        help="Write a delta bundle, which changes OLD to BUILT; both are packed (`build --layout packed`).",
    )
    mask: tuple[str, ...] = option(
        "--mask",
        metavar="NAME",
        multiple=True,
        help="Keep members of this name, such as context keys, and tokens out of OPA's decision log. Repeatable.",
    )
    signatures: Signatures = group(Signatures)
    configuration: Configuration = group(Configuration)
    opa: str | None = opa_option()
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Pack what was built, for the OPAs that download it: signed, masked, as a delta, for a registry, with their configuration."""
    if not (options.output or options.oci):
        refuse("name the archive to write: -o FILE.tar.gz, or an OCI image layout: --oci DIR")
    if options.delta and options.oci:
        refuse("a registry takes whole bundles: write the delta with -o", "--delta")
    if options.configuration.opa_config and not options.output:
        refuse("the configuration says where archives are: write them with -o", "--opa-config")
    _refuse_overlaps(options)
    verification = options.configuration.verification(options.signatures)
    sign = options.signatures.signer(options.opa, quiet=options.printing.quiet)
    with failures_reported(as_json=options.printing.as_json):
        with located(options.built, _BUILT):
            built = read_bundles(options.built)
        packed = {name: sign(bundle) for name, bundle in _changed(_masked(built, options.mask), options.delta).items()}
        files = {**_archive(packed, options.output), **options.configuration.files(_resources(built, options.output), verification)}
        place(files, [*_folders(packed, options)])


def _refuse_overlaps(options: Options) -> None:
    """Refuse to read or write something in a folder that is replaced."""
    config = options.configuration.opa_config
    refuse_within(options.oci, {"BUILT": options.built, "-o": options.output, "--opa-config": config})
    refuse_within(options.output, {"BUILT": options.built, "--oci": options.oci, "--opa-config": config})
    if options.built.is_dir():
        refuse_within(options.built, {"-o": options.output, "--oci": options.oci, "--opa-config": config})


def _masked(bundles: _Bundles, names: tuple[str, ...]) -> _Bundles:
    """Add to the bundle that is asked, or to the kernel of partitions, what keeps ``names`` out of decision logs."""
    entry = TAG if TAG in bundles else KERNEL
    if names and MASK in bundles[entry].files:
        refuse("it is masked already: name what `build` or `partition` wrote", "BUILT")
    return {**bundles, entry: masking(bundles[entry], names)} if names else bundles


def _changed(bundles: _Bundles, old: Path | None) -> _Bundles:
    """Return the delta that makes the bundle of ``old``, if one is named."""
    if old is None:
        return bundles
    if TAG not in bundles:
        refuse("partitions have no deltas", "--delta")
    with located(old, _OLD):
        return {TAG: delta(read_packed(old), bundles[TAG])}


def _archive(bundles: _Bundles, output: Path | None) -> Mapping[Path, bytes]:
    return {output: archive(bundles[TAG])} if output and TAG in bundles else {}


def _folders(bundles: _Bundles, options: Options) -> list[Folder]:
    folders = []
    if options.output and TAG not in bundles:
        folders.append(Folder(options.output, bundle_files, lambda path: write_archives(bundles, path)))
    if options.oci:
        folders.append(Folder(options.oci, layout_files, lambda path: write_files(layout(bundles).items(), path, layout_files)))
    return folders


def _resources(bundles: _Bundles, output: Path | None) -> Mapping[str, str]:
    """Return the archives by the names that OPA's configuration gives their bundles: the package, or the names of partitions."""
    if TAG in bundles:
        return {_package(bundles[TAG]): output.name} if output else {}
    return {name: archive_name(name) for name in bundles}


def _package(bundle: Bundle) -> str:
    """Return the package of the entry points in a bundle, by the roots in its manifest."""
    roots: list[str] = json.loads(bundle.files[MANIFEST])["roots"]
    return next(root.removesuffix("/authz").replace("/", ".") for root in roots if root.endswith("/authz"))
