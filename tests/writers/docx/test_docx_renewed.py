"""A process that stays sees files that were changed behind its back: under the same name, of the same size, at the same time."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

from genplan import resources
from genplan.theme.files import ThemeFiles
from genplan.theme.resource_checks.pictures import read_picture
from genplan.theme.theme import load_theme
from genplan.workspace.writer_inputs import make_look
from genplan.writers.docx.pictures import load
from genplan.writers.raster import font_files


def test_a_font_that_is_laid_over_the_built_in_one_is_drawn_with(tmp_path: Path) -> None:
    theme, _ = load_theme(None, "zh-CN")
    assert theme is not None
    before = font_files(make_look(theme, tmp_path))
    name = Path(before[0]).name
    laid = tmp_path / "templates" / "fonts" / name
    laid.parent.mkdir(parents=True)
    shutil.copy(before[0], laid)
    over = replace(theme, files=ThemeFiles((tmp_path / "templates", resources.templates())))
    assert font_files(make_look(over, tmp_path))[0] == str(laid)
    assert make_look(theme, tmp_path) == make_look(theme, tmp_path)
    assert make_look(over, tmp_path) != make_look(theme, tmp_path), "writers keep what they made of a look"


def test_a_picture_of_the_same_size_and_time_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    data = (resources.templates() / "images" / "logo.png").read_bytes()
    path.write_bytes(data + b"0")
    time = path.stat().st_mtime_ns
    first = load(read_picture(path, "logo.png"))
    path.write_bytes(data + b"1")
    os.utime(path, ns=(time, time))
    second = load(read_picture(path, "logo.png"))
    assert first is not None
    assert second is not None
    assert first.data != second.data
