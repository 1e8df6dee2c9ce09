"""The layouts of a bundle."""

from enum import StrEnum
from typing import Final


class Layout(StrEnum):
    """What policies become in a bundle: one readable module each, or tables of data that one fixed kernel reads."""

    MODULES = "modules"
    PACKED = "packed"


MOST_AS_MODULES: Final = 100_000
"""How many statements a bundle may have as modules: for each OPA takes 43 KiB of memory, and half a millisecond to start."""
