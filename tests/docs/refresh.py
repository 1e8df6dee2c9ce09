"""Writes into the documents what their commands print and what the files they quote hold: ``python tests/docs/refresh.py``.

A ``console`` block holds commands after ``$ ``, a line that goes on ending in a backslash, each with what a terminal then shows;
they are typed in their order in a copy of the checkout. A block after ``<!-- file: PATH -->`` is text of that file: what does not
stand there any longer is replaced by the whole file. `test_documents.py` fails where a document is not up to date. The JSON Schema
of policy-set files is written from its models.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from iam2rego.sources.schema import schema_text

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
SCHEMA: Final = CHECKOUT / "docs" / "policy-set.schema.json"
_TRANSCRIPT: Final = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_EXCERPT: Final = re.compile(r"^(<!-- file: (\S+) -->\n```\w*\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND: Final = re.compile(r"^\$ ((?:.*\\\n)*.*\n)", re.MULTILINE)


def text(document: str) -> str:
    """Return the document as it is."""
    return (CHECKOUT / document).read_text(encoding="utf-8")


def refreshed(document: str, sandbox: Path) -> str:
    """Return the document as it should be; its commands are typed in ``sandbox``."""
    quoted = _EXCERPT.sub(lambda block: block[1] + excerpt(block[2], block[3]), text(document))
    return _TRANSCRIPT.sub(lambda block: transcript(block[0], sandbox), quoted)


def excerpt(file: str, quoted: str) -> str:
    """Return ``quoted`` if ``file`` holds it, and all of the file otherwise."""
    whole = (CHECKOUT / file).read_text(encoding="utf-8")
    return quoted if quoted and quoted in whole else whole


def transcript(block: str, sandbox: Path) -> str:
    """Return the commands of ``block``, each with what it prints now."""
    return "".join(f"$ {command}{typed(command, sandbox)}" for command in _COMMAND.findall(block))


def typed(command: str, sandbox: Path) -> str:
    """Return what a terminal shows for a command, which is standard output and error together."""
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120", "PYTHONUNBUFFERED": "1"}
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
    """Refresh every document, and name those that changed; and the schema."""
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    for document in DOCUMENTS:
        with TemporaryDirectory() as folder:
            lay_out(Path(folder))
            wanted = refreshed(document, Path(folder))
        if wanted != text(document):
            (CHECKOUT / document).write_text(wanted, encoding="utf-8")
            sys.stdout.write(f"{document} is refreshed\n")


if __name__ == "__main__":
    main()
