"""The layouts of a bundle."""

from enum import StrEnum
from typing import Final


class Layout(StrEnum):
    """The form of policies in a bundle: a readable module each, or tables of data that a fixed kernel reads."""

    MODULES = "modules"
    PACKED = "packed"


LARGE: Final = 1_048_576
"""The bytes of sources, some hundreds of policies, beyond which a build packs them unless its user chooses: 500 modules already take twice
OPA's memory for tables and a second of its start."""


def layout_for(size: int) -> Layout:
    """Return the layout for sources of ``size`` bytes: readable modules, but tables for large estates."""
    return Layout.PACKED if size > LARGE else Layout.MODULES


MOST_AS_MODULES: Final = 100_000
"""Maximum number of statements of a bundle of modules: OPA needs 43 KiB of memory, and half a millisecond to start, for each."""
