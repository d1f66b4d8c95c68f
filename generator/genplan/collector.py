"""Python's garbage collector, held off where it would only walk through objects that stay in use."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector off, unless it is off already. Objects are still released when nothing refers to them, except those in cycles."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
