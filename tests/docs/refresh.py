"""Writes into the documents what their commands print and what the files they quote hold: ``python -m tests.docs.refresh``.

A ``console`` block holds commands after ``$ `` and what a terminal shows for each; a backslash at the end of a line continues the command.
The commands run in order, in a copy of the checkout. A block after ``<!-- file: PATH -->`` quotes that file: text that the file no longer
holds is replaced by the whole file. After ``<!-- beside: PROGRAM -->`` the commands run while that Python program runs. It listens on
port 0, and its first line gives the address that replaces the document's port 8080. `test_documents.py` fails if a document is out of date.
The JSON Schemas of policy sets and of findings come from their models, `docs/diagnostics.md` and `docs/diagnostics/` from the findings.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.cli.commands.check.schema import schema_text as check_schema
from iam2rego.lint.page import pages
from iam2rego.lint.registry import all_findings
from iam2rego.sources.schema import schema_text as policy_set_schema

CHECKOUT: Final = Path(__file__).parents[2]
DOCUMENTS: Final = sorted(
    path.relative_to(CHECKOUT).as_posix()
    for path in {
        *CHECKOUT.glob("*.md"),
        *CHECKOUT.glob("docs/**/*.md"),
        *CHECKOUT.glob("examples/*/README.md"),
        *CHECKOUT.glob("tests/*.md"),
    }
)
DOCS: Final = CHECKOUT / "docs"
SCHEMAS: Final = {DOCS / "policy-set.schema.json": policy_set_schema, DOCS / "check.schema.json": check_schema}
ADDRESS: Final = "http://127.0.0.1:8080"
_BESIDE: Final = re.compile(r"^<!-- beside: (\S+) -->$", re.MULTILINE)
_TRANSCRIPT: Final = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_EXCERPT: Final = re.compile(r"^(<!-- file: (\S+) -->\n```\w*\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND: Final = re.compile(r"^\$ ((?:.*\\\n)*.*\n)", re.MULTILINE)


def text(document: str) -> str:
    """Return the document as it is."""
    return (CHECKOUT / document).read_text(encoding="utf-8")


def refreshed(document: str, sandbox: Path) -> str:
    """Return the document as it should be; its commands are typed in ``sandbox``."""
    quoted = _EXCERPT.sub(lambda block: block[1] + excerpt(block[2], block[3]), text(document))
    with beside(_BESIDE.search(quoted), sandbox) as address:
        return _TRANSCRIPT.sub(lambda block: transcript(block[0], sandbox, address), quoted)


@contextmanager
def beside(program: re.Match[str] | None, sandbox: Path) -> Iterator[str]:
    """Run a program in ``sandbox`` for as long as the block lasts; yield the address that it is reached at."""
    if program is None:
        yield ADDRESS
        return
    command = [sys.executable, CHECKOUT / program[1], "0"]
    with subprocess.Popen(
        command, cwd=sandbox, env={**os.environ, "PYTHONPATH": str(CHECKOUT)}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split()[0]
        process.terminate()


def excerpt(file: str, quoted: str) -> str:
    """Return ``quoted`` if ``file`` holds it, and all of the file otherwise."""
    whole = (CHECKOUT / file).read_text(encoding="utf-8")
    return quoted if quoted and quoted in whole else whole


def transcript(block: str, sandbox: Path, address: str) -> str:
    """Return the commands of ``block``, each with what it prints now."""
    return "".join(f"$ {command}{typed(command.replace(ADDRESS, address), sandbox)}" for command in _COMMAND.findall(block))


def typed(command: str, sandbox: Path) -> str:
    """Return what a terminal shows for a command, which is standard output and error together."""
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", "PYTHONUNBUFFERED": "1", "SOURCE_DATE_EPOCH": "1795000000"}
    done = subprocess.run(
        ["sh", "-c", command], cwd=sandbox, env=environment, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.stdout


def lay_out(sandbox: Path) -> None:
    """Copy into ``sandbox`` what the commands read and write, as a checkout is after `make demo`."""
    for folder in ("examples", "rego_out"):
        shutil.copytree(CHECKOUT / folder, sandbox / folder)
    (sandbox / ".venv").mkdir()
    (sandbox / ".venv" / "bin").symlink_to(Path(sys.executable).parent)


def main() -> None:
    """Refresh every document, and name those that changed; and what is written from the package: the schemas and the findings."""
    for place, schema in SCHEMAS.items():
        place.write_text(schema(), encoding="utf-8")
    for path, page in pages(all_findings().values()).items():
        (DOCS / path).write_text(page, encoding="utf-8")
    for document in DOCUMENTS:
        with TemporaryDirectory() as folder:
            lay_out(Path(folder))
            wanted = refreshed(document, Path(folder))
        if wanted != text(document):
            (CHECKOUT / document).write_text(wanted, encoding="utf-8")
            sys.stdout.write(f"{document} is refreshed\n")


if __name__ == "__main__":
    main()
