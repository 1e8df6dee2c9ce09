"""The options that commands share, each with its help."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

import typer

from iam2rego.ir.policy import Kind
from iam2rego.opa import OpaError
from iam2rego.opa.address import check_address, check_token
from iam2rego.rego import Layout
from iam2rego.rego.bundle.names import KEYWORDS

_PACKAGE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*")


class Format(StrEnum):
    """How results and diagnostics are printed."""

    TEXT = "text"
    JSON = "json"


class ReportFormat(StrEnum):
    """How `test` and `conform` print their results."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"


class EngineName(StrEnum):
    """The engines that decide: in this process, an OPA server, the program `opa` once for each request."""

    NATIVE = "native"
    OPA = "opa"
    OPA_CLI = "opa-cli"


FormatOption: TypeAlias = Annotated[Format, typer.Option("--format", help="How results and diagnostics are printed.")]
ReportFormatOption: TypeAlias = Annotated[ReportFormat, typer.Option("--format", help="How results are printed.")]


LayoutOption: TypeAlias = Annotated[
    Layout,
    typer.Option(
        "--layout", help="A readable module for each policy, or all as tables that one kernel reads, in a fraction of the memory."
    ),
]


def _package_name(value: str) -> str:
    """Refuse what is no dotted package: it becomes part of every module and path."""
    if not _PACKAGE.fullmatch(value) or KEYWORDS & set(value.split(".")):
        raise typer.BadParameter(f"`{value}` is not a dotted name of letters, digits and `_` without Rego keywords, such as `company.iam`")
    return value


def checked(check: Callable[[str], object]) -> Callable[[str | None], str | None]:
    """Return a callback that refuses what ``check`` does."""

    def callback(value: str | None) -> str | None:
        try:
            if value is not None:
                check(value)
        except OpaError as refusal:
            raise typer.BadParameter(str(refusal)) from None
        return value

    return callback


_SOURCES: Final = typer.Argument(
    metavar="SOURCE...", help="Policy files, folders of *.json, policy sets, account exports; - for stdin.", show_default=False
)
Sources: TypeAlias = Annotated[list[str], _SOURCES]
OptionalSources: TypeAlias = Annotated[list[str] | None, _SOURCES]
Param: TypeAlias = Annotated[
    list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="Bind <NAME> in policies to VALUE, as literal text. Repeatable.")
]
Params: TypeAlias = Annotated[
    str | None, typer.Option("--params", metavar="FILE", help="Bind placeholders by a TOML or JSON table of names to strings.")
]
PolicyType: TypeAlias = Annotated[
    Kind, typer.Option("--policy-type", help="What the documents are that stand in files of their own, and so to whom they are attached.")
]
GatewayFile: TypeAlias = Annotated[
    str | None, typer.Option("--gateway", metavar="FILE", help="How a question of HTTP becomes a request of IAM; TOML (docs/gateway.md).")
]
Lenient: TypeAlias = Annotated[bool, typer.Option("--lenient", help="Let policies pass that mean something although AWS refuses them.")]
NoProgress: TypeAlias = Annotated[bool, typer.Option("--no-progress", help="Show no progress.")]
Package: TypeAlias = Annotated[
    str, typer.Option("--package", metavar="NAME", help="The package that everything stands below.", callback=_package_name)
]
Opa: TypeAlias = Annotated[
    str | None, typer.Option("--opa", metavar="PROGRAM", envvar="IAM2REGO_OPA", help="The OPA to use; found or built otherwise.")
]
OpaUrl: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--opa-url",
        metavar="URL",
        help="Ask this running OPA, which holds what `build` made of the sources.",
        callback=checked(check_address),
    ),
]
OpaToken: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--opa-token",
        metavar="TOKEN",
        envvar="IAM2REGO_OPA_TOKEN",
        help="The bearer token for --opa-url.",
        callback=checked(check_token),
    ),
]
