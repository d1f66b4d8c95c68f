"""The manifest, as it grows."""

import errno
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from genplan.incremental import manifest
from genplan.incremental.database import NAME, DamagedManifestError, as_manifest_error, open_database
from genplan.incremental.entries import Entry
from genplan.incremental.manifest import Manifest, Output, seal
from genplan.incremental.plan_cache import PlanCache
from genplan.storage.external_errors import ExternalError

COUNT = 400
STEPS = 1_000_000
"""Of SQLite's machine: what opening may take of them, which is far less than one for each pair of rows."""


def test_opening_takes_no_longer_for_every_pair_of_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Manifest(tmp_path) as held:
        for number in range(COUNT):
            part = held.part(((f"templates/{number}", "0" * 64),))
            entry = Entry(f"team/{number}.html", "html", "team", "团队", "", "", "", "result", "考核结果", "结果", "", "", 1)
            held.put(Output(entry, "", (), (part,) * len(manifest.CATEGORIES)))
            held.store_build(str(number), {})

    def counted(path: Path) -> sqlite3.Connection:
        database = connect(path)
        database.set_progress_handler(lambda: 1, STEPS)
        return database

    connect = sqlite3.connect
    monkeypatch.setattr(manifest.sqlite3, "connect", counted)
    with Manifest(tmp_path) as held:
        assert len(list(held.outputs({""}))) == COUNT


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("PRAGMA user_version = 1", "another version"),
        ("CREATE TABLE mine (x)", "its tables are not genplan's"),
        ("DROP TABLE runs", "its tables"),
    ],
)
def test_what_another_program_made_of_it_is_damage(tmp_path: Path, change: str, reason: str) -> None:
    (tmp_path / ".genplan").mkdir()
    open_database(tmp_path)[0].close()
    with closing(sqlite3.connect(tmp_path / NAME)) as database:
        database.execute(change)
        database.commit()
    with pytest.raises(DamagedManifestError, match=reason):
        open_database(tmp_path)


@pytest.mark.parametrize(
    ("orphans", "damaged"), [(["team/a.html"], False), (["../mine.txt"], True), (["/mine.txt"], True), (["team/../../mine.txt"], True)]
)
def test_what_was_left_over_stands_inside_the_output(tmp_path: Path, orphans: list[str], damaged: bool) -> None:  # noqa: FBT001 - of the table
    record = {"plans": [], "page": None, "findings": "", "rows": [], "skipped": 0, "orphans": orphans}
    with Manifest(tmp_path) as held:
        memory = PlanCache(held, "key")
        memory.store_whole(record)
        if damaged:
            with pytest.raises(DamagedManifestError):
                memory.whole()
        else:
            assert memory.whole() == record


PARTS = tuple(f"{number:032x}" for number in range(7))


def entry(path: str, size: int = 4) -> Entry:
    return Entry(path, "html", "team", "团队", "", "2026-Q3", "", "result", "考核结果", "结果", "0001", "甲某", size)


def output(path: str, source: str = "plan.md", parts: tuple[str, ...] = PARTS) -> Output:
    return Output(entry(path), "d" * 32, (4, 1, 2, 3), parts, "[]", source, "variant", "s" * 32)


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Manifest]:
    with Manifest(tmp_path) as opened:
        yield opened


def put(folder: Path, path: str, text: str = "made") -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


def test_what_is_known_of_a_file_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    known = output("team/甲.html")
    with Manifest(tmp_path) as first:
        first.put(output("team/甲.html", source="other.md"))
        first.put(known)
        first.put(output("team/乙.html", source=""))
    with Manifest(tmp_path) as held:
        assert held.get("team/甲.html") == known
        assert held.get("team/丙.html") is None
        assert [each.entry.path for each in held.outputs({"plan.md"})] == ["team/甲.html"]
        assert [each.entry.path for each in held.outputs({"", "plan.md"})] == ["team/乙.html", "team/甲.html"]
        assert held.plans() == {"plan.md", ""}
        assert held.sources(["team/甲.html", "team/丙.html"]) == {"team/甲.html": "plan.md", "team/丙.html": ""}
        assert held.paths_by_source() == {"": ["team/乙.html"], "plan.md": ["team/甲.html"]}
        assert held.stats() == {"team/甲.html": "[4, 1, 2, 3]", "team/乙.html": "[4, 1, 2, 3]"}
        held.forget("team/甲.html")
        assert held.get("team/甲.html") is None
        assert held.plans() == {""}


