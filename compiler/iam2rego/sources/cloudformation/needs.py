"""Says which names nothing tells, and how to bind them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.source import Source, Span

DESCRIBED: Final = "--stack with what `aws cloudformation describe-stack-resources` prints"


def unknown_names(needs: Mapping[str, Iterable[Span]], source: Source) -> Iterator[Diagnostic]:
    """Yield an error for every place that needs a name that nothing tells."""
    for name, places in needs.items():
        hint = f"`--param {shell_word(name)}=...`, or --stack with what `aws cloudformation {_command(name)}` prints"
        yield from (Diagnostic(Code.UNKNOWN_NAME, f"nothing tells `{name}`", source, span, hint) for span in places)


def shell_word(name: str) -> str:
    """Return a name as a word of a shell."""
    return f"'{name}'" if "{" in name else name


def _command(name: str) -> str:
    """Return the command of the AWS CLI that prints the value of a name."""
    if name.startswith("import:"):
        return "list-exports"
    return "describe-stacks" if name.startswith("AWS::") else "describe-stack-resources"
