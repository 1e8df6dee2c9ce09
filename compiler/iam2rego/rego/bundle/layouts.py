"""The layouts of a bundle."""

from enum import StrEnum
from typing import Final


class Layout(StrEnum):
    """The form of policies in a bundle: a readable module each, or tables of data that a fixed kernel reads."""

    MODULES = "modules"
    PACKED = "packed"


MOST_AS_MODULES: Final = 100_000
"""Maximum number of statements of a bundle of modules: OPA needs 43 KiB of memory, and half a millisecond to start, for each."""
