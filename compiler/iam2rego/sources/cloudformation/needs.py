"""Says which names nothing tells, and how to bind them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Source, Span

DESCRIBED: Final = "--stack with what `aws cloudformation describe-stack-resources` prints"


def unknown_names(needs: Mapping[str, Sequence[Span]], source: Source) -> Iterator[Diagnostic]:
    """Yield an error for every name that nothing tells, at the first place that needs it; the others are in its hint."""
    for name, places in needs.items():
        first, *others = sorted(places, key=lambda span: (span.line, span.column))
        hint = f"`--param {shell_word(name)}=...`, or --stack with what `aws cloudformation {_command(name)}` prints"
        if others:
            lines = list(dict.fromkeys(str(span.line) for span in others))
            hint += f"; line{'' if len(lines) == 1 else 's'} {', '.join(lines)} need{'s' if len(lines) == 1 else ''} it too"
        yield Diagnostic(Code.UNKNOWN_NAME, f"nothing tells `{name}`", source, first, hint)


def shell_word(name: str) -> str:
    """Return a name as a word of a shell."""
    return f"'{name}'" if "{" in name else name


def _command(name: str) -> str:
    """Return the command of the AWS CLI that prints the value of a name."""
    if name.startswith("import:"):
        return "list-exports"
    return "describe-stacks" if name.startswith("AWS::") else "describe-stack-resources"
