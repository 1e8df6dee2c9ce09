"""Pauses the garbage collector for work that makes many objects and few cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause the search for cycles in the block: if nearly all objects stay alive, Python would scan them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
