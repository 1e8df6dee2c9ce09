"""``init``: writes the files of a new project."""

import shlex
from pathlib import Path

import click

from iam2rego.cli.commands.init.project import FILES
from iam2rego.cli.shared.command import argument, command, options
from iam2rego.cli.shared.output import failures_reported, located, refuse, show


@options
class Options:
    """The options of `init`."""

    folder: Path = argument(
        "[DIR]", "The folder of the project; by default the current one.", required=False, default=".", type=click.Path(path_type=Path)
    )


@command
def run(options: Options) -> None:
    """Write a policy, scenarios of it, a configuration and a workflow of GitHub.

    Files that exist are never changed: if one of them does, nothing is written and the exit status is 2.
    """
    folder = options.folder
    if taken := [name for name in FILES if (folder / name).exists()]:
        refuse(f"nothing is written, because there is already {', '.join(f'`{folder / each}`' for each in taken)}")
    with failures_reported():
        for name, text in FILES.items():
            with located(folder / name):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8")
            show(str(folder / name))
    entering = f"  cd {shlex.quote(str(folder))}\n" if folder != Path() else ""
    show(f"\nNext:\n{entering}  iam2rego check policies\n  iam2rego test policies\n  iam2rego build policies -o bundle")
