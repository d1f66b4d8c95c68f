"""A disk that is full, or fails, or goes away: an error with its cause and what helps, never a bug of genplan, and nothing torn."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genplan.incremental import database
from genplan.storage import contained_files, temporary
from genplan.storage.stores import LocalFolder

ROOT = Path(__file__).parents[2]
MANY = "".join(f"{number:04},某人,80,{number % 50},\n" for number in range(120))
FEW = "0001,甲某,80,90,\n0002,乙某,70,60,\n"
SECOND = "little/2026-Q3/result/0002-乙某-绩效考核结果"
ERRORS = {
    errno.ENOSPC: "free up disk space",
    errno.EDQUOT: "your disk quota",
    errno.EIO: "the disk or its connection is failing",
    errno.EACCES: "write permission",
    errno.EPERM: "protected",
    errno.EROFS: "mounted read-only",
    errno.ESTALE: "network drive",
    errno.EMFILE: "limit of open files",
    errno.ENAMETOOLONG: "a shorter path",
}


def build(genplan: Callable, *options: str) -> Any:
    return genplan("build", "--format", "html", *options)


class Full(sqlite3.Connection):
    """A database on a disk that gets full."""

    code = sqlite3.SQLITE_FULL

    def commit(self) -> None:
        if self.in_transaction:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = self.code
            raise error


def commits_to(monkeypatch: pytest.MonkeyPatch, kind: type[sqlite3.Connection]) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(database.sqlite3, "connect", lambda *values, **options: connect(*values, **options, factory=kind))


@pytest.mark.parametrize("people", [MANY, FEW])
def test_a_disk_with_no_room_for_the_manifest(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, people: str) -> None:
    little(people, kinds="result")
    with monkeypatch.context() as full:
        commits_to(full, Full)
        ran = build(genplan)
    assert ran.code == 1
    assert ran.err.count("error[") == 1
    assert "output/.genplan/manifest.sqlite: error[GP702]: cannot be written: database or disk is full" in ran.err
    assert "help: free up disk space" in ran.err
    assert build(genplan).code == 0
    assert "built little" not in build(genplan).err


def test_what_went_wrong_before_the_disk_was_full_is_told_as_well(
    genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    little(MANY.replace("0003,某人,80", "0003,某人,x"), kinds="result")
    commits_to(monkeypatch, Full)
    ran = build(genplan)
    assert ran.code == 1
    assert "error[GP406]" in ran.err
    assert "error[GP702]" in ran.err
    assert "failed little/2026-Q3/result/0003-" in ran.err


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["open", "mkdir", "fsync", "replace"])
def test_the_cure_names_the_cause(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> None:
    little(FEW, kinds="result")
    if call != "mkdir":
        assert build(genplan).code == 0
    little(FEW.replace("70,60", "71,60"), kinds="result")
    real = getattr(os, call)

    def fail(first: Any, *values: Any, **options: Any) -> Any:
        if call == "open" and (not values[0] & os.O_EXCL or "genplan-run-" in str(first)):
            return real(first, *values, **options)
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as failing:
        failing.setattr(os, call, fail)
        ran = build(genplan)
    assert ran.code == 1
    assert "error[GP702]: cannot be written: " + os.strerror(number) in ran.err
    assert ERRORS[number] in ran.err
    assert build(genplan).code == 0


def test_a_file_that_cannot_be_removed_keeps_no_other(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    little(MANY, kinds="result")
    assert build(genplan).code == 0
    little(FEW, kinds="result")
    unlink = os.unlink

    def fail(path: str, **options: Any) -> None:
        if str(path).startswith("0007"):
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        unlink(path, **options)

    monkeypatch.setattr(os, "unlink", fail)
    ran = build(genplan, "--prune")
    assert ran.code == 1
    assert "0007-某人-绩效考核结果.html: error[GP702]: cannot be removed: " in ran.err
    assert ran.err.count("\nremoved little") == 119
    assert len(list(Path("output/little/2026-Q3/result").iterdir())) == 3


@pytest.mark.parametrize("code", [sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED])
def test_another_program_that_holds_the_manifest(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    little(FEW, kinds="result")
    assert build(genplan).code == 0
    little(FEW.replace("70,60", "71,60"), kinds="result")
    monkeypatch.setattr(database, "_PATIENCE", 100)
    manifest = Path("output/.genplan/manifest.sqlite")
    before = manifest.read_bytes()
    with sqlite3.connect(manifest) as other:
        other.execute("BEGIN EXCLUSIVE")
        ran = build(genplan)
        other.rollback()
    assert ran.code == 1
    assert "error[GP702]: cannot be written: database is locked" in ran.err
    assert "close the program that has the file open" in ran.err
    assert manifest.read_bytes() == before
    monkeypatch.setattr(Full, "code", code)
    with monkeypatch.context() as held:
        commits_to(held, Full)
        assert "close the program that has the file open" in build(genplan).err
    assert build(genplan).code == 0


class Failing(Full):
    """A database that is found to be damaged in the middle of a build, once."""

    code = sqlite3.SQLITE_CORRUPT
    times = 0

    def commit(self) -> None:
        if self.in_transaction and Failing.times:
            Failing.times -= 1
            super().commit()
        sqlite3.Connection.commit(self)


@pytest.mark.parametrize("jobs", ["0", "2"])
def test_damage_that_shows_in_the_middle_of_a_build(
    genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, jobs: str
) -> None:
    little(MANY, kinds="result")
    assert build(genplan).code == 0
    before = {path.name: path.read_bytes() for path in Path("output").rglob("*.html")}
    little(MANY.replace(",80,", ",81,"), kinds="result")
    commits_to(monkeypatch, Failing)
    monkeypatch.setattr(Failing, "times", 1)
    ran = build(genplan, "--jobs", jobs)
    assert ran.code == 0, ran.err
    assert ran.err.count("is damaged (database or disk is full): it is recreated, and everything is rebuilt") == 1
    after = {path.name: path.read_bytes() for path in Path("output").rglob("*.html")}
    assert len(after) == len(before) == 121
    little(MANY, kinds="result")
    assert build(genplan).code == 0
    assert {path.name: path.read_bytes() for path in Path("output").rglob("*.html")} == before


def test_damage_that_comes_again_is_an_error(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    little(MANY, kinds="result")
    commits_to(monkeypatch, Failing)
    monkeypatch.setattr(Failing, "times", 9)
    ran = build(genplan)
    assert ran.code == 1
    assert ran.err.count("it is recreated") == 1
    assert "output/.genplan/manifest.sqlite: error[GP702]" in ran.err


def test_a_disk_that_takes_nothing_is_not_damage(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite says of a quota that is used up that the disk fails."""
    little(FEW, kinds="result")
    assert build(genplan).code == 0
    little(FEW.replace("70,60", "71,60"), kinds="result")
    manifest = Path("output/.genplan/manifest.sqlite").read_bytes()

    def fail(*_: Any, **__: Any) -> int:
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    commits_to(monkeypatch, Failing)
    monkeypatch.setattr(Failing, "times", 9)
    monkeypatch.setattr(os, "write", fail)
    ran = build(genplan)
    assert ran.code == 1
    assert "is recreated" not in ran.err
    assert "your disk quota is used up" in ran.err
    assert Path("output/.genplan/manifest.sqlite").read_bytes() == manifest


