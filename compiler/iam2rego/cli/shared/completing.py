"""What shells complete: files, folders, and the codes of findings. Enumerations complete their own values."""

import click
from click.shell_completion import CompletionItem


def files(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the name of a file or folder."""
    return [CompletionItem(incomplete, type="file")]


def folders(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the name of a folder."""
    return [CompletionItem(incomplete, type="dir")]


def codes(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the last of the codes that commas separate, each with what it means."""
    from iam2rego.lint.registry import all_findings  # here, since only completion needs it

    before, comma, begun = incomplete.rpartition(",")
    found = ((code, finding) for code, finding in all_findings().items() if code.startswith(begun.upper()))
    return [CompletionItem(f"{before}{comma}{code}", help=finding.name) for code, finding in sorted(found)]
