"""``partition``: compiles an estate to several bundles."""

from pathlib import Path

import click

from iam2rego.cli.shared.command import choice, command, group, option, options
from iam2rego.cli.shared.compiling import Compiling, made_of
from iam2rego.cli.shared.options import Printing, Reading, sources_argument
from iam2rego.cli.shared.output import failures_reported
from iam2rego.cli.shared.placing import Folder, place
from iam2rego.rego import By, bundle_files, write_archives


@options
class Options:
    """The options of `partition`."""

    sources: tuple[str, ...] = sources_argument()
    output: Path = option(
        *("-o", "--output"),
        metavar="DIR",
        required=True,
        type=click.Path(path_type=Path),
        help="The folder of archives to write: absent, empty, or an earlier command's.",
    )
    by: By = choice(
        "--by",
        default=By.ACCOUNT,
        explanation="Write an archive an exported account, or one an account and first letter of a principal's name.",
    )
    compiling: Compiling = group(Compiling)
    reading: Reading = group(Reading)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Compile account exports to several bundles, so that an OPA loads only those of the accounts that it serves.

    Writes an archive for each part, one for all other callers, and the kernel, which every OPA loads. `iam2rego bundle` signs
    and masks them.
    """
    with failures_reported(as_json=options.printing.as_json):
        made = made_of(options.sources, options.reading, options.compiling, options.printing)
        parts = made.parts(options.by, options.compiling.package)
        place({}, [Folder(options.output, bundle_files, lambda path: write_archives(parts, path))])
