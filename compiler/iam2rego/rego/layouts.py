"""The layouts of a bundle."""

from enum import StrEnum


class Layout(StrEnum):
    """How policies stand in a bundle: one readable module each, or tables of data that one fixed kernel reads."""

    MODULES = "modules"
    PACKED = "packed"