def disturb(monkeypatch: pytest.MonkeyPatch, number: int, action: Callable[[], object]) -> None:
    """Have something happen once so many documents were put."""
    put, seen = LocalFolder.put, []

    def counted(self: LocalFolder, name: str, data: bytes) -> Any:
        token = put(self, name, data)
        seen.append(name)
        if len(seen) == number:
            action()
        return token

    monkeypatch.setattr(LocalFolder, "put", counted)


def instead(make: Callable[[Path], object]) -> Callable[[], None]:
    def action() -> None:
        shutil.rmtree("output")
        make(Path("output"))

    return action


def link(path: Path) -> None:
    Path("elsewhere").mkdir()
    path.symlink_to("elsewhere")


@pytest.mark.parametrize("people", [FEW, MANY])
@pytest.mark.parametrize(
    "action",
    [
        lambda: shutil.rmtree("output"),
        lambda: Path("output").rename("moved"),
        instead(Path.mkdir),
        instead(lambda path: path.write_text("mine")),
        instead(link),
    ],
    ids=["removed", "moved", "another folder", "a file", "a link"],
)
@pytest.mark.parametrize("at", [1, -1])
def test_an_output_that_goes_away_is_an_error(
    genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch, people: str, action: Callable, at: int
) -> None:
    little(people, kinds="result")
    with monkeypatch.context() as disturbed:
        disturb(disturbed, at % (people.count("\n") + 1), action)
        ran = build(genplan)
    assert ran.code == 1
    assert "output: error[GP756]: the output folder disappeared while documents were being written" in ran.err
    assert "it is recreated" not in ran.err
    if Path("output").is_file():
        assert Path("output").read_text() == "mine"
        Path("output").unlink()
    assert build(genplan).code == 0
    assert len(list(Path("output/little/2026-Q3/result").iterdir())) == people.count("\n")


def test_no_further_documents_are_made_for_an_output_that_is_gone(
    genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    little(MANY, kinds="result")
    disturb(monkeypatch, 3, lambda: shutil.rmtree("output"))
    assert build(genplan).err.count("\nfailed ") == 1


def test_files_that_are_removed_meanwhile_are_an_error(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    little(FEW, kinds="result")
    with monkeypatch.context() as disturbed:
        disturb(disturbed, 2, lambda: Path(f"output/{SECOND}.html").unlink())
        ran = build(genplan)
    assert ran.code == 1
    assert f"output: error[GP756]: 1 file of this build disappeared while others were being written: {SECOND}.html" in ran.err
    assert build(genplan).code == 0


def test_what_genplan_keeps_for_itself_is_made_again(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    little(MANY, kinds="result")
    with monkeypatch.context() as disturbed:
        disturb(disturbed, 1, lambda: shutil.rmtree("output/.genplan"))
        ran = build(genplan)
    assert ran.code == 0, ran.err
    assert ran.err.count("it is recreated") == 1
    assert "built little" not in build(genplan).err


def test_an_output_that_may_not_be_written_any_more(genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    little(FEW, kinds="result")
    fill = contained_files._fill
    seen: list[str] = []

    def fail(folder: Any, name: str, data: bytes) -> None:
        seen.append(name)
        if len(seen) > 1:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        fill(folder, name, data)

    with monkeypatch.context() as disturbed:
        disturbed.setattr(contained_files, "_fill", fail)
        ran = build(genplan)
    assert ran.code == 1
    assert f"{SECOND}.html: error[GP702]: cannot be written: {os.strerror(errno.EACCES)}" in ran.err
    assert build(genplan).code == 0


def test_temporary_files_that_cannot_be_written_are_told_as_such(
    genplan: Callable, little: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    little(FEW, kinds="result")
    monkeypatch.setattr("tempfile.tempdir", "/dev/null/nowhere")
    temporary.own.cache_clear()  # an earlier test of this process may have made it
    ran = build(genplan)
    assert ran.code == 1
    assert "/dev/null/nowhere: error[GP765]: temporary files cannot be written here: " in ran.err
