"""Characters that no font can show are found before they print as boxes."""

from pathlib import Path

import pytest

from genplan.theme import glyphs
from genplan.theme.glyphs import load_coverage, missing
from genplan.theme.theme import Theme


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(glyphs, "_system_font_shows", lambda _: False)


@pytest.mark.usefixtures("no_system_fonts")
def test_plain_text_is_covered(theme: Theme):
    assert missing("社群运营，绩效考核（一）“87.71%”—— A–Z é ☐☑ 〇 々 ①", theme.coverage) == []


@pytest.mark.usefixtures("no_system_fonts")
def test_each_missing_character_is_named_once_in_order(theme: Theme):
    assert missing("a\U0002b740甲\U0001f600\U0002b740", theme.coverage) == ["\U0002b740", "\U0001f600"]


@pytest.mark.usefixtures("no_system_fonts")
def test_what_draws_nothing_is_not_missing(theme: Theme):
    assert missing("a\n\t\u200b\u200d\ufe00\U000e0100\ufeff", theme.coverage) == []


def test_font_of_the_machine_counts(theme: Theme, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(glyphs, "_system_font_shows", lambda character: character == "\U0002b740")
    assert missing("\U0002b740\U0001f600", theme.coverage) == ["\U0001f600"]


def test_machine_without_fontconfig_shows_nothing_more(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(glyphs.shutil, "which", lambda _: None)
    assert not glyphs._system_font_shows.__wrapped__("甲")


def test_ranges_include_both_ends(tmp_path: Path):
    path = tmp_path / "coverage.txt"
    path.write_text("0041-0043\n0061\n4E00-4E07\n", "ascii")
    coverage = load_coverage(path)
    assert [c for c in "@ABCD`ab\u4dff\u4e00\u4e07\u4e08\U0010ffff" if c in coverage] == [*"ABCa", "\u4e00", "\u4e07"]


def test_labels_of_the_theme_are_covered(theme: Theme):
    assert missing("".join(theme.locale.labels.values()), theme.coverage) == []
