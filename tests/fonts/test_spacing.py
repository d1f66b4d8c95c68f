"""The kerning of Chinese text in the fonts of the modern theme."""

import runpy
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
SPACING = runpy.run_path(str(ROOT / "tools" / "fonts" / "spacing.py"))


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_fonts_have_the_spacing_and_get_it_once(style: str):
    font = TTFont(ROOT / "templates" / "fonts" / f"NotoSansSC-{style}.ttf")
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
