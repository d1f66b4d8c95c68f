"""A text in shared memory: a worker writes what it is doing, and the pool reads it when the worker no longer answers."""

import ctypes
import json
from contextlib import suppress
from multiprocessing.sharedctypes import RawArray
from typing import Any

from genplan.messages import from_data, to_data

_SIZE = 4096
"""Bytes."""


def new() -> Any:  # noqa: ANN401 - ctypes has no type for it
    """Allocate an empty board.

    Raises:
        OSError: the memory cannot be allocated.
    """
    return RawArray(ctypes.c_char, _SIZE)


def write(board: Any, text: str) -> None:  # noqa: ANN401 - as above
    """Replace the text; one that is too long is ignored."""
    data = json.dumps(to_data(text)).encode()
    if len(data) < len(board):
        board.value = data


def read(board: Any) -> str:  # noqa: ANN401 - as above
    """Return the text; empty if the worker ended while it was writing."""
    with suppress(ValueError, TypeError, KeyError):
        return from_data(json.loads(bytes(board.value)))
    return ""
