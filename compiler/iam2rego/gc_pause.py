"""Pauses the garbage collector for work that makes many objects and few cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Stop the search for cycles in the block: when nearly all objects stay alive, Python would scan them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