def test_what_is_known_is_written_down_whatever_ends_the_build_and_can_be_rolled_back_before(tmp_path: Path) -> None:
    def fail() -> None:
        with Manifest(tmp_path) as held:
            held.put(output("a.html"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with Manifest(tmp_path) as held:
        assert held.get("a.html")
        held.put(output("b.html"))
        held.roll_back()
        assert held.get("b.html") is None
        assert held.get("a.html")


def test_a_hundred_files_are_written_down_at_once(tmp_path: Path) -> None:
    def stored() -> int:
        with closing(sqlite3.connect(tmp_path / NAME)) as other:
            return int(other.execute("SELECT count(*) FROM outputs").fetchone()[0])

    with Manifest(tmp_path) as held:
        for number in range(250):
            held.put(output(f"{number}.html"))
            assert stored() == (number + 1) // 100 * 100
    assert stored() == 250


def test_pictures_of_each_plan_are_those_of_its_files(held: Manifest) -> None:
    for path, source, names in (("a", "one.md", ("x.png", "y.png")), ("b", "one.md", ("z.png",)), ("c", "two.md", ())):
        pictures = held.part(tuple((name, "0") for name in names))
        templates = held.part((("kinds/result.html.j2", "0"),))
        held.put(output(f"{path}.html", source, ("", "", templates, pictures, "", "", "")))
    held.put(output("d.html", "three.md", ()))
    assert held.pictures_by_source() == {"one.md": {"x.png", "y.png", "z.png"}, "two.md": set(), "three.md": set()}


def test_parts_that_no_file_has_are_dropped_and_others_stay(tmp_path: Path) -> None:
    with Manifest(tmp_path) as held:
        used, unused = held.part((("a", "1"),)), held.part((("b", "2"),))
        held.put(output("a.html", parts=(used,) * 7))
        assert held.items(unused) == {"b": "2"}
    with Manifest(tmp_path) as held:
        assert held.items(used) == {"a": "1"}
        assert held.items(unused) == {}


def test_files_of_this_build_are_those_that_it_noted(held: Manifest, tmp_path: Path) -> None:
    for path in ("team/a.html", "team/b.html"):
        put(tmp_path, path)
        held.put(output(path))
    held.note_built("team/b.html")
    held.note_built("team/b.html")
    assert held.lost() == []
    held.mark_inputs_unknown()
    assert held.get("team/a.html") == output("team/a.html")
    assert held.get("team/b.html") == output("team/b.html", parts=())
    for path in ("team/a.html", "team/b.html"):
        (tmp_path / path).unlink()
    assert held.lost() == ["team/b.html"]
    held.forget("team/b.html")
    held.mark_inputs_unknown()
    assert held.get("team/b.html") is None


def test_documents_that_no_longer_exist_are_forgotten_when_they_are_listed(held: Manifest, tmp_path: Path) -> None:
    for path in ("b.html", "a.html", "c.html"):
        put(tmp_path, path)
        held.put(output(path))
    (tmp_path / "b.html").unlink()
    assert held.entries() == [entry("a.html"), entry("c.html")]
    assert held.get("b.html") is None
    assert held.get("a.html")


def test_no_value_takes_more_memory_than_any_that_genplan_writes(tmp_path: Path) -> None:
    (tmp_path / ".genplan").mkdir()
    with closing(open_database(tmp_path)[0]) as database:
        assert database.execute("SELECT length(zeroblob(1000000))").fetchone() == (1_000_000,)
        with pytest.raises(sqlite3.DataError, match="too big"):
            database.execute("SELECT zeroblob(70000000)").fetchone()


def test_rows_that_do_not_come_in_order_are_damage(held: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged index would give some twice, or leave some out."""
    for name in ("a.html", "b.html"):
        put(tmp_path, name)
        held.put(output(name))
    assert [each.path for each in held.entries()] == ["a.html", "b.html"]
    first, second = held._rows("SELECT * FROM outputs ORDER BY path")
    for rows in (second, first), (first, first):
        monkeypatch.setattr(held, "_rows", lambda _, rows=rows: iter(rows))
        with pytest.raises(DamagedManifestError, match="its rows are out of order"):
            held.entries()


def test_the_token_of_a_file_is_what_its_store_says_and_of_anything_else_none(held: Manifest, tmp_path: Path) -> None:
    put(tmp_path, "team/2026-Q3/a.html")
    assert json.loads(held.token("team/2026-Q3/a.html")) == list(held.store.token("team/2026-Q3/a.html")) != []
    (tmp_path / "link").symlink_to(tmp_path / "team")
    (tmp_path / "team" / "b.html").symlink_to(tmp_path / "team/2026-Q3/a.html")
    for path in ("team/2026-Q3", "team/none.html", "none/a.html", "link/2026-Q3/a.html", "team/b.html", "team/\0"):
        assert held.token(path) == "[]", path


def test_a_part_is_kept_once_under_the_digest_of_what_it_holds(held: Manifest) -> None:
    part = held.part((("a", "1"), ("b", "2")))
    assert held.part((("a", "1"), ("b", "2"))) == part
    assert held.part((("b", "2"), ("a", "1"))) != part
    assert held.items(part) == {"a": "1", "b": "2"}
    assert held.items("none") == {}


def test_a_build_is_kept_until_it_is_forgotten(held: Manifest) -> None:
    assert held.run("key") is None
    for key in ("one", "two", "three"):
        held.store_build(key, {"key": key})
    held.store_build("two", {"key": "2"})
    assert held.run("two") == {"key": "2"}
    held.store_build("three", None)
    assert held.run("three") is None
    held.keep_only_builds({"two"})
    assert (held.run("one"), held.run("two")) == (None, {"key": "2"})


def changed(folder: Path, statement: str, *values: object) -> None:
    """Change the database behind the manifest's back."""
    with closing(sqlite3.connect(folder / NAME)) as database:
        assert database.execute(statement, values).rowcount == 1
        database.commit()


COLUMNS = ("path", "entry", "digest", "stat", "parts", "findings", "source", "variant", "shortcut", "seal")


def row_of(known: Output) -> dict[str, object]:
    values = {
        "path": known.entry.path,
        "entry": json.dumps(known.entry._asdict()),
        "digest": known.digest,
        "stat": json.dumps(known.stat),
        "parts": json.dumps(known.parts),
        "findings": known.findings,
        "source": known.source,
        "variant": known.variant,
        "shortcut": known.source_digest,
    }
    return values | {"seal": seal(*values.values())}


@pytest.mark.parametrize(
    ("column", "value"), [(column, value) for column in COLUMNS for value in ("x", None, b"x") if (column, value) != ("path", None)]
)
def test_a_row_that_is_not_as_it_was_written_is_damage(tmp_path: Path, column: str, value: object) -> None:
    with Manifest(tmp_path) as held:
        held.put(output("a.html"))
    changed(tmp_path, f"UPDATE outputs SET {column} = ?", value)
    with Manifest(tmp_path) as held, pytest.raises(DamagedManifestError, match="of a file is not what was written"):
        list(held.outputs({"plan.md", "x", None, b"x"}))


@pytest.mark.parametrize(
    "values",
    [
        {"entry": "{}"},
        {"entry": "[" * 100_000},
        {"path": "b.html"},
        {"stat": "{}"},
        {"parts": "{}"},
        {"parts": json.dumps(PARTS[:6])},
        {"parts": json.dumps([*PARTS, ""])},
        {"parts": json.dumps([*PARTS[:6], 5])},
        {"digest": b"x"},
    ],
)
def test_a_sealed_row_that_no_build_writes_is_damage(tmp_path: Path, values: dict[str, object]) -> None:
    with Manifest(tmp_path) as held:
        held.put(output("a.html"))
    row = row_of(output("a.html")) | values
    row["seal"] = seal(*(row[column] for column in COLUMNS[:-1]))
    changed(tmp_path, f"UPDATE outputs SET {', '.join(f'{column} = ?' for column in COLUMNS)}", *(row[column] for column in COLUMNS))
    with Manifest(tmp_path) as held, pytest.raises(DamagedManifestError, match="of a file is not what was written"):
        list(held.outputs({"plan.md"}))


def test_a_seal_tells_values_apart_whatever_characters_they_have() -> None:
    sealed = [("a", "b"), ("ab", ""), ("b", "a"), ("a",), ("a", "\ud800"), ("a", "\ud801"), ("a", None)]
    assert len({seal(*values) for values in sealed}) == len(sealed)


@pytest.mark.parametrize("items", ['[["a", "2"]]', "{}", "[", "5", '[["a"]]', '["a1"]', '[["a", 1]]', '[["a", "1", "1"]]'])
def test_a_part_that_is_not_as_it_was_written_is_damage(tmp_path: Path, items: str) -> None:
    with Manifest(tmp_path) as held:
        part = held.part((("a", "1"),))
        held.put(output("a.html", parts=(part,) * 7))
    changed(tmp_path, "UPDATE parts SET items = ?", items)
    with Manifest(tmp_path) as held, pytest.raises(DamagedManifestError, match=f"the part {part} is not what it was$"):
        held.items(part)


@pytest.mark.parametrize("items", ["5", '["ab"]', '[["a", 1]]', '[["a", "1", "1"]]'])
def test_a_part_under_its_digest_that_no_build_writes_is_damage(tmp_path: Path, items: str) -> None:
    name = manifest.data_digest(json.loads(items))
    with Manifest(tmp_path) as held:
        held.put(output("a.html", parts=(held.part(()),) * 7))
    changed(tmp_path, "UPDATE parts SET digest = ?, items = ?", name, items)
    with Manifest(tmp_path) as held, pytest.raises(DamagedManifestError):
        held.items(name)


@pytest.mark.parametrize(("column", "value"), [("record", "{}"), ("record", "["), ("seal", "x"), ("key", "other")])
def test_a_build_that_is_not_as_it_was_written_is_damage(tmp_path: Path, column: str, value: str) -> None:
    with Manifest(tmp_path) as held:
        held.store_build("key", {"a": 1})
    changed(tmp_path, f"UPDATE runs SET {column} = ?", value)
    with Manifest(tmp_path) as held, pytest.raises(DamagedManifestError, match="the last build kept"):
        held.run("other" if column == "key" else "key")


def test_a_sealed_build_that_is_no_record_is_damage(tmp_path: Path) -> None:
    with Manifest(tmp_path) as held:
        held.store_build("key", {})
    changed(tmp_path, "UPDATE runs SET record = ?, seal = ?", "[]", seal("key", "[]"))
    with Manifest(tmp_path) as held, pytest.raises(DamagedManifestError):
        held.run("key")


def test_of_a_damaged_manifest_sound_rows_are_saved_without_what_they_were_made_from(tmp_path: Path) -> None:
    with Manifest(tmp_path) as held:
        for path in ("a.html", "b.html"):
            held.put(output(path))
        held.store_build("key", {})
    changed(tmp_path, "UPDATE outputs SET digest = 'x' WHERE path = 'a.html'")
    with Manifest(tmp_path, anew=True) as held:
        assert list(held.outputs({"plan.md"})) == [replace(output("b.html", parts=()), source_digest="")]
        assert held.run("key") is None
    with Manifest(tmp_path) as held:
        assert [each.entry.path for each in held.outputs({"plan.md"})] == ["b.html"]


def test_the_register_of_an_earlier_version_is_taken_over_once(tmp_path: Path) -> None:
    put(tmp_path, "a.html")
    put(tmp_path, ".genplan/register.json", json.dumps([entry("a.html")._asdict()]))
    with Manifest(tmp_path) as held:
        assert held.get("a.html") == Output(entry("a.html"), "", ())
        held.forget("a.html")
    with Manifest(tmp_path) as held:
        assert held.get("a.html") is None


def test_a_copy_holds_what_is_known_by_then(held: Manifest, tmp_path: Path) -> None:
    held.put(output("a.html"))
    (tmp_path / "copy/.genplan").mkdir(parents=True)
    held.copy_to(tmp_path / "copy" / NAME)
    held.put(output("b.html"))
    with Manifest(tmp_path / "copy") as copy:
        assert [each.entry.path for each in copy.outputs({"plan.md"})] == ["a.html"]


def test_rows_that_change_are_counted(held: Manifest) -> None:
    before = held.changes
    held.put(output("a.html"))
    assert held.changes == before + 1


def test_a_folder_that_was_replaced_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    with Manifest(folder) as held:
        held.check_folder_exists()
        folder.rename(tmp_path / "moved")
        with pytest.raises(ExternalError) as gone:
            held.check_folder_exists()
        assert gone.value.diagnostic.code == "GP756"
        folder.mkdir()
        with pytest.raises(ExternalError):
            held.check_folder_exists()
        folder.rmdir()
        (tmp_path / "moved").rename(folder)


def fill(folder: Path) -> None:
    with Manifest(folder) as held:
        for number in range(COUNT):
            held.put(output(f"{number}.html"))


def test_a_database_that_is_damaged_inside_is_damage_as_it_is_used(tmp_path: Path) -> None:
    fill(tmp_path)
    data = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(data[: 16 * 1024] + b"\xff" * (len(data) - 16 * 1024))
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with Manifest(tmp_path) as held:
        for use in (lambda: list(held.outputs({"plan.md"})), lambda: [held.get(f"{number}.html") for number in range(COUNT)]):
            with pytest.raises(DamagedManifestError):
                use()
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_what_is_asked_of_a_folder_that_went_away_is_no_damage(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    fill(folder)
    data = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(data[: 16 * 1024] + b"\xff" * (len(data) - 16 * 1024))
    with Manifest(folder) as held:
        folder.rename(tmp_path / "moved")
        with pytest.raises(ExternalError) as gone:
            list(held.outputs({"plan.md"}))
        assert gone.value.diagnostic.code == "GP756"
        (tmp_path / "moved").rename(folder)


@pytest.mark.parametrize("suffix", ["", "-journal", "-wal", "-shm"])
def test_what_is_no_file_in_the_places_of_the_database_is_damage(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"{NAME}{suffix}").mkdir(parents=True)
    with pytest.raises(DamagedManifestError, match=f"manifest.sqlite{suffix} is not a file"):
        open_database(tmp_path)
    with Manifest(tmp_path, anew=True) as held:
        assert held.plans() == set()


def test_a_journal_that_names_another_database_is_not_used(tmp_path: Path) -> None:
    with Manifest(tmp_path):
        pass
    journal = tmp_path / f"{NAME}-journal"
    journal.write_bytes(b"any" + bytes.fromhex("d9d505f920a163d7"))
    with pytest.raises(DamagedManifestError, match=r"manifest\.sqlite-journal is not its own"):
        open_database(tmp_path)
    for other in (b"", b"any"):
        journal.write_bytes(other)
        open_database(tmp_path)[0].close()


def test_an_empty_file_is_no_manifest(tmp_path: Path) -> None:
    put(tmp_path, NAME, "")
    with pytest.raises(DamagedManifestError, match="it is empty"):
        open_database(tmp_path)
    put(tmp_path, NAME, "no database at all, though long enough for one to begin with" * 20)
    with pytest.raises(DamagedManifestError):
        open_database(tmp_path)


@pytest.mark.parametrize(
    ("error", "number"),
    [("SQLITE_FULL", "ENOSPC"), ("SQLITE_BUSY", "EBUSY"), ("SQLITE_LOCKED", "EBUSY"), ("SQLITE_CORRUPT", None), ("SQLITE_IOERR", None)],
)
def test_a_full_disk_and_a_file_that_is_in_use_are_no_damage(error: str, number: str | None) -> None:
    raised = sqlite3.OperationalError("m")
    raised.sqlite_errorcode = getattr(sqlite3, error) | 0x100  # an extended code: the kind is in its last byte
    found = as_manifest_error(raised)
    assert isinstance(found, DamagedManifestError) == (number is None)
    assert found.errno == (getattr(errno, number) if number else None)
    assert "m" in str(found)


def test_a_mistake_of_genplans_own_is_none_of_the_worlds() -> None:
    for error in (sqlite3.ProgrammingError("m"), sqlite3.InterfaceError("m")):
        with pytest.raises(type(error)):
            as_manifest_error(error)
