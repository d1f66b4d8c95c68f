"""Opens, checks and recreates the manifest's database, and translates SQLite's errors.

A full disk and a file that another program holds are the world's; whatever else SQLite says is damage, which starting anew mends.
"""

import errno
import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

from genplan.messages import msg
from genplan.storage import contained_files

NAME = ".genplan/manifest.sqlite"
_BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database; removed before it, or they would be taken for the next one's."""
_VERSION = 2
_TABLES = {
    "outputs": (
        "CREATE TABLE outputs (path TEXT PRIMARY KEY, entry TEXT, digest TEXT, stat TEXT, parts TEXT, findings TEXT, source TEXT, "
        "variant TEXT, shortcut TEXT, seal TEXT) WITHOUT ROWID"
    ),
    "parts": "CREATE TABLE parts (digest TEXT PRIMARY KEY, items TEXT) WITHOUT ROWID",
    "runs": "CREATE TABLE runs (key TEXT PRIMARY KEY, record TEXT, seal TEXT) WITHOUT ROWID",
}
_LONGEST = 64 << 20
"""Bytes of the longest value; the longest that are written, notes and paths of a plan of ten thousand people, take a tenth of it."""
_PATIENCE = 5000
"""Milliseconds to wait where another program holds the file."""
_SEVERAL = bytes.fromhex("d9d505f920a163d7")
"""What a journal ends with that belongs to several databases. genplan writes none, and SQLite may remove a file that one names."""
_WORLD = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_BUSY: errno.EBUSY, sqlite3.SQLITE_LOCKED: errno.EBUSY}


class DamagedManifestError(OSError):
    """The manifest is not what a build wrote; the message says how that shows."""


SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises; the latter where its message tells of a damaged name."""


def as_manifest_error(error: Exception) -> OSError:
    """Tell what the world does from damage.

    Raises:
        sqlite3.Error: genplan used it wrongly.
    """
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        raise error
    number = _WORLD.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return OSError(number, str(error)) if number else DamagedManifestError(str(error))


def start_anew(folder: Path) -> None:
    """Remove a manifest, whatever stands in its place.

    Raises:
        OSError: it cannot be removed.
    """
    for name in (*(f"{NAME}{suffix}" for suffix in _BESIDE), NAME):
        contained_files.clear(folder, name)


def open_database(folder: Path) -> tuple[sqlite3.Connection, bool]:
    """Open the manifest of a folder in which .genplan stands, and tell whether it is new.

    Raises:
        DamagedManifestError: it is not what a build wrote.
        OSError: it cannot be read or written.
    """
    path = folder / NAME
    exists = [_looked_at(path.with_name(f"{path.name}{suffix}")) for suffix in ("", *_BESIDE)]
    database = None
    try:
        database = sqlite3.connect(path)
        database.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        if not any(exists):
            _create(database)
        _check(database)
    except SQLITE_ERRORS as error:
        _close(database)
        raise as_manifest_error(error) from error
    except BaseException:
        _close(database)
        raise
    return database, not any(exists)


def _looked_at(path: Path) -> bool:
    """Return whether a file is there; what is no file would lead SQLite elsewhere, or have it wait."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(status.st_mode):
        raise DamagedManifestError(msg("{path} is not a file", path=path.name))
    if path.name.endswith("-journal") and _ends_with(path, _SEVERAL):
        raise DamagedManifestError(msg("{path} is not its own", path=path.name))
    return True


def _ends_with(path: Path, end: bytes) -> bool:
    with path.open("rb") as file:
        with suppress(OSError):
            file.seek(-len(end), os.SEEK_END)
        return file.read() == end


def _create(database: sqlite3.Connection) -> None:
    database.executescript(f"BEGIN; {'; '.join(_TABLES.values())}; PRAGMA user_version = {_VERSION}; COMMIT;")


def _check(database: sqlite3.Connection) -> None:
    """Ensure that it is this version's, with its tables and nothing else."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    tables = dict(database.execute("SELECT name, sql FROM sqlite_schema").fetchall())
    if not tables:
        raise DamagedManifestError(msg("it is empty"))
    if version != _VERSION:
        raise DamagedManifestError(msg("another version of genplan wrote it"))
    if tables != _TABLES or database.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
        raise DamagedManifestError(msg("its tables are not genplan's"))


def _close(database: sqlite3.Connection | None) -> None:
    if database is not None:
        with suppress(sqlite3.Error):
            database.close()
