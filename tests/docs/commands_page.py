"""`docs/commands.md`: the help of every command, as Markdown."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import click

from iam2rego.cli.main import program

_HEAD: Final = """<!-- `python -m tests.docs.refresh` writes this page from the help of the commands. -->

# Commands

`iam2rego COMMAND --help` prints the same. [ci.md](ci.md) and [building.md](building.md) show the commands at work.

Results go to standard output, everything else to standard error. The exit status says how it went:

| status | |
|---|---|
| 0 | it holds, or it is done |
| 1 | there are findings, a scenario failed, or engines disagree |
| 2 | the command or a file could not be used; nothing is written |
| 3 | the surroundings failed: there is no OPA, or a server does not answer |
"""
_DOCUMENT: Final = re.compile(r"docs/([\w-]+\.md)")


class _Markdown(click.HelpFormatter):
    """Writes help as Markdown: sections as paragraphs in bold, options as tables."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - the name is in the heading
        self.write(f"```text\n{prog} {args}\n```\n")

    def write_text(self, text: str) -> None:
        self.write("".join(f"\n{_prose(paragraph)}\n" for paragraph in re.split(r"\n\s*\n", text)))

    def write_heading(self, heading: str) -> None:
        self.write(f"\n**{_prose(heading)}**\n\n| | |\n|---|---|\n")

    def write_paragraph(self) -> None:
        """Write nothing: what follows begins with an empty line."""

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:  # noqa: ARG002 - no columns
        self.write("".join(f"| {_code(option)} | {_cell(_prose(meaning))} |\n" for option, meaning in rows))


def commands_page() -> str:
    """Return the text of `docs/commands.md`."""
    context = program.make_context("iam2rego", [], resilient_parsing=True)
    return "\n".join((_HEAD, *_sections(program, context)))


def _sections(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        below = command.make_context(name, [], parent=context, resilient_parsing=True)
        if isinstance(command, click.Group):
            yield from _sections(command, below)
        else:
            formatter = _Markdown()
            command.format_help(below, formatter)
            yield f"## {below.command_path.removeprefix('iam2rego ')}\n\n{formatter.getvalue()}"


def _code(text: str) -> str:
    return _cell(f"`{text}`")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _prose(text: str) -> str:
    """Return text as Markdown that shows it: on one line, and with links to the documents that it names."""
    literal = re.sub(r"[*<]", lambda sign: f"\\{sign[0]}", re.sub(r"\s+", " ", text).strip())
    return _DOCUMENT.sub(r"[\1](\1)", literal)
