"""Calls that fail: everything by which a build writes, counted, and one of them, or all from there on, made to fail or to be its last.

What is counted stands in `_CALLS` and `_Database`: calls of Python's `os` that change something, files opened for writing, and what SQLite
is asked to write. A call that fails has done half of what it was asked for where that can be: half of a write is on the disk.
"""
# ruff: noqa: ANN401 - it takes what the calls take

import builtins
import errno
import io
import os
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

KILL = 0
"""Stands for the error of a call that never returns, because the process is killed."""
_SQLITE = {errno.ENOSPC: sqlite3.SQLITE_FULL, errno.EIO: sqlite3.SQLITE_IOERR, errno.EACCES: sqlite3.SQLITE_READONLY}
_SQLITE_WORDS = {
    sqlite3.SQLITE_FULL: "database or disk is full",
    sqlite3.SQLITE_IOERR: "disk I/O error",
    sqlite3.SQLITE_READONLY: "attempt to write a readonly database",
}
_CALLS = ("mkdir", "rename", "replace", "unlink", "remove", "rmdir", "fsync", "chmod", "truncate", "ftruncate")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGING = ("UPDATE", "DELETE", "CREATE", "BEGIN", "INSERT OR REPLACE INTO")
"""Statements that are counted. Those that put parts of fingerprints down stand in one transaction with the row that they belong to."""


@dataclass(frozen=True)
class Fault:
    """The number of the call that fails, counted from 1, with what error; and whether all after it fail as well."""

    number: int
    error: int
    onward: bool = False

    def __str__(self) -> str:
        """Name it."""
        name = errno.errorcode[self.error] if self.error else "killed"
        return f"call {self.number}{' and all after it' if self.onward else ''}: {name}"


class Injection:
    """Counts calls in this process, once it is installed, and has the one of a fault fail."""

    def __init__(self, fault: Fault | None = None) -> None:
        self.fault = fault
        self.calls: list[str] = []

    def due(self, call: str) -> bool:
        """Count a call, and tell whether it is to fail."""
        self.calls.append(call)
        fault = self.fault
        return fault is not None and (len(self.calls) == fault.number or (fault.onward and len(self.calls) > fault.number))

    def error(self) -> OSError:
        """Give the error that a call fails with, unless the process ends here."""
        assert self.fault is not None
        if self.fault.error == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        return OSError(self.fault.error, os.strerror(self.fault.error))

    def sqlite_error(self) -> sqlite3.Error:
        """Give what SQLite makes of it."""
        error = sqlite3.OperationalError(_SQLITE_WORDS[code := _SQLITE[self.error().errno or 0]])
        error.sqlite_errorcode = code
        return error

    def install(self) -> None:
        """Take the place of the calls."""
        for name in _CALLS:
            setattr(os, name, self._failing(name, getattr(os, name)))
        os.open, os.write = self._opening(os.open), self._writing(os.write)  # type: ignore[assignment]
        os.fdopen = self._files(os.fdopen)  # type: ignore[assignment]
        io.open = builtins.open = self._files(builtins.open)  # type: ignore[assignment]
        sqlite3.connect = self._connecting(sqlite3.connect)  # type: ignore[assignment]

    def _failing(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*values: Any, **options: Any) -> Any:
            if self.due(name):
                raise self.error()
            return call(*values, **options)

        return failing

    def _opening(self, call: Callable[..., int]) -> Callable[..., int]:
        def opening(path: Any, flags: int, *values: Any, **options: Any) -> int:
            if flags & _WRITING and self.due("open"):
                raise self.error()
            return call(path, flags, *values, **options)

        return opening

    def _writing(self, call: Callable[[int, Any], int]) -> Callable[[int, Any], int]:
        def writing(handle: int, data: Any) -> int:
            if handle > 2 and self.due("write"):
                call(handle, data[: len(data) // 2])
                raise self.error()
            return call(handle, data)

        return writing

    def _files(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """Open files whose content goes to the disk through Python's own buffers."""

        def opening(path: Any, mode: str = "r", *values: Any, **options: Any) -> Any:
            if not set(mode) & {*"wax+"}:
                return call(path, mode, *values, **options)
            if not isinstance(path, int) and self.due("open"):
                raise self.error()
            return _File(call(path, mode, *values, **options), self)

        return opening

    def _connecting(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def connecting(path: Any, *values: Any, **options: Any) -> Any:
            if self.due("sqlite connect"):
                raise self.sqlite_error()
            database = call(path, *values, **options, factory=_Database)
            database.injection = self
            return database

        return connecting


class _File:
    """A file whose first write may fail: the others are the same again."""

    def __init__(self, file: Any, injection: Injection) -> None:
        self._file, self._injection, self._written = file, injection, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Any:
        return iter(self._file)

    def write(self, data: Any) -> int:
        first, self._written = not self._written, True
        if first and self._injection.due("write"):
            self._file.write(data[: len(data) // 2])
            raise self._injection.error()
        return int(self._file.write(data))


class _Database(sqlite3.Connection):
    """A database whose changes may fail."""

    injection: Injection

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if statement.startswith(_CHANGING) and self.injection.due("sqlite " + statement.partition(" ")[0].lower()):
            raise self.injection.sqlite_error()
        return super().execute(statement, *values)

    def executescript(self, script: str) -> sqlite3.Cursor:
        if self.injection.due("sqlite script"):
            raise self.injection.sqlite_error()
        return super().executescript(script)

    def executemany(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if self.injection.due("sqlite script"):
            raise self.injection.sqlite_error()
        return super().executemany(statement, *values)

    def commit(self) -> None:
        if self.in_transaction and self.injection.due("sqlite commit"):
            raise self.injection.sqlite_error()
        super().commit()
