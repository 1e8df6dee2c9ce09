"""``build``: compiles sources to a bundle."""

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from iam2rego.building import Cache, Compiled, Recipe, compile_sources
from iam2rego.cache_dir import cache_folder
from iam2rego.cli.shared import progress
from iam2rego.cli.shared.delivery import Deliveries, Made, Target
from iam2rego.cli.shared.delta import Delta, changing, refuse_beside_delta
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.operating import (
    BundlesUrl,
    Configured,
    Mask,
    OpaConfig,
    Scope,
    Sign,
    SigningAlgorithm,
    SigningKeyId,
    VerificationKey,
    signer,
    verification,
)
from iam2rego.cli.shared.options import (
    Format,
    FormatOption,
    GatewayFile,
    LayoutOption,
    Lenient,
    NoProgress,
    Opa,
    OpaToken,
    Package,
    Param,
    Params,
    PolicyType,
    Sources,
    checked,
)
from iam2rego.cli.shared.output import FINDINGS, failures_reported, located, report, show
from iam2rego.cli.shared.revision import revision
from iam2rego.cli.shared.watch import rebuild
from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.gateway import Gateway
from iam2rego.opa.address import check_address
from iam2rego.opa.sign import Algorithm
from iam2rego.rego import MOST_AS_MODULES, Bundle, By, Layout, differing_files
from iam2rego.source import Source
from iam2rego.sources.files import STDIN
from iam2rego.sources.gateway import read_gateway
from iam2rego.sources.parameters import parameters
from iam2rego.syntax.forms import Kind


class Emit(StrEnum):
    """What `build` prints instead of writing."""

    IR = "ir"


_Output: TypeAlias = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="DIR", help="The folder to write: absent, empty, or an earlier build's.")
]
_Archive: TypeAlias = Annotated[Path | None, typer.Option("--bundle", metavar="FILE.tar.gz", help="Also write the bundle as an archive.")]
_Oci: TypeAlias = Annotated[
    Path | None, typer.Option("--oci", metavar="DIR", help="Also write an OCI image layout: absent, empty, or an earlier build's.")
]
_Check: TypeAlias = Annotated[
    bool, typer.Option("--check", help="Write nothing; name the files of DIR that would change, status 1 if any.")
]
_Emit: TypeAlias = Annotated[Emit | None, typer.Option("--emit", help="Print the intermediate representation as JSON instead.")]
_NoLabels: TypeAlias = Annotated[bool, typer.Option("--no-labels", help="Leave out the METADATA labels, which take memory in OPA.")]
_NoCache: TypeAlias = Annotated[bool, typer.Option("--no-cache", help="Compile every file anew, and keep nothing for the next build.")]
_Partition: TypeAlias = Annotated[
    By | None, typer.Option("--partition", help="Write an archive for each exported account, or for each first letter of its principals.")
]
_PushUrl: TypeAlias = Annotated[
    str | None, typer.Option("--opa-url", metavar="URL", help="Also push to this running OPA.", callback=checked(check_address))
]
_Watch: TypeAlias = Annotated[
    bool, typer.Option("--watch", help="Build again whenever a file has changed, and print a line each time, until Ctrl-C.")
]


