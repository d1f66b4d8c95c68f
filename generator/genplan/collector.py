"""Pauses Python's garbage collector where nearly all objects stay in use."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Disable the collector, and enable it again if it was enabled. Only objects in reference cycles are kept longer."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
