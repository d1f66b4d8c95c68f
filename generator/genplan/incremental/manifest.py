"""What stands in an output folder and what each file was made from, in one SQLite file beside the documents.

It says nothing that cannot be found out again: where it is lost or damaged, everything is rebuilt. Each row carries a seal, a digest of
the rest of it, and is checked as it is read: disks and crashes change what SQLite takes for sound.
"""

import json
import os
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from stat import S_ISREG
from types import TracebackType
from typing import Any, NoReturn, Self

from genplan.incremental.database import NAME, SQLITE_ERRORS, DamagedManifestError, as_manifest_error, open_database, start_anew
from genplan.incremental.entries import Entry, entry_of, read_register
from genplan.messages import msg
from genplan.storage import contained_files
from genplan.storage.digests import Part, data_digest, digest
from genplan.storage.stores import LocalFolder, Store, marks

__all__ = ["CATEGORIES", "NAME", "DamagedManifestError", "Manifest", "Output", "seal"]

_PAIR = 2
_SOURCE = 6
_GONE = "[]"
_BATCH = 100
"""Files after which what is known of them is written down: a build that is stopped loses less than that many."""

CATEGORIES = (
    msg("data of the plan"),
    msg("data of the document"),
    msg("templates"),
    msg("pictures"),
    msg("look"),
    msg("options"),
    msg("versions"),
)
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
    source_digest: str = ""
    """The digest of what the data are computed from, if known: where it is the same, so are the data."""


