"""The options that `conform` and `conform-gateway` share: what is asked, and of which OPA."""

from pathlib import Path
from typing import ClassVar

import click

from iam2rego.cli.shared.command import option, options
from iam2rego.cli.shared.options import opa_option, package_option, token_option, url_option
from iam2rego.cli.shared.output import refuse


@options
class Requests:
    """What is asked."""

    heading: ClassVar = "Requests"

    requests: str | None = option("--requests", metavar="FILE", help="Ask these requests too, one a line; - for stdin.")
    seed: int = option("--seed", default=0, metavar="N", type=int, help="Another seed makes other requests.")


@options
class Compared:
    """The OPA that is compared."""

    heading: ClassVar = "OPA"

    rego: Path | None = option(
        "--rego",
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Check this output of `build`, instead of what the compiler makes now.",
    )
    opa_url: str | None = url_option("Check this running OPA, instead of one of our own.")
    opa_token: str | None = token_option()
    package: str = package_option()
    opa: str | None = opa_option()

    def refuse_contradictions(self) -> None:
        """Refuse to check two outputs."""
        if self.rego and self.opa_url:
            refuse("--rego and --opa-url exclude each other")
        if self.rego and next(self.rego.rglob("*.rego"), None) is None:
            refuse(f"`{self.rego}` holds no Rego: name a folder that `build` wrote", "--rego")
