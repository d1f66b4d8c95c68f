"""The manifest, as it grows."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from genplan.incremental import manifest
from genplan.incremental.database import NAME, DamagedManifestError, open_database
from genplan.incremental.entries import Entry
from genplan.incremental.manifest import Manifest, Output
from genplan.incremental.plan_cache import PlanCache

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
