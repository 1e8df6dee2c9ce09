"""``bundle``: packs policies, or what was built of them, for the OPAs that download it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Final, TypeAlias

import click

from iam2rego.cli.commands.bundle.signing import Configuration, Signatures
from iam2rego.cli.shared.command import Choice, argument, command, group, option, options
from iam2rego.cli.shared.compiling import Compiling, made_of
from iam2rego.cli.shared.options import Parameters, Printing, Reading, chosen_layout_option, gateway_option
from iam2rego.cli.shared.output import failures_reported, located, refuse, tell
from iam2rego.cli.shared.placing import Folder, place, refuse_within
from iam2rego.ir.policy import Kind
from iam2rego.rego.bundle.assemble import MANIFEST, Bundle, archive
from iam2rego.rego.bundle.built import is_built, read_bundle
from iam2rego.rego.bundle.deltas import delta, read_packed
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.mask import MASK, masking
from iam2rego.rego.bundle.oci import TAG, layout, layout_files
from iam2rego.rego.bundle.output import archive_name, bundle_files, write_archives, write_files
from iam2rego.rego.bundle.partition import KERNEL, By
from iam2rego.sources.files import STDIN

_PACKAGE: Final = "iam"
_BUILT: Final = "name what `iam2rego build` wrote, or policies"
_OLD: Final = "name the bundle that OPAs hold, or leave out --delta and let them take the whole one"
_PATH: Final = click.Path(path_type=Path)

_Bundles: TypeAlias = Mapping[str, Bundle]


@options
class Policies(Parameters):
    """How policies are compiled on the way."""

    heading: ClassVar = "Policies, where SOURCE is not what `build` wrote"

    layout: Layout | None = chosen_layout_option()
    partition_by: By | None = option(
        "--partition-by",
        type=Choice(By),
        help="Write several bundles that OPAs load side by side: one for each exported account, or one for each account and first letter "
        "of a principal's name; one for all other callers; and the kernel, which every OPA loads.",
    )
    gateway: str | None = gateway_option()

    @property
    def given(self) -> str | None:
        """The first of the options that is given, if one is."""
        named = {"--layout": self.layout, "--param": self.param, "--partition-by": self.partition_by, "--gateway": self.gateway}
        return next((name for name, value in named.items() if value), None)


@options
class Options:
    """The options of `bundle`."""

    sources: tuple[str, ...] = argument(
        "SOURCE...", "Policies, as for `build`, or one folder or archive that `build` wrote; - for stdin.", nargs=-1
    )
    output: Path | None = option(
        *("-o", "--output"),
        metavar="FILE.tar.gz",
        type=_PATH,
        help="The archive to write; with --partition-by the folder of archives: absent, empty, or an earlier one.",
    )
    oci: Path | None = option(
        "--oci", metavar="DIR", type=_PATH, help="The OCI image layout to write, which registries take: absent, empty, or an earlier one."
    )
    delta: Path | None = option(
        "--delta",
        metavar="OLD",
        type=click.Path(exists=True, path_type=Path),
        help="Write a delta bundle, which makes the new bundle of OLD. OLD has the packed layout, and so the new one gets it.",
    )
    mask: tuple[str, ...] = option(
        "--mask",
        metavar="NAME",
        multiple=True,
        help="Keep members of this name, such as context keys, and tokens out of OPA's decision log. Repeatable.",
    )
    signatures: Signatures = group(Signatures)
    configuration: Configuration = group(Configuration)
    policies: Policies = group(Policies)
    printing: Printing = group(Printing)

    def built(self) -> Path | None:
        """Return the folder or archive to pack that `build` wrote, if one is named."""
        return next((Path(each) for each in self.sources if each != STDIN and is_built(Path(each))), None)


@command
def run(options: Options) -> None:
    """Pack policies for the OPAs that download them: signed, masked, as a delta, by account, for a registry, with OPA's configuration.

    For --package, --no-labels, --lenient or --policy-type, run `build` first, and name its folder as SOURCE.
    """
    built = options.built()
    _refuse_contradictions(options, built)
    _refuse_overlaps(options, built)
    signing = options.signatures.read()
    verification = options.configuration.verification(signing)
    sign = options.signatures.signer(signing, quiet=options.printing.quiet)
    with failures_reported(as_json=options.printing.as_json):
        bundles = _bundles(options, built)
        packed = {name: sign(bundle) for name, bundle in _changed(_masked(bundles, options.mask), options.delta).items()}
        files = {**_archive(packed, options.output), **options.configuration.files(_resources(bundles, options.output), verification)}
        folders = _folders(packed, options)
        place(files, folders)
        if not options.printing.quiet and not options.printing.as_json:
            tell(f"wrote {', '.join(map(str, (*files, *(each.path for each in folders))))}")


def _refuse_contradictions(options: Options, built: Path | None) -> None:
    if not (options.output or options.oci):
        refuse("name the archive to write: -o FILE.tar.gz, or an OCI image layout: --oci DIR")
    if options.delta and options.oci:
        refuse("a registry takes whole bundles: write the delta with -o", "--delta")
    if options.delta and options.policies.partition_by:
        refuse("partitions have no deltas", "--delta")
    if options.configuration.opa_config and not options.output:
        refuse("the configuration says where archives are: write them with -o", "--opa-config")
    if built:
        if len(options.sources) > 1:
            refuse(f"`{built}` was built already: name it alone", "SOURCE")
        if given := options.policies.given:
            refuse(f"`{built}` was built already, and is packed as it is: name the policies instead", given)


def _refuse_overlaps(options: Options, built: Path | None) -> None:
    """Refuse to read or write something in a folder that is replaced."""
    config = options.configuration.opa_config
    for source in [Path(each) for each in options.sources if each != STDIN]:
        refuse_within(options.oci, {"SOURCE": source})
        refuse_within(options.output, {"SOURCE": source})
    refuse_within(options.oci, {"-o": options.output, "--opa-config": config})
    refuse_within(options.output, {"--oci": options.oci, "--opa-config": config})
    if built and built.is_dir():
        refuse_within(built, {"-o": options.output, "--oci": options.oci, "--opa-config": config})


def _bundles(options: Options, built: Path | None) -> _Bundles:
    """Return what is packed, by name: one bundle called `TAG`, which was built or is made of policies, or all partitions."""
    if built:
        with located(built, _BUILT):
            return {TAG: read_bundle(built)}
    policies = options.policies
    chosen = Layout.PACKED if options.delta and not policies.layout else policies.layout
    reading = Reading(param=policies.param, lenient=False, policy_type=Kind.IDENTITY)
    compiling = Compiling(layout=chosen, no_labels=False, package=_PACKAGE, gateway=policies.gateway)
    made = made_of(options.sources, reading, compiling, options.printing)
    if policies.partition_by:
        return dict(sorted(made.parts(policies.partition_by, _PACKAGE).items()))
    made.refuse_too_many(options.sources[0])
    return {TAG: made.below(_PACKAGE)}


def _masked(bundles: _Bundles, names: tuple[str, ...]) -> _Bundles:
    """Add to the bundle that is asked, or to the kernel of partitions, what keeps ``names`` out of decision logs."""
    entry = TAG if TAG in bundles else KERNEL
    if names and MASK in bundles[entry].files:
        refuse("it is masked already: name what `build` wrote", "SOURCE")
    return {**bundles, entry: masking(bundles[entry], names)} if names else bundles


def _changed(bundles: _Bundles, old: Path | None) -> _Bundles:
    """Return the delta that makes the bundle of ``old``, if one is named."""
    if old is None:
        return bundles
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
