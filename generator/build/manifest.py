"""What stands in an output folder and what each file was made from, in one SQLite file beside the documents.

It says nothing that cannot be found out again: where it is lost or damaged, everything is built anew.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from generator.build.digests import Part, data_digest
from generator.build.register import Entry, entry_of, read_register
from generator.build.stores import LocalFolder, Store

NAME = ".genplan/manifest.sqlite"
_VERSION = 1
_PAIR = 2
_SOURCE = 6
_GONE = "[]"
_BATCH = 100
"""Files after which what is known of them is written down: a build that is stopped loses less than that many."""
_TABLES = """
CREATE TABLE outputs (
 path TEXT PRIMARY KEY, entry TEXT, digest TEXT, stat TEXT, parts TEXT, findings TEXT, source TEXT, variant TEXT, shortcut TEXT
) WITHOUT ROWID;
CREATE TABLE parts (digest TEXT PRIMARY KEY, items TEXT) WITHOUT ROWID;
CREATE TABLE runs (key TEXT PRIMARY KEY, record TEXT) WITHOUT ROWID;
"""

CATEGORIES = ("data of the plan", "data of the document", "templates", "pictures", "look", "options", "versions")
"""The parts of a fingerprint, in the order of `Output.parts`."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file that was built. `parts` are the digests of what it was made from, by CATEGORIES; none where that is not known.

    `findings` is what was found in making it, as JSON; `source` the plan's file, `variant` the options that documents of other names
    come from (language and editions).
    """

    entry: Entry
    digest: str
    stat: tuple[int | str, ...]
    parts: tuple[str, ...] = field(default=())
    findings: str = "[]"
    source: str = ""
    variant: str = ""
    shortcut: str = ""
    """The digest of what the data are computed from, where that is known: where it is the same, so are the data."""


class Manifest:
    """The store of one output folder; to be used under its lock.

    Raises (every method):
        OSError: the file cannot be read or written.
    """

    def __init__(self, output: Path, store: Store | None = None, folder: Path | None = None) -> None:
        """Open the manifest that stands in `folder`, which is the output folder unless stated.

        `output` is the folder from which plans are named, and the output folder too, unless a `store` holds the documents.
        """
        self.output = output
        self.store = store or LocalFolder(output)
        path = (folder or output) / NAME
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = _opened(path)
            self._database.execute("CREATE TEMP TABLE unsettled (path TEXT PRIMARY KEY) WITHOUT ROWID")
        except sqlite3.Error as error:
            raise OSError(0, f"{NAME}: {error}") from error
        self._unwritten = 0
        self._changed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(OSError):
            self.commit()
        self._database.close()

    def get(self, path: str) -> Output | None:
        """Say what is known of a file."""
        row = self._run("SELECT * FROM outputs WHERE path = ?", path).fetchone()
        return _output(row) if row else None

    def outputs(self, sources: Container[str]) -> Iterator[Output]:
        """List the files of some plans, in order."""
        for row in self._run("SELECT * FROM outputs ORDER BY path"):
            output = _output(row) if row[_SOURCE] in sources else None
            if output:
                yield output

    def token(self, path: str) -> str:
        """Give what the store says of a file now, as JSON."""
        if not isinstance(self.store, LocalFolder):
            return json.dumps(self.store.token(path))
        try:
            stat = os.stat(f"{self.output}/{path}")  # noqa: PTH116 - the faster way, and there may be ten thousand
        except (OSError, ValueError):
            return _GONE
        return f"[{stat.st_size}, {stat.st_mtime_ns}, {stat.st_ctime_ns}, {stat.st_ino}]"

    def stats(self) -> dict[str, str]:
        """Give what the file system said of each file when it was built, as JSON."""
        return dict(self._run("SELECT path, stat FROM outputs"))

    def paths_by_source(self) -> dict[str, list[str]]:
        """Name the files of each plan."""
        held: dict[str, list[str]] = {}
        for source, path in self._run("SELECT source, path FROM outputs ORDER BY path"):
            held.setdefault(source, []).append(path)
        return held

    def pictures_by_source(self) -> dict[str, set[str]]:
        """Name the pictures that the files of each plan show."""
        held: dict[str, set[str]] = {}
        column = f"json_extract(parts, '$[{CATEGORIES.index('pictures')}]')"
        for source, part in self._run(f"SELECT DISTINCT source, {column} FROM outputs WHERE json_valid(parts)"):  # noqa: S608 - a number
            held.setdefault(source, set()).update(self.items(part) if part else ())
        return held

    def plans(self) -> set[str]:
        """Name the plans that files came from."""
        return {source for (source,) in self._run("SELECT DISTINCT source FROM outputs")}

    def sources(self, paths: Iterable[str]) -> dict[str, str]:
        """Name the plan that each of some files came from."""
        return {path: held.source if (held := self.get(path)) else "" for path in paths}

    def put(self, output: Output) -> None:
        """Keep what is known of a file, in place of what was."""
        self._run(
            "INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            output.entry.path,
            json.dumps(output.entry._asdict(), ensure_ascii=False),
            output.digest,
            json.dumps(output.stat),
            json.dumps(output.parts),
            output.findings,
            output.source,
            output.variant,
            output.shortcut,
        )
        self._count()

    def settle_later(self, path: str) -> None:
        """Note a file that was made in this build: until its end, what it is made from may change."""
        self._run("INSERT OR IGNORE INTO unsettled VALUES (?)", path)

    def doubt(self) -> None:
        """Take it that what was made in this build may have been made from something else, because files changed meanwhile."""
        self._run("UPDATE outputs SET parts = '[]' WHERE path IN (SELECT path FROM unsettled)")
        self._count()

    def forget(self, path: str) -> None:
        """Drop a file that is no longer there."""
        self._run("DELETE FROM outputs WHERE path = ?", path)
        self._count()

    def part(self, items: Part) -> str:
        """Keep a part of a fingerprint; gives its digest."""
        name = data_digest(items)
        if not self._run("SELECT 1 FROM parts WHERE digest = ?", name).fetchone():
            self._run("INSERT INTO parts VALUES (?, ?)", name, json.dumps(items, ensure_ascii=False))
        return name

    def items(self, name: str) -> dict[str, str]:
        """List a part of a fingerprint: names, and the digest of what each stood for."""
        row = self._run("SELECT items FROM parts WHERE digest = ?", name).fetchone()
        items = _json(row[0]) if row else []
        return dict(items) if isinstance(items, list) and all(isinstance(each, list) and len(each) == _PAIR for each in items) else {}

    def run(self, key: str) -> Mapping[str, Any] | None:
        """Give what was kept of the last build of this kind."""
        row = self._run("SELECT record FROM runs WHERE key = ?", key).fetchone()
        record = _json(row[0]) if row else None
        return record if isinstance(record, dict) else None

    def keep_run(self, key: str, record: Mapping[str, Any] | None) -> None:
        """Keep what a build did; None forgets it."""
        if record is None:
            self._run("DELETE FROM runs WHERE key = ?", key)
        else:
            self._run("INSERT OR REPLACE INTO runs VALUES (?, ?)", key, json.dumps(record, ensure_ascii=False))

    def entries(self) -> list[Entry]:
        """List the documents that still stand, in order; those that do not are forgotten."""
        standing: list[Entry] = []
        for path, text in self._run("SELECT path, entry FROM outputs ORDER BY path").fetchall():
            if self.token(path) == _GONE:
                self.forget(path)
            elif entry := entry_of(_json(text)):
                standing.append(entry)
        return standing

    def keep_runs(self, keys: Collection[str]) -> None:
        """Forget all builds but these."""
        for (key,) in self._run("SELECT key FROM runs").fetchall():
            if key not in keys:
                self.keep_run(key, None)

    @property
    def changes(self) -> int:
        """Count the rows that were changed since it was opened."""
        return self._database.total_changes

    def copy_to(self, path: Path) -> None:
        """Write a copy of what is known by now."""
        try:
            self._database.commit()
            with closing(sqlite3.connect(path)) as copy:
                self._database.backup(copy)
        except sqlite3.Error as error:
            raise OSError(0, f"{NAME}: {error}") from error

    def commit(self) -> None:
        """Write everything down."""
        if self._changed:
            self._run("DELETE FROM parts WHERE digest NOT IN (SELECT value FROM outputs, json_each(outputs.parts))")
            self._changed = False
        try:
            self._database.commit()
        except sqlite3.Error as error:
            raise OSError(0, f"{NAME}: {error}") from error

    def _count(self) -> None:
        self._changed = True
        self._unwritten += 1
        if self._unwritten >= _BATCH:
            self._unwritten = 0
            self._database.commit()

    def _run(self, statement: str, *values: object) -> sqlite3.Cursor:
        try:
            return self._database.execute(statement, values)
        except sqlite3.Error as error:
            raise OSError(0, f"{NAME}: {error}") from error


def _opened(path: Path) -> sqlite3.Connection:
    """Open the store; one that is damaged, or of another version, is started anew with the list of an earlier version's register."""
    database = sqlite3.connect(path)
    try:
        if database.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
            for table in ("outputs", "parts", "runs"):
                database.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()  # noqa: S608 - a name from above
            return database
    except sqlite3.DatabaseError:
        pass
    database.close()
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(f"BEGIN;{_TABLES}PRAGMA user_version = {_VERSION};COMMIT;")
    rows = [(entry.path, json.dumps(entry._asdict(), ensure_ascii=False)) for entry in read_register(path.parent.parent)]
    database.executemany("INSERT INTO outputs VALUES (?, ?, '', '[]', '[]', '[]', '', '', '')", rows)
    database.commit()
    return database


def _output(row: Iterable[Any]) -> Output | None:
    _, entry, digest, stat, parts, findings, source, variant, shortcut = row
    read, known = entry_of(_json(entry)), _json(parts)
    usable = isinstance(known, list) and len(known) == len(CATEGORIES) and isinstance(_json(findings), list)
    if read is None:
        return None
    return Output(read, digest, tuple(_json(stat) or ()), tuple(known) if usable else (), findings, source, variant, shortcut)


def _json(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
