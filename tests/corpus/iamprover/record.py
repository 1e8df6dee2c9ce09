"""Asks iamprover the questions and keeps its answers: `.venv/bin/python -m tests.corpus.iamprover.record PROGRAM`.

PROGRAM is the iamprover of another virtual environment: this project neither needs nor installs it. Its answers are those of its exit
status, 0 for PASS and 2 for FAIL. Status 1 if it has another version than the one whose answers are kept.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.corpus.iamprover.questions import FILE, USER, VERSION, Question, answer, questions

_ANSWERS: Final = {0: "PASS", 2: "FAIL"}
_SECONDS: Final = 120


def main(program: str) -> int:
    """Ask all questions, and write the file anew."""
    asked = [str(Path(program).with_name("python")), "-c", "import importlib.metadata as m; print(m.version('iamprover'))"]
    version = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    if version != VERSION:
        sys.stdout.write(f"iamprover {VERSION} is wanted, and {program} has `{version}`\n")
        return 1
    lines = []
    for each in questions():
        with TemporaryDirectory() as folder:
            asked = replace(each, ours=answer(each), theirs=ask(program, each, Path(folder)))
        members = {name: value for name, value in asdict(asked).items() if value or name != "why"}
        lines.append(json.dumps(members, ensure_ascii=False) + "\n")
        if asked.ours != asked.theirs and not asked.why:
            sys.stdout.write(f"differ: {each.name}: {asked.ours}, iamprover {asked.theirs}\n")
    FILE.write_text("".join(lines), encoding="utf-8")
    return 0


def ask(program: str, question: Question, folder: Path) -> str:
    """Return iamprover's answer to a question."""
    words = [program, "verify", "--account", _written(folder, "account", _account(question.policies))]
    words += ["--invariants", _written(folder, "invariants", _invariants(question))]
    for option, layer, document in _guardrails(question.policies):
        words += [option, _written(folder, layer, document)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=_SECONDS)
    return _ANSWERS.get(done.returncode, f"status {done.returncode}: {done.stderr.strip()[-200:]}")


def _account(policies: Any) -> Any:
    """Return an account with the one user; of several documents each is a policy of its own."""
    principal = {"arn": USER, "policies": [{"name": f"p{index}", "document": each} for index, each in enumerate(policies["identity"])]}
    if "permissions_boundary" in policies:
        (boundary,) = policies["permissions_boundary"]
        principal["permission_boundary"] = boundary
    resource = [{"name": "resource", "document": policies["resource"]}] if "resource" in policies else []
    return {"principals": [principal], "resource_policies": resource}


def _invariants(question: Question) -> Any:
    return {
        "invariants": [{"id": "asked", "description": question.name, "forbid": {"action": question.action, "resource": question.resource}}]
    }


def _guardrails(policies: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield options with the documents of organizations; a level has one."""
    for option, layer in (("--scp", "service_control"), ("--rcp", "resource_control")):
        for number, (document,) in enumerate(policies.get(layer, [])):
            yield option, f"{layer}{number}", document


def _written(folder: Path, name: str, content: Any) -> str:
    """Write a file; JSON is YAML, too."""
    file = folder / f"{name}.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
