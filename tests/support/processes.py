"""What processes that a test starts are given, and what becomes of them."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

SECONDS: Final = 600
"""After these nothing comes any more: it is a bound against hanging, which no load should reach."""


FREELY: Final = {**os.environ, "GOGC": "off", "GOMEMLIMIT": "3GiB"}
"""The environment of an OPA that answers once: so short a process need not collect garbage, which takes a third of its time."""


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return holds()


def is_gone(number: int) -> bool:
    """Whether a process has ended; where nobody waits for it, it stays in the table of processes as a zombie."""
    try:
        os.kill(number, 0)
        return Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].startswith("Z")
    except (ProcessLookupError, FileNotFoundError):
        return True