class Manifest:
    """The store of one output folder; to be used under its lock.

    Raises (every method):
        DamagedManifestError: it is not what a build wrote, and is to be recreated.
        OSError: the file cannot be read or written. GP756: the folder went away.
    """

    def __init__(self, output: Path, store: Store | None = None, folder: Path | None = None, *, anew: bool = False) -> None:
        """Open the manifest that stands in `folder`, which is the output folder unless stated; or begin another (`anew`).

        `output` is the folder from which plans are named, and the output folder too, unless a `store` holds the documents.
        """
        self.output = output
        self.store = store or LocalFolder(output)
        self._folder = folder or output
        self._folder.joinpath(NAME).parent.mkdir(parents=True, exist_ok=True)
        self._identity = self._folder.stat()
        self._real: dict[str, bool] = {"": True}
        """Folders that were looked at, and whether they are folders, not links."""
        saved = _saved(self._folder) if anew else []
        if anew:
            start_anew(self._folder)
        self._database, new = open_database(self._folder)
        self._unwritten = 0
        self._changed = False
        self._run("CREATE TEMP TABLE unsettled (path TEXT PRIMARY KEY) WITHOUT ROWID")
        if new:
            for known in saved or [Output(entry, "", ()) for entry in read_register(self._folder)]:
                self.put(known)
            self.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self.commit()
            else:
                with suppress(OSError):  # what went wrong first is told
                    self.commit()
        finally:
            self._database.close()

    def get(self, path: str) -> Output | None:
        """Describe what is known of a file."""
        row = self._one("SELECT * FROM outputs WHERE path = ?", path)
        return _output(row) if row else None

    def outputs(self, sources: Container[str]) -> Iterator[Output]:
        """List the files of some plans, in order."""
        for row in self._rows("SELECT * FROM outputs ORDER BY path"):
            if row[_SOURCE] in sources:
                yield _output(row)

    def token(self, path: str) -> str:
        """Return what the store says of a file now, as JSON."""
        if not isinstance(self.store, LocalFolder):
            return json.dumps(self.store.token(path))
        try:
            if not self._is_real(path.rpartition("/")[0]):
                return _GONE
            status = os.lstat(f"{self.output}/{path}")  # the faster way, and there may be ten thousand
        except (OSError, ValueError):
            return _GONE
        return json.dumps(marks(status)) if S_ISREG(status.st_mode) else _GONE

    def _is_real(self, folder: str) -> bool:
        known = self._real.get(folder)
        if known is None:
            known = self._is_real(folder.rpartition("/")[0]) and contained_files.is_real_folder(f"{self.output}/{folder}")
            self._real[folder] = known
        return known

    def stats(self) -> dict[str, str]:
        """Return what the file system said of each file when it was built, as JSON."""
        return dict(self._rows("SELECT path, stat FROM outputs"))

    def paths_by_source(self) -> dict[str, list[str]]:
        """List the files of each plan."""
        by_source: dict[str, list[str]] = {}
        for source, path in self._rows("SELECT source, path FROM outputs ORDER BY path"):
            by_source.setdefault(source, []).append(path)
        return by_source

    def pictures_by_source(self) -> dict[str, set[str]]:
        """List the pictures that the files of each plan show."""
        by_source: dict[str, set[str]] = {}
        column = f"json_extract(parts, '$[{CATEGORIES.index('pictures')}]')"
        for source, part in self._rows(f"SELECT DISTINCT source, {column} FROM outputs WHERE json_valid(parts)"):  # noqa: S608 - a number
            by_source.setdefault(source, set()).update(self.items(part) if part else ())
        return by_source

    def plans(self) -> set[str]:
        """List the plans that files came from."""
        return {str(source) for (source,) in self._rows("SELECT DISTINCT source FROM outputs")}

    def sources(self, paths: Iterable[str]) -> dict[str, str]:
        """Map each of `paths` to the plan it came from."""
        return {path: by_source.source if (by_source := self.get(path)) else "" for path in paths}

    def put(self, output: Output) -> None:
        """Keep what is known of a file, in place of what was."""
        values = (
            output.entry.path,
            json.dumps(output.entry._asdict(), ensure_ascii=False),
            output.digest,
            json.dumps(output.stat),
            json.dumps(output.parts),
            output.findings,
            output.source,
            output.variant,
            output.source_digest,
        )
        self._run("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", *values, seal(*values))
        self._count()

    def note_built(self, path: str) -> None:
        """Note a file that was made in this build: until its end, what it is made from may change."""
        self._run("INSERT OR IGNORE INTO unsettled VALUES (?)", path)

    def mark_inputs_unknown(self) -> None:
        """Drop the fingerprints of files of this build: sources changed while it ran, so what they were made from is unknown."""
        for path in self._built_paths():
            if by_source := self.get(path):
                self.put(replace(by_source, parts=()))

    def lost(self) -> list[str]:
        """List the files that were made in this build and no longer exist."""
        return [path for path in self._built_paths() if self.token(path) == _GONE]

    def _built_paths(self) -> list[str]:
        return [path for (path,) in list(self._rows("SELECT path FROM unsettled ORDER BY path"))]

    def forget(self, path: str) -> None:
        """Drop a file that no longer exists."""
        self._run("DELETE FROM outputs WHERE path = ?", path)
        self._count()

    def part(self, items: Part) -> str:
        """Keep a part of a fingerprint; gives its digest."""
        name = data_digest(items)
        if not self._one("SELECT 1 FROM parts WHERE digest = ?", name):
            self._run("INSERT INTO parts VALUES (?, ?)", name, json.dumps(items, ensure_ascii=False))
        return name

    def items(self, name: str) -> dict[str, str]:
        """List a part of a fingerprint: names, and the digest of what each stood for."""
        row = self._one("SELECT items FROM parts WHERE digest = ?", name)
        if not row:
            return {}
        items = _json(row[0])
        if data_digest(items) != name or not _is_part(items):
            raise DamagedManifestError(msg("the part {name} is not what it was", name=name))
        return dict(items)

    def run(self, key: str) -> Mapping[str, Any] | None:
        """Return what was kept of the last build of this kind."""
        row = self._one("SELECT record, seal FROM runs WHERE key = ?", key)
        if not row:
            return None
        record = _json(row[0])
        if row[1] != seal(key, row[0]) or not isinstance(record, dict):
            raise DamagedManifestError(msg("what the last build kept is not what it was"))
        return record

    def store_build(self, key: str, record: Mapping[str, Any] | None) -> None:
        """Keep what a build did; None forgets it."""
        if record is None:
            self._run("DELETE FROM runs WHERE key = ?", key)
        else:
            text = json.dumps(record)
            self._run("INSERT OR REPLACE INTO runs VALUES (?, ?, ?)", key, text, seal(key, text))

    def entries(self) -> list[Entry]:
        """List the documents that still exist, in order; those that do not are forgotten."""
        existing: list[Entry] = []
        gone: list[str] = []
        last = ""
        for row in self._rows("SELECT * FROM outputs ORDER BY path"):
            entry = _output(row).entry
            if entry.path <= last:
                raise DamagedManifestError(msg("its rows are out of order"))
            last = entry.path
            if self.token(last) == _GONE:
                gone.append(last)
            else:
                existing.append(entry)
        for path in gone:
            self.forget(path)
        return existing

    def keep_only_builds(self, keys: Collection[str]) -> None:
        """Forget all builds but these."""
        for (key,) in list(self._rows("SELECT key FROM runs")):
            if key not in keys:
                self.store_build(key, None)

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
        except SQLITE_ERRORS as error:
            self._refuse(error)

    def commit(self) -> None:
        """Write all changes to disk."""
        if self._changed:
            listed = "SELECT value FROM outputs, json_each(CASE WHEN json_valid(outputs.parts) THEN outputs.parts ELSE '[]' END)"
            self._run(f"DELETE FROM parts WHERE digest NOT IN ({listed})")  # noqa: S608 - two texts from here
            self._changed = False
        self._write_down()

    def roll_back(self) -> None:
        """Roll back changes that cannot be written."""
        with suppress(*SQLITE_ERRORS):
            self._database.rollback()

    def check_folder_exists(self) -> None:
        """Raise GP756 if the folder was removed or replaced since it was opened."""
        try:
            stands = os.path.samestat(self._folder.stat(), self._identity)
        except OSError:
            stands = False
        if not stands:
            raise contained_files.gone(contained_files.shown(str(self._folder)))

    def _count(self) -> None:
        self._changed = True
        self._unwritten += 1
        if self._unwritten >= _BATCH:
            self._unwritten = 0
            self._write_down()

    def _write_down(self) -> None:
        try:
            self._database.commit()
        except SQLITE_ERRORS as error:
            self._refuse(error)

    def _run(self, statement: str, *values: object) -> None:
        try:
            self._database.execute(statement, values)
        except SQLITE_ERRORS as error:
            self._refuse(error)

    def _one(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        try:
            row: tuple[Any, ...] | None = self._database.execute(statement, values).fetchone()
        except SQLITE_ERRORS as error:
            self._refuse(error)
        return row

    def _rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        try:
            yield from self._database.execute(statement)
        except SQLITE_ERRORS as error:
            self._refuse(error)

    def _refuse(self, error: Exception) -> NoReturn:
        """Tell damage from a folder that went away, and from one that nothing can be written to."""
        reason = as_manifest_error(error)
        self.check_folder_exists()
        if isinstance(reason, DamagedManifestError):
            contained_files.write(self._folder, f"{NAME}-trial", b"\0")
            contained_files.remove(self._folder, f"{NAME}-trial")
        raise reason from error


def seal(*values: object) -> str:
    """Digest the values of a row, so that it shows where one of them is no longer what was written."""
    return digest("\0".join(map(str, values)).encode("utf-8", "surrogatepass"))


def _saved(folder: Path) -> list[Output]:
    """Read what is sound of a damaged manifest: which files there are, but no longer what they were made from."""
    status: list[Output] = []
    with suppress(OSError, *SQLITE_ERRORS):
        database, _ = open_database(folder)
        with closing(database):
            for row in database.execute("SELECT * FROM outputs"):
                with suppress(DamagedManifestError):
                    status.append(replace(_output(row), parts=(), source_digest=""))
    return status


def _output(row: Iterable[Any]) -> Output:
    *values, sealed = row
    path, entry, content, stat, parts, findings, source, variant, source_digest = values
    if all(isinstance(value, str) for value in values) and seal(*values) == sealed:
        read, known, mark = entry_of(_json(entry)), _json(parts), _json(stat)
        if read is not None and read.path == path and _is_known(known) and isinstance(mark, list):
            return Output(read, content, tuple(mark), tuple(known), findings, source, variant, source_digest)
    raise DamagedManifestError(msg("what it says of a file is not what was written"))


def _is_known(parts: object) -> bool:
    return isinstance(parts, list) and len(parts) in {0, len(CATEGORIES)} and all(isinstance(each, str) for each in parts)


def _is_part(items: object) -> bool:
    return isinstance(items, list) and all(isinstance(each, list) and [type(one) for one in each] == [str] * _PAIR for each in items)


def _json(text: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
