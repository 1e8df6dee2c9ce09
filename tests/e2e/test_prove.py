"""`make prove` is not run by the tests, but it starts: every module that it takes from them is there."""

import subprocess
import sys
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[2]


def test_an_unknown_claim_is_named() -> None:
    command = [sys.executable, "-m", "tests.prove", "no_such_claim"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "there is no claim no_such_claim\n")
