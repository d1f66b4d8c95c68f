"""Ways to damage a manifest: what disks, crashes, other programs and people with bad intentions leave in its place.

Each is a function of the manifest's path. What a damaged manifest might lead to stands three folders above it, in `outside/`.
"""

import json
import os
import random
import socket
import sqlite3
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

Damage = Callable[[Path], object]
DAMAGES: dict[str, Damage] = {}
"""All of them, by name."""
OUTSIDE = "outside"
"""Folder beside the output whose files nothing may touch."""


def _outside(path: Path) -> Path:
    return path.parents[2] / OUTSIDE


def _page_size(data: bytes) -> int:
    return int.from_bytes(data[16:18], "big") or 4096


@contextmanager
def _edited(path: Path) -> Iterator[bytearray]:
    data = bytearray(path.read_bytes())
    yield data
    path.write_bytes(data)


# Cut short, or longer than it was.


def _cut(size: Callable[[int], int]) -> Damage:
    return lambda path: os.truncate(path, size(path.stat().st_size))


for name, size in {
    "nothing": lambda _: 0,
    "1 byte": lambda _: 1,
    "half of the magic": lambda _: 8,
    "the magic": lambda _: 16,
    "the header but a byte": lambda _: 99,
    "the header": lambda _: 100,
    "a sector": lambda _: 512,
    "a page but a byte": lambda _: 4095,
    "a page": lambda _: 4096,
    "a page and a byte": lambda _: 4097,
    "half": lambda whole: whole // 2,
    "all but a page": lambda whole: whole - 4096,
    "all but a byte": lambda whole: whole - 1,
}.items():
    DAMAGES[f"cut to {name}"] = _cut(size)


def _append(data: bytes) -> Damage:
    def damage(path: Path) -> None:
        with path.open("ab") as file:
            file.write(data)

    return damage


DAMAGES["a page of zeros after the end"] = _append(bytes(4096))
DAMAGES["words after the end"] = _append(b"words" * 1000)


# Zeros, and bytes at random.


def _zeroed(start: Callable[[int], int], stop: Callable[[int], int]) -> Damage:
    def damage(path: Path) -> None:
        with _edited(path) as data:
            at, end = start(len(data)), stop(len(data))
            data[at:end] = bytes(end - at)

    return damage


