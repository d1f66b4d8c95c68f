"""A board in shared memory: a process writes what it is doing there, and another reads it when the first cannot be asked any more."""

import ctypes
import json
from contextlib import suppress
from multiprocessing.sharedctypes import RawArray
from typing import Any

from genplan.messages import from_data, to_data

_SIZE = 4096
"""Bytes. What takes more is not written."""


def new() -> Any:  # noqa: ANN401 - ctypes has no type for it
    """Make an empty board.

    Raises:
        OSError: there is no room for it.
    """
    return RawArray(ctypes.c_char, _SIZE)


def write(board: Any, text: str) -> None:  # noqa: ANN401 - as above
    """Replace what stands there."""
    data = json.dumps(to_data(text)).encode()
    if len(data) < len(board):
        board.value = data


def read(board: Any) -> str:  # noqa: ANN401 - as above
    """Return what stands there; nothing where a process ended in the middle of writing."""
    with suppress(ValueError, TypeError, KeyError):
        return from_data(json.loads(bytes(board.value)))
    return ""
