"""A stranger's session: an empty home, a wheel, and the documents."""

import sys
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.docs.refresh import commands_without_output, lay_out, of_any_version, refreshed, text
from tests.docs.terminal import commands
from tests.prove.commands import copy_checkout, link_programs
from tests.prove.setting import Setting, Verdict, run

_WITH_THE_EXAMPLES: Final = ("README.md", "docs/cookbook.md")
_IN_AN_EMPTY_FOLDER: Final = ("docs/tutorial.md", "docs/migration.md")
_OURS: Final = ".venv/bin/iam2rego "


def a_stranger_follows_the_documents(setting: Setting) -> Verdict:
    """With a wheel, an OPA on PATH and an empty home every command of README, tutorial, cookbook and migration does what it shows.

    So all of it works without the repository: install, check, eval, test, build, bundle, OPA serving what was built, requests decided.
    """
    with TemporaryDirectory() as folder:
        home = Path(folder, "home")
        programs = link_programs(home / "bin")
        (programs / "opa").symlink_to(setting.binary.path)
        environment = {"HOME": str(home), "PATH": str(programs)}
        ours = _installed(Path(folder), environment)
        environment["PATH"] = f"{ours}:{programs}"
        differences = list(_differences(Path(folder), ours, environment))
    documents = (*_WITH_THE_EXAMPLES, *_IN_AN_EMPTY_FOLDER)
    shown = sum(len(commands(text(document))) for document in documents) + len(_pasted())
    told = f"{shown} commands of {len(documents)} documents, {len(differences)} of them do something else"
    return Verdict(shown > 50 and not differences, told, "\n".join(differences))


def _installed(folder: Path, environment: Mapping[str, str]) -> Path:
    """Return the programs of a virtual environment that has the wheel, which is made of a copy that is gone afterwards."""
    python = folder / "environment" / "bin" / "python"
    with TemporaryDirectory() as clone:
        copy_checkout(Path(clone))
        for command in (
            [Path(sys.executable).resolve(), "-m", "venv", folder / "environment"],
            [python, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, clone],
        ):
            said = run(command, cwd=folder, environment=environment)
            assert said.status == 0, said.text
    (wheel,) = folder.glob("*.whl")
    said = run([python, "-m", "pip", "install", "--quiet", wheel], cwd=folder, environment=environment)
    assert said.status == 0, said.text
    return python.parent


def _differences(folder: Path, ours: Path, environment: Mapping[str, str]) -> Iterator[str]:
    for document in (*_WITH_THE_EXAMPLES, *_IN_AN_EMPTY_FOLDER):
        sandbox = folder / document
        sandbox.mkdir(parents=True)
        if document in _WITH_THE_EXAMPLES:
            lay_out(sandbox, ours)
        wanted, found = (of_any_version(each).splitlines() for each in (text(document), refreshed(document, sandbox, environment)))
        yield from ([f"{document}:", *unified_diff(wanted, found, lineterm="", n=0)] if wanted != found else ())
    for line in _pasted():
        said = run(["sh", "-c", line], cwd=folder / "README.md", environment=environment)
        if said.status != 0:
            yield f"README.md: {line}: status {said.status}\n{said.text}"


def _pasted() -> list[str]:
    """Return the commands of the README that show no output, and need nothing but iam2rego."""
    return [line for line in commands_without_output("README.md") if line.startswith(_OURS)]