DAMAGES["zeros: everything"] = _zeroed(lambda _: 0, lambda size: size)
DAMAGES["zeros: the header"] = _zeroed(lambda _: 0, lambda _: 100)
DAMAGES["zeros: the first page but its header"] = _zeroed(lambda _: 100, lambda _: 4096)
DAMAGES["zeros: the second half"] = _zeroed(lambda size: size // 2, lambda size: size)
for number in range(2, 8):
    DAMAGES[f"zeros: page {number}"] = _zeroed(lambda _, at=number: (at - 1) * 4096, lambda _, at=number: at * 4096)
DAMAGES["zeros: the last page"] = _zeroed(lambda size: size - 4096, lambda size: size)


def _flipped(seed: int, share: float, start: int = 0) -> Damage:
    def damage(path: Path) -> None:
        chance = random.Random(seed)
        with _edited(path) as data:
            for _ in range(max(1, int(len(data) * share))):
                data[chance.randrange(start, len(data))] = chance.randrange(256)

    return damage


DAMAGES["random: everything"] = lambda path: path.write_bytes(random.Random(1).randbytes(path.stat().st_size))
for seed in range(4):
    DAMAGES[f"random: one byte in a thousand, {seed}"] = _flipped(seed, 0.001)
    DAMAGES[f"random: one byte in twenty beyond the first page, {seed}"] = _flipped(seed, 0.05, 4096)


def _mistyped(path: Path) -> None:
    """Change letters where they stand in rows: SQLite cannot tell."""
    data = path.read_bytes()
    assert data.count("绩效考核结果".encode()) > 1
    path.write_bytes(data.replace("绩效考核结果".encode(), "绩效考核成果".encode()))


DAMAGES["other letters in rows"] = _mistyped
DAMAGES["bytes in rows that are no UTF-8"] = lambda path: path.write_bytes(path.read_bytes().replace("甲某".encode(), b"\xff" * 6))


# A header that says something else.


def _header(at: int, data: bytes) -> Damage:
    def damage(path: Path) -> None:
        with _edited(path) as whole:
            whole[at : at + len(data)] = data

    return damage


for name, at, data in [
    ("another magic", 0, b"SQLite format 4\0"),
    ("pages of 512 bytes", 16, b"\x02\x00"),
    ("pages of 3 bytes", 16, b"\x00\x03"),
    ("a write-ahead log", 18, b"\x02\x02"),
    ("a format of the future", 18, b"\x09\x09"),
    ("reserved bytes", 20, b"\xff"),
    ("a million pages", 28, b"\x00\x10\x00\x00"),
    ("a list of free pages", 32, b"\x00\x00\x00\x02\x00\x00\x00\x05"),
    ("UTF-16", 56, b"\x00\x00\x00\x02"),
    ("a later version", 60, b"\x00\x00\x00\x63"),
    ("an earlier version", 60, b"\x00\x00\x00\x01"),
]:
    DAMAGES[f"header: {name}"] = _header(at, data)


# Other tables.


def _script(script: str) -> Damage:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as database:
            database.executescript(script)

    return damage


_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x, x, x, x, x, x, x, x, x FROM n"
for name, script in {
    "no outputs": "DROP TABLE outputs",
    "no parts": "DROP TABLE parts",
    "no runs": "DROP TABLE runs",
    "a column less": "ALTER TABLE outputs DROP COLUMN shortcut",
    "a column more": "ALTER TABLE outputs ADD COLUMN more TEXT",
    "a column of another name": "ALTER TABLE runs RENAME COLUMN record TO story",
    "a view without end": f"DROP TABLE outputs; CREATE VIEW outputs AS {_ENDLESS}",
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON outputs BEGIN DELETE FROM outputs; END",
    "those of another program": "DROP TABLE outputs; DROP TABLE parts; DROP TABLE runs; CREATE TABLE moz_places (id INTEGER)",
}.items():
    DAMAGES[f"tables: {name}"] = _script(script)


# Rows of another shape. They are sealed again, as somebody would who means it.


def _sealed(database: sqlite3.Connection, table: str) -> None:
    from genplan.incremental.manifest import seal

    for key, *values, _ in database.execute(f"SELECT * FROM {table}").fetchall():
        name = "path" if table == "outputs" else "key"
        database.execute(f"UPDATE {table} SET seal = ? WHERE {name} IS ?", (seal(key, *values), key))


def _row(column: str, value: Any, *, sealed: bool = True) -> Damage:
    table = "runs" if column == "record" else "parts" if column == "items" else "outputs"

    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as database:
            old = database.execute(f"SELECT {column} FROM {table}").fetchall()
            for (text,) in old:
                new = value(text) if callable(value) else value
                database.execute(f"UPDATE {table} SET {column} = ? WHERE {column} IS ?", (new, text))
                if column == "path":
                    break
            if sealed and table != "parts":
                _sealed(database, table)
            database.commit()

    return damage


def _json(**changes: Any) -> Callable[[str], str]:
    return lambda text: json.dumps({**json.loads(text), **changes})


def _without(key: str) -> Callable[[str], str]:
    return lambda text: json.dumps({name: value for name, value in json.loads(text).items() if name != key})


_NOTE = {"code": "GP301", "severity": "error", "span": {"file": 5}, "message": 5, "help": "", "label": "", "related": []}
for column, changes in {
    "entry": {
        "nothing": None,
        "bytes": b"\x00\xff",
        "no JSON": "{",
        "a list": "[]",
        "deep": "[" * 100_000,
        "less": _without("title"),
        "a number for a name": _json(person_name=5),
        "half a character": _json(title="\ud800"),
        "another file": _json(path="../../outside/mine.txt"),
    },
    "digest": {"a number": 7},
    "stat": {"nothing": None, "words": '["x"]', "beyond all bounds": f"[{'9' * 5000}, 1e999, 0, 0]"},
    "parts": {"nothing": None, "no JSON": "[", "too few": '["", ""]', "mappings": json.dumps([{}] * 7)},
    "findings": {"nothing": None, "no JSON": "{", "numbers": "[5]", "a note that is none": json.dumps([_NOTE])},
    "source": {"nothing": None, "bytes": b"\xff"},
    "path": {"upwards": "../outside/mine.txt", "absolute": "/etc/hostname", "the lock": ".genplan/lock", "none at all": ""},
    "record": {
        "nothing": None,
        "a list": "[]",
        "less": _without("orphans"),
        "words for lists": lambda text: json.dumps(dict.fromkeys(json.loads(text), "x")),
        "paths outside": _json(orphans=["../outside/mine.txt"], paths=["../outside/mine.txt"]),
    },
    "items": {"no JSON": "{", "numbers": '[["a", 1]]', "other names": '[["kinds/../../x", ""]]'},
}.items():
    for name, value in changes.items():
        DAMAGES[f"{column}: {name}"] = _row(column, value)
DAMAGES["title: of somebody else"] = _row("entry", _json(title="别人的"), sealed=False)
DAMAGES["digest: longer than any is"] = _script("UPDATE outputs SET digest = zeroblob(70000000) WHERE path LIKE '%0002%'")


# Something else in its place, or beside it.


def _instead(make: Callable[[Path], object]) -> Damage:
    def damage(path: Path) -> None:
        path.unlink()
        make(path)

    return damage


def _folder_with_files(path: Path) -> None:
    path.mkdir()
    (path / "mine.txt").write_text("mine")


def _listening(path: Path) -> None:
    home = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(home)


for name, make in {
    "an empty folder": Path.mkdir,
    "a folder with files": _folder_with_files,
    "a link to a file": lambda path: path.symlink_to(_outside(path) / "mine.txt"),
    "a link to a database": lambda path: path.symlink_to(_outside(path) / "mine.sqlite"),
    "a link to nowhere": lambda path: path.symlink_to(_outside(path) / "nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to a folder": lambda path: path.symlink_to(_outside(path)),
    "a pipe": os.mkfifo,
    "a socket": _listening,
}.items():
    DAMAGES[f"instead: {name}"] = _instead(make)
DAMAGES["a file that may only be read"] = lambda path: path.chmod(0o400)
DAMAGES["a file that may not even be read"] = lambda path: path.chmod(0)


def _beside(suffix: str, make: Callable[[Path], object]) -> Damage:
    return lambda path: make(path.with_name(path.name + suffix))


_JOURNAL = bytes.fromhex("d9d505f920a163d7")
"""What a journal begins with, and what ends one that belongs to several databases."""


def _journal_of_several(path: Path) -> None:
    """Write a journal that asks SQLite to remove a file, as one does that belongs to several databases."""
    name = os.fsencode(_outside(path) / "mine.txt")
    header = _JOURNAL + struct.pack(">IIIII", 0, 7, path.stat().st_size // 4096, 512, 4096)
    end = struct.pack(">II", sum(name), 0)
    tail = struct.pack(">I", 0x40000000 // 4096 + 1) + name + struct.pack(">I", len(name)) + end[:4] + _JOURNAL
    path.with_name(f"{path.name}-journal").write_bytes(header.ljust(512, b"\0") + tail)


for name, suffix, make in [
    ("a journal of junk", "-journal", lambda path: path.write_bytes(b"junk" * 2000)),
    ("a journal that says nothing", "-journal", lambda path: path.write_bytes(_JOURNAL + bytes(4096))),
    ("a journal that is a folder", "-journal", Path.mkdir),
    ("a journal that is a link", "-journal", lambda path: path.symlink_to(_outside(path) / "mine.txt")),
    ("a log of junk", "-wal", lambda path: path.write_bytes(b"junk" * 2000)),
    ("a log that is a folder", "-wal", Path.mkdir),
]:
    DAMAGES[f"beside: {name}"] = _beside(suffix, make)
DAMAGES["beside: a journal of several databases"] = _journal_of_several


def _logging(path: Path) -> None:
    """Leave it in the way of writing ahead, with logs of another database."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = wal")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).write_bytes(random.Random(2).randbytes(32768))


DAMAGES["beside: logs of junk, in use"] = _logging


def _held(path: Path) -> None:
    """Have another program hold it, for a while."""
    database = sqlite3.connect(path, check_same_thread=False)
    database.execute("BEGIN EXCLUSIVE")

    def release() -> None:
        time.sleep(0.3)
        database.close()

    threading.Thread(target=release).start()


DAMAGES["held by another program for a moment"] = _held
