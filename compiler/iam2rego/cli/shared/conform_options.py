"""The options of `conform` alone, and which of them exclude each other."""

import math
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from iam2rego.cli.shared.engines import refuse_url
from iam2rego.cli.shared.options import EngineName
from iam2rego.rego import Layout


def _positive(value: float | None) -> float | None:
    if value is not None and not 0 < value < math.inf:
        raise typer.BadParameter(f"`{value}` is not a number of requests above 0")
    return value


Seed: TypeAlias = Annotated[int, typer.Option("--seed", help="Another seed makes other requests.")]
Requests: TypeAlias = Annotated[str | None, typer.Option("--requests", metavar="FILE", help="Decide these requests too; - for stdin.")]
Rego: TypeAlias = Annotated[
    Path | None, typer.Option("--rego", metavar="DIR", exists=True, file_okay=False, help="Check an output built earlier.")
]
ConformEngine: TypeAlias = Annotated[EngineName, typer.Option("--engine", help="Who is compared with the native engine.")]
Rate: TypeAlias = Annotated[
    float | None,
    typer.Option("--rate", metavar="N", help="Ask --opa-url at most N requests a second.", callback=_positive),
]
Resume: TypeAlias = Annotated[
    Path | None,
    typer.Option("--resume", metavar="FILE", dir_okay=False, help="Note in FILE how far a run against --opa-url is, and go on from there."),
]
RandomCount: TypeAlias = Annotated[
    int | None,
    typer.Option("--random", metavar="N", min=1, help="Draw policies and N requests instead of reading sources; stop at a disagreement."),
]
Save: TypeAlias = Annotated[
    Path | None, typer.Option("--save", metavar="DIR", file_okay=False, help="Save what --random finds there, as a scenario for `test`.")
]


def refuse_beside_random(*named: object) -> None:
    """Refuse what would speak of given policies."""
    if any(named):
        raise typer.BadParameter(
            "of the other options only --seed, --lenient, --layout, --save and --format stand beside it", param_hint="--random"
        )


def refuse_beside_mutate(*named: object) -> None:
    """Refuse what would speak of another output than the compiler's own, or of other requests than those made from the policies."""
    if any(named):
        raise typer.BadParameter("--mutate excludes --engine, --rego, --opa-url, --requests and --html", param_hint="--mutate")


def refuse_beside_gateway(*named: object) -> None:
    """Refuse what speaks of requests, while a gateway is asked documents."""
    if any(named):
        raise typer.BadParameter("--gateway excludes --engine, --mutate, --html, --rate and --resume", param_hint="--gateway")


def refuse_contradictions(
    engine: EngineName, layout: Layout, rego: Path | None, url: str | None, rate: float | None, resume: Path | None
) -> None:
    """Refuse an engine or a layout that does not fit what is asked, and options of a run against a server where there is none."""
    if engine is EngineName.NATIVE:
        raise typer.BadParameter("the native engine always decides; name the one to compare with it", param_hint="--engine")
    if rego and url:
        raise typer.BadParameter("--rego and --opa-url exclude each other", param_hint="--rego")
    if layout is not Layout.MODULES and (rego or url):
        raise typer.BadParameter("what was built earlier has its layout already, and is checked in either", param_hint="--layout")
    if (rate or resume) and not url:
        raise typer.BadParameter("only a run against --opa-url has one", param_hint="--rate" if rate else "--resume")
    refuse_url(engine, url)
