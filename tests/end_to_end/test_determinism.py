"""The same input gives the same bytes: again, elsewhere, at another time, under another locale, on a machine with other fonts."""

import os
import shutil
from pathlib import Path

KEPT = ".genplan"
"""The folder of what genplan remembers: times and places of files are in there."""


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != KEPT
    }


def changed(one: Path, other: Path) -> list[str]:
    before, after = everything(one), everything(other)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def test_every_kind_in_every_format_is_compared(small_built) -> None:
    names = list(everything(small_built.output))
    assert len(names) == 14 * 3 + 1
    assert {name.rpartition(".")[2] for name in names} == {"pdf", "docx", "html"}


def test_building_again_changes_no_byte(small_built, small) -> None:
    shutil.copytree(small_built.output, small.output)
    shutil.rmtree(small.output / KEPT)  # else nothing would be built
    assert small.genplan("build", "--format", "pdf,docx,html", PYTHONHASHSEED="1").returncode == 0
    assert not changed(small_built.output, small.output)


def test_building_in_parts_and_another_order_gives_what_building_at_once_does(small_built, small) -> None:
    for kinds in (
        ("summary", "policy", "duties", "appeal", "contract", "notice", "report"),
        ("scheme", "standard", "result", "scorecard", "improvement", "interview", "pay"),
    ):
        options = [option for kind in kinds for option in ("--kind", kind)]
        run = small.genplan("build", "plans/community-operations-specialist.md", "plans", "--format", "docx,html,pdf", *options)
        assert run.returncode == 0, run.stderr
    assert not changed(small_built.output, small.output)


def test_place_time_locale_and_fonts_of_the_machine_change_no_byte(small_built, small, tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处 2"
    small.root.rename(elsewhere)
    for path in elsewhere.rglob("*"):
        os.utime(path, (1, 1))
    (tmp_path / "fonts.conf").write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>')
    (tmp_path / "home").mkdir()
    run = small_built.genplan(
        *("build", elsewhere / "plans", "--format", "html,docx,pdf", "--output", tmp_path / "out"),
        cwd=tmp_path,
        TZ="Asia/Kathmandu",
        LC_ALL="tr_TR.UTF-8",
        LANG="C",
        PYTHONHASHSEED="42",
        HOME=str(tmp_path / "home"),
        FONTCONFIG_FILE=str(tmp_path / "fonts.conf"),
        SOURCE_DATE_EPOCH="1900000000",  # another year: these plans say when they were issued
    )
    assert run.returncode == 0, run.stderr
    assert not changed(small_built.output, tmp_path / "out")
