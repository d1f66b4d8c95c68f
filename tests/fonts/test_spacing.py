"""The kerning of Chinese text in the bundled fonts."""

import runpy
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
SPACING = runpy.run_path(str(ROOT / "tools" / "fonts" / "spacing.py"))


@pytest.mark.parametrize("family", ["NotoSansSC", "NotoSansTC", "NotoSerifSC", "NotoSerifTC"])
@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_fonts_have_the_spacing_and_get_it_once(family: str, style: str):
    font = TTFont(ROOT / "templates" / "fonts" / f"{family}-{style}.ttf")
    assert SPACING["has_spacing"](font)
    count = len(font["GPOS"].table.LookupList.Lookup)
    SPACING["add_spacing"](font)
    assert len(font["GPOS"].table.LookupList.Lookup) == count


def test_a_font_without_half_width_punctuation_is_refused():
    font = TTFont(ROOT / "templates" / "fonts" / "NotoSansSC-Regular.ttf")
    records = font["GPOS"].table.FeatureList.FeatureRecord
    font["GPOS"].table.FeatureList.FeatureRecord = [record for record in records if record.FeatureTag != "halt"]
    with pytest.raises(ValueError, match="halt"):
        SPACING["add_spacing"](font)


@pytest.mark.parametrize(("family", "closed_up"), [("NotoSansSC", "、。，；：（）「」"), ("NotoSansTC", "（）「」")])
def test_punctuation_in_the_middle_of_its_square_is_not_closed_up(family: str, closed_up: str):
    font = TTFont(ROOT / "templates" / "fonts" / f"{family}-Regular.ttf")
    table = font["GPOS"].table
    halves = next(record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "halt")
    closing, opening = SPACING["_punctuation"](table.LookupList.Lookup[halves.LookupListIndex[0]])
    kerned = {*closing.split(), *opening.split()}
    cmap = font.getBestCmap()
    assert {mark for mark in "、。，；：（）「」" if cmap[ord(mark)] in kerned} == set(closed_up)
