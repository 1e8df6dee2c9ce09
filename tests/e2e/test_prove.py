"""`make prove` is not run by the tests, but it starts: every module that it takes from them is there."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[2]


def test_an_unknown_claim_is_named() -> None:
    (path,) = re.findall(r"PYTHONPATH=(\S+) .*prove\.py", (CHECKOUT / "Makefile").read_text(encoding="utf-8"))
    command = [sys.executable, "tests/prove/prove.py", "no_such_claim"]
    done = subprocess.run(command, cwd=CHECKOUT, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "there is no claim no_such_claim\n")