def build(
    sources: Sources,
    output: _Output = None,
    bundle: _Archive = None,
    oci: _Oci = None,
    check: _Check = False,
    emit: _Emit = None,
    package: Package = "iam",
    layout: LayoutOption = Layout.MODULES,
    gateway: GatewayFile = None,
    no_labels: _NoLabels = False,
    no_cache: _NoCache = False,
    partition: _Partition = None,
    delta: Delta = None,
    watch: _Watch = False,
    opa_url: _PushUrl = None,
    opa_token: OpaToken = None,
    sign: Sign = None,
    signing_alg: SigningAlgorithm = Algorithm.RS256,
    signing_key_id: SigningKeyId = "iam",
    scope: Scope = "",
    mask: Mask = None,
    opa_config: OpaConfig = None,
    verification_key: VerificationKey = None,
    bundles_url: BundlesUrl = "http://127.0.0.1:8282",
    opa: Opa = None,
    param: Param = None,
    params: Params = None,
    policy_type: PolicyType = Kind.IDENTITY,
    lenient: Lenient = False,
    format_: FormatOption = Format.TEXT,
    no_progress: NoProgress = False,
) -> None:
    """Compile policies to Rego: a folder that OPA loads as a bundle."""
    if emit is None and output is None and (check or not (bundle or oci or opa_url)):
        raise typer.BadParameter("name the folder to write", param_hint="-o")
    _refuse_within(output, {"--bundle": bundle, "--oci": oci, "--opa-config": opa_config})
    _refuse_within(oci, {"--bundle": bundle, "-o": output, "--opa-config": opa_config})
    if watch and (check or emit or STDIN in sources):
        raise typer.BadParameter("what is compared, printed or read from stdin does not change", param_hint="--watch")
    if partition and (check or bundle or opa_url):
        raise typer.BadParameter("partitions go to a folder of archives (-o) or to a registry (--oci)", param_hint="--partition")
    _refuse_unlabelled(layout, no_labels=no_labels)
    refuse_beside_delta(delta, layout, bundle, partition, oci, check, emit, watch)
    if (sign or mask) and not (bundle or oci or partition):
        raise typer.BadParameter("signatures and masks go into archives, not into folders: name one to write", param_hint="--bundle")
    if opa_config and not (bundle or partition):
        raise typer.BadParameter("it tells where archives are: name one to write", param_hint="--bundle")
    as_json = format_ is Format.JSON
    folder = None if no_cache else cache_folder()
    cache = Cache.at(folder / "compiled") if folder else None

    signed = signer(sign, signing_alg, signing_key_id, scope, opa, no_progress=no_progress) if sign else None
    verified = verification(signing_alg, signing_key_id, scope, verification_key) if sign and opa_config else None
    configured = Configured(opa_config, bundles_url, verified) if opa_config else None

    def compiled() -> Made:
        bound = parameters(param or (), params)
        recipe = Recipe(policy_type, lenient, bound, layout is Layout.MODULES and not no_labels, layout)
        with progress.shown("compiling", wanted=not no_progress) as step:
            found = compile_sources(sources, recipe, cache, step)
        report(found.diagnostics, as_json=as_json)
        _refuse_excess(found, layout, partition, sources[0])
        return _made(found, recipe, package, read_gateway(gateway) if gateway else None)

    with failures_reported(as_json=as_json):
        change = changing(delta)
        target = Target(package, output, bundle, oci, opa_url, opa_token, partition, mask or None, change, signed, configured)
        if emit is Emit.IR:
            bound = parameters(param or (), params)
            loaded = load_sources(sources, bound, kind=policy_type, lenient=lenient, as_json=as_json, no_progress=no_progress)
            show(loaded.policies.model_dump_json(indent=2))
        elif check and output:
            _compare(compiled().below(package), output)
        elif watch:
            rebuild([*sources, *filter(None, (params, gateway))], compiled, Deliveries(target, as_json=as_json), as_json=as_json)
        else:
            target.deliver(compiled())


def _made(compiled: Compiled, recipe: Recipe, package: str, gateway: Gateway | None) -> Made:
    told = revision(
        compiled.digest,
        recipe.parameters,
        package=package,
        labels=recipe.labels,
        lenient=recipe.lenient,
        policy_type=recipe.kind,
        layout=recipe.layout,
        gateway=gateway,
    )
    return Made(compiled.units, compiled.attachments, told, recipe.layout, gateway)


def _refuse_excess(compiled: Compiled, layout: Layout, partition: By | None, source: str) -> None:
    count = sum(unit.statements for unit in compiled.units)
    if layout is Layout.MODULES and partition is None and count > MOST_AS_MODULES:
        message = f"{count:,} statements are more than OPA should have as modules, which are {MOST_AS_MODULES:,} at the most"
        hint = "build with --layout packed, or part the estate with --partition"
        raise PolicyError([Diagnostic(Code.TOO_MANY_STATEMENTS, message, Source(source, ""), hint=hint)])


def _refuse_unlabelled(layout: Layout, *, no_labels: bool) -> None:
    if no_labels and layout is Layout.PACKED:
        raise typer.BadParameter("only modules have labels", param_hint="--no-labels")


def _refuse_within(folder: Path | None, others: Mapping[str, Path | None]) -> None:
    """Refuse to write something into a ``folder`` that is replaced."""
    for option, other in others.items():
        if folder and other and Path(os.path.realpath(other)).is_relative_to(os.path.realpath(folder)):
            raise typer.BadParameter("it may not stand in a folder that is replaced", param_hint=option)


def _compare(compiled: Bundle, directory: Path) -> None:
    with located(directory):
        differing = differing_files(compiled, directory)
    for path in differing:
        show(str(directory / path))
    if differing:
        raise typer.Exit(FINDINGS)
