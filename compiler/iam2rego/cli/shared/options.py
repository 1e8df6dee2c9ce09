"""The options that commands share, in groups."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Final, Protocol

import click

from iam2rego.cli.shared.command import Choice, argument, choice, flag, option, options
from iam2rego.ir.policy import Kind
from iam2rego.opa import OpaError
from iam2rego.opa.address import check_address, check_token
from iam2rego.rego.bundle.layouts import LARGE, Layout
from iam2rego.rego.bundle.names import KEYWORDS
from iam2rego.sources.parameters import parameters
from iam2rego.sources.stacks import ASSUMED, stack_names

_PACKAGE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")
_KINDS: Final = ", ".join(Kind)


class Format(StrEnum):
    """How results and diagnostics are printed."""

    TEXT = "text"
    JSON = "json"


class ReportFormat(StrEnum):
    """How reports are printed."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


class EngineName(StrEnum):
    """The engines that decide: in this process, an OPA server, the program `opa` once for each request."""

    NATIVE = "native"
    OPA = "opa"
    OPA_CLI = "opa-cli"


def sources_argument() -> Any:
    """Declare the policies that a command reads."""
    return argument("SOURCE...", "Policy files, templates, folders of them, policy sets, account exports; - for stdin.", nargs=-1)


def quiet_option() -> Any:
    """Declare the option of every command that says something about its own work."""
    return flag("-q", "--quiet", "--no-progress", explanation="Print results and diagnostics only, and show no progress.")


def gateway_option(explanation: str = "A TOML file that says how a question of HTTP becomes a request of IAM (docs/gateway.md).") -> Any:
    """Declare a gateway's file."""
    return option("--gateway", metavar="FILE", help=explanation)


def layout_option() -> Any:
    """Declare the layout of the bundle that an OPA of our own gets."""
    return choice("--layout", default=Layout.MODULES, explanation="Give OPA one module for each policy, or all policies packed as tables.")


def chosen_layout_option() -> Any:
    """Declare the layout of a bundle to write; without it, the size of the sources chooses."""
    explanation = (
        "Write one readable module for each policy, or all policies packed as tables, which take less of OPA's memory. "
        f"By default, sources of more than {LARGE // 1_048_576} MiB are packed."
    )
    return option("--layout", type=Choice(Layout), help=explanation)


def package_option() -> Any:
    """Declare the package that OPA is asked for."""
    return option("--package", default="iam", metavar="NAME", callback=_package, help="The Rego package that holds the policies.")


def opa_option() -> Any:
    """Declare the OPA that a command runs."""
    explanation = "The OPA to run; without it, OPA is found or built."
    return option("--opa", metavar="PROGRAM", envvar="IAM2REGO_OPA", show_envvar=True, help=explanation)


def url_option(explanation: str) -> Any:
    """Declare the address of an OPA that runs already."""
    return option("--opa-url", metavar="URL", callback=_checked(check_address), help=explanation)


def token_option() -> Any:
    """Declare the token for an OPA that runs already."""
    settings: Mapping[str, Any] = {"envvar": "IAM2REGO_OPA_TOKEN", "show_envvar": True, "callback": _checked(check_token)}
    return option("--opa-token", metavar="TOKEN", help="The bearer token for --opa-url.", **settings)


def _package(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """Refuse what is no dotted package: it becomes part of every module and path."""
    if not _PACKAGE.fullmatch(value) or KEYWORDS & set(value.split(".")):
        raise click.BadParameter(f"`{value}` is not a dotted name of letters, digits and `_` without Rego keywords, such as `company.iam`")
    return value


def _checked(check: Callable[[str], object]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Return a callback that refuses what ``check`` refuses."""

    def callback(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
        try:
            if value is not None:
                check(value)
        except OpaError as refusal:
            raise click.BadParameter(str(refusal)) from None
        return value

    return callback


@options
class Parameters:
    """How placeholders in policies are bound."""

    heading: ClassVar = "Policies"

    param: tuple[str, ...] = option(
        *("--param", "--params"),
        metavar="NAME=VALUE|FILE",
        multiple=True,
        help="Replace <NAME> in policies by VALUE, as literal text; or every name in FILE, a TOML or JSON table. Repeatable.",
    )

    def bound(self) -> Mapping[str, str]:
        """Return the values of placeholders by name."""
        return parameters(self.param)


@options
class Placeholders(Parameters):
    """How placeholders in policies are bound, and what policies may be."""

    lenient: bool = flag("--lenient", explanation="Accept policies that AWS refuses where their meaning is clear.")


@options
class Reading(Placeholders):
    """How policies in files of their own are read."""

    stack: tuple[str, ...] = option(
        "--stack",
        metavar="FILE",
        multiple=True,
        help="What the AWS CLI prints about a stack or its exports: names that a template does not tell. Repeatable.",
    )
    policy_type: Kind = choice(
        "--policy-type",
        default=Kind.IDENTITY,
        metavar="TYPE",
        explanation=f"The type of bare policy documents, which decides whom they are attached to: {_KINDS}.",
    )

    def bound(self) -> Mapping[str, str]:
        """Return the values of placeholders and of names in templates; a parameter comes before what a stack tells."""
        return {**stack_names(self.stack), **parameters(self.param)}

    def words(self) -> list[str]:
        """Return the options by which another command reads the same policies."""
        bound = [word for each in self.param for word in ("--param", each)]
        stacks = [word for each in self.stack for word in ("--stack", each)]
        typed = () if self.policy_type is Kind.IDENTITY else ("--policy-type", self.policy_type.value)
        return [*bound, *stacks, *typed, *(("--lenient",) if self.lenient else ())]


class Prints(Protocol):
    """What a command prints beside its result."""

    @property
    def quiet(self) -> bool:
        """Whether progress is not shown."""

    @property
    def as_json(self) -> bool:
        """Whether diagnostics are printed as JSON."""


@options
class Assuming(Reading):
    """How policies are read where names may be invented. A bundle has no invented names: a `Deny` with one would deny nothing."""

    assume_names: bool = flag(
        "--assume-names", explanation="Invent the names in templates that nothing tells: the ids of resources and parameters."
    )

    def bound(self) -> Mapping[str, str]:
        """Return the values of placeholders and of names in templates."""
        return {**super().bound(), **({ASSUMED: ""} if self.assume_names else {})}


@options
class Printing:
    """What a command prints."""

    heading: ClassVar = "Output"

    format: Format = choice("--format", default=Format.TEXT, explanation="How results and diagnostics are printed.")
    quiet: bool = quiet_option()

    @property
    def as_json(self) -> bool:
        """Whether diagnostics are printed as JSON."""
        return self.format is Format.JSON


@options
class ReportPrinting:
    """What a command with a report prints."""

    heading: ClassVar = "Output"

    format: ReportFormat = choice("--format", default=ReportFormat.TEXT, explanation="How the report is printed.")
    quiet: bool = quiet_option()

    @property
    def as_json(self) -> bool:
        """Whether diagnostics are printed as JSON."""
        return self.format is ReportFormat.JSON
