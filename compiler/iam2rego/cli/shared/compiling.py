"""Compiles what the arguments of `build` and `bundle` name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from iam2rego.building import Cache, Recipe, compile_sources
from iam2rego.cache_dir import cache_folder
from iam2rego.cli.shared import progress
from iam2rego.cli.shared.command import flag, options
from iam2rego.cli.shared.options import Printing, Reading, chosen_layout_option, gateway_option, package_option
from iam2rego.cli.shared.output import report, tell_sums
from iam2rego.cli.shared.revision import revision
from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.ir.attachments import Attachments
from iam2rego.rego.bundle.assemble import Bundle, assemble
from iam2rego.rego.bundle.layouts import MOST_AS_MODULES, Layout
from iam2rego.rego.bundle.partition import KERNEL, By, partitioned
from iam2rego.rego.bundle.unit import Unit
from iam2rego.source import Source

if TYPE_CHECKING:
    from iam2rego.ir.gateway import Gateway


@options
class Compiling:
    """What is compiled."""

    heading: ClassVar = "Compiler"

    layout: Layout | None = chosen_layout_option()
    no_labels: bool = flag(
        "--no-labels", explanation="Leave the METADATA labels out of modules: OPA takes less memory, and its log names no statements."
    )
    package: str = package_option()
    gateway: str | None = gateway_option()


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of sources: units of the policies, who has these, the revision of all that, the layout, the gateway before it."""

    units: Sequence[Unit]
    attachments: Attachments
    revision: str
    layout: Layout
    gateway: "Gateway | None" = None

    @property
    def statements(self) -> int:
        """The number of statements in all policies."""
        return sum(unit.statements for unit in self.units)

    def below(self, package: str) -> Bundle:
        """Put it together below a package."""
        return self._behind_gateway(
            assemble(self.units, self.attachments, revision=self.revision, package=package, layout=self.layout), package
        )

    def refuse_too_many(self, source: str) -> None:
        """Raise a `PolicyError` at the first ``source`` if OPA could not hold all statements as modules."""
        if self.layout is Layout.MODULES and self.statements > MOST_AS_MODULES:
            message = f"{self.statements:,} statements are too many for OPA to hold as modules: the limit is {MOST_AS_MODULES:,}"
            hint = "write them with --layout packed, or split the estate with `iam2rego bundle --partition-by account`"
            raise PolicyError([Diagnostic(Code.TOO_MANY_STATEMENTS, message, Source(source, ""), hint=hint)])

    def parts(self, by: By, package: str) -> Mapping[str, Bundle]:
        """Put it together as partitions; the gateway is in the kernel."""
        parts = partitioned(self.units, self.attachments, by=by, package=package, below=self._part)
        return {**parts, KERNEL: self._behind_gateway(parts[KERNEL], package)}

    def _behind_gateway(self, bundle: Bundle, package: str) -> Bundle:
        if not self.gateway:
            return bundle
        from iam2rego.rego.gateway.settings import with_gateway  # here, since most bundles have no gateway

        return with_gateway(bundle, self.gateway, package)

    def _part(self, units: Sequence[Unit], attachments: Attachments, package: str) -> Bundle:
        return assemble(units, attachments, revision="", package=package, layout=self.layout)


def made_of(sources: Sequence[str], reading: Reading, compiling: Compiling, printing: Printing) -> Made:
    """Compile ``sources``, and print their warnings and notices.

    Raises:
        PolicyError: a source, a parameter or the gateway's file cannot be used.
    """
    wanted = Recipe(reading.policy_type, reading.lenient, reading.bound(), not compiling.no_labels, compiling.layout)
    folder = cache_folder()
    with progress.shown("compiling", wanted=not printing.quiet) as step:
        found = compile_sources(sources, wanted, Cache.at(folder / "compiled") if folder else None, step)
    tell_sums(found.sums, wanted=not printing.quiet and not printing.as_json)
    report(found.diagnostics, as_json=printing.as_json)
    gateway = _gateway(compiling.gateway) if compiling.gateway else None
    recipe = found.recipe
    assert recipe.layout, "it was settled for the sources"
    options: Mapping[str, Any] = {"package": compiling.package, "labels": recipe.labels, "lenient": reading.lenient}
    told = revision(found.digest, recipe.parameters, policy_type=reading.policy_type, layout=recipe.layout, gateway=gateway, **options)
    return Made(found.units, found.attachments, told, recipe.layout, gateway)


def _gateway(file: str) -> "Gateway":
    from iam2rego.sources.gateway import read_gateway  # here, since most bundles have no gateway

    return read_gateway(file)
