"""Work that makes many objects and few cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Keep Python from looking for cycles in the block: where nearly all objects stay, it looks at all of them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
