"""The bundled fonts are what templates/fonts/README.md promises."""

from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "templates" / "fonts"
STYLES = ("Regular", "Bold")
FAMILIES = ("NotoSansSC", "NotoSansTC", "NotoSerifSC", "NotoSerifTC")
LIMIT = 3_300_000

MUST_HAVE = {
    "ASCII": "".join(map(chr, range(0x20, 0x7F))),
    "Latin-1": "".join(map(chr, range(0xA0, 0x100))),
    "pinyin": "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêɑɡ",
    "punctuation": "、。·ˉˇ—～‖…‘’“”〔〕〈〉《》「」『』〖〗【】，；：？！（）［］｛｝•†‡‰′″※〇々",
    "CJK punctuation": "".join(map(chr, range(0x3000, 0x3040))),
    "full-width ASCII": "".join(map(chr, range(0xFF01, 0xFF5F))),
    "numbers": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑽⒈⒑㈠㈩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅹ",
    "arrows": "←↑→↓↔↕↖↗↘↙⇒⇔",
    "shapes": "■□▲△▼▽●○◎◆◇★☆◯",
    "box drawing": "".join(map(chr, range(0x2500, 0x2580))),
    "tick boxes": "☐☑☒✓✔✗✘",
    "mathematics": "×÷±≤≥≠≈∑√∞−∈∩∪∥∠∝²³",
    "units": "℃℉㎡㎎㎏㎜㎝㎞㏄％‰№℡",
    "currency": "¥￥€£＄$￡",
    "invisible": "\u2002\u2003\u2009\u200b\u200d\u202f\u2060\ufeff",
}


@cache
def font(style: str, family: str = "NotoSansSC") -> TTFont:
    return TTFont(FONTS / f"{family}-{style}.ttf")


def codes(style: str, family: str = "NotoSansSC") -> set[int]:
    return set(font(style, family).getBestCmap())


def absent(text: str, style: str) -> str:
    return "".join(char for char in text if ord(char) not in codes(style))


def gb2312() -> str:
    cells = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return "".join(cell.decode("gb2312", errors="ignore") for cell in cells)


def standard_table() -> str:
    path = ROOT / "tools" / "fonts" / "general-standard-characters.txt"
    return "".join(path.read_text(encoding="utf-8").split())


def extent(style: str, char: str) -> tuple[int, int, int, int]:
    glyph = font(style)["glyf"][font(style).getBestCmap()[ord(char)]]
    return glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax


def test_the_standard_table_is_whole() -> None:
    assert len(standard_table()) == len(set(standard_table())) == 8105


def test_gb2312_is_whole() -> None:
    assert len(gb2312()) == len(set(gb2312())) == 7445


@pytest.mark.parametrize("style", STYLES)
def test_fonts_are_static_truetype_and_small(style: str) -> None:
    assert {"glyf", "cmap", "name", "OS/2"} <= set(font(style).keys())
    assert not {"fvar", "gvar", "CFF ", "CFF2", "fpgm", "cvt ", "DSIG"} & set(font(style).keys())
    assert (FONTS / f"NotoSansSC-{style}.ttf").stat().st_size <= LIMIT


@pytest.mark.parametrize("style", STYLES)
def test_standard_table_is_covered(style: str) -> None:
    assert absent(standard_table(), style) == ""


@pytest.mark.parametrize("style", STYLES)
def test_gb2312_is_covered(style: str) -> None:
    assert absent(gb2312(), style) == ""


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("group", MUST_HAVE)
def test_must_have_characters_are_covered(style: str, group: str) -> None:
    assert absent(MUST_HAVE[group], style) == ""


def test_both_styles_map_the_same_characters() -> None:
    assert codes("Regular") == codes("Bold")


def test_coverage_lists_the_characters_of_both() -> None:
    listed: set[int] = set()
    starts = []
    for line in (FONTS / "NotoSansSC.coverage.txt").read_text(encoding="ascii").splitlines():
        first, _, last = line.partition("-")
        starts.append(int(first, 16))
        listed.update(range(int(first, 16), int(last or first, 16) + 1))
    assert starts == sorted(starts)
    assert listed == codes("Regular") & codes("Bold")


@pytest.mark.parametrize(("style", "weight", "fs_selection", "mac_style"), [("Regular", 400, 64, 0), ("Bold", 700, 32, 1)])
def test_styles_link_into_one_family(style: str, weight: int, fs_selection: int, mac_style: int) -> None:
    names, os2 = font(style)["name"], font(style)["OS/2"]
    assert (names.getDebugName(1), names.getDebugName(2)) == ("Noto Sans SC", style)
    assert names.getDebugName(6) == f"NotoSansSC-{style}"
    assert (os2.usWeightClass, os2.fsSelection, font(style)["head"].macStyle) == (weight, fs_selection, mac_style)
    assert os2.fsType == 0  # embedding is not restricted


def test_vertical_metrics_agree() -> None:
    metrics = {(f["hhea"].ascent, f["hhea"].descent, f["hhea"].lineGap, f["head"].unitsPerEm) for f in map(font, STYLES)}
    assert metrics == {(1160, -288, 0, 1000)}


@pytest.mark.parametrize("style", STYLES)
def test_tick_boxes_share_the_frame_of_the_square(style: str) -> None:
    assert {extent(style, box) for box in "☐☑☒"} == {extent(style, "□")}
    assert {font(style)["hmtx"][font(style).getBestCmap()[ord(box)]][0] for box in "☐☑☒□"} == {1000}


def features(style: str, family: str = "NotoSansSC") -> set[str]:
    tables = (font(style, family)[tag].table for tag in ("GSUB", "GPOS"))
    return {record.FeatureTag for table in tables for record in table.FeatureList.FeatureRecord}


def ligatures(style: str) -> set[tuple[str, ...]]:
    subtables = (sub for lookup in font(style)["GSUB"].table.LookupList.Lookup for sub in lookup.SubTable)
    starts = (start for sub in subtables for start in getattr(sub, "ligatures", {}).items())
    return {(first, *ligature.Component) for first, found in starts for ligature in found}


@pytest.mark.parametrize("style", STYLES)
def test_layout_features_are_kept(style: str) -> None:
    assert features(style) == {"ccmp", "halt", "kern", "pwid"}


@pytest.mark.parametrize("style", STYLES)
def test_a_pair_of_dashes_joins(style: str) -> None:
    dash = font(style).getBestCmap()[ord("—")]
    assert (dash, dash) in ligatures(style)


def test_nothing_is_listed_that_layout_takes_from_an_emoji_font() -> None:
    assert not codes("Regular") & {0x261D, 0x26BD, 0x26BE, 0xFE0F}


def test_the_licence_is_there() -> None:
    text = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert text.startswith("Copyright 2014-2021 Adobe")
    assert all("Open Font License" in font(style)["name"].getDebugName(13) for style in STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_no_two_characters_share_a_glyph(style: str) -> None:
    """Text copied out of a PDF is told by its glyphs: · must not come back as •."""
    glyphs = list(font(style).getBestCmap().values())
    assert len(glyphs) == len(set(glyphs))


# Every family


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("style", STYLES)
def test_each_font_is_static_small_and_named_after_its_family(family: str, style: str) -> None:
    assert not {"fvar", "gvar", "CFF ", "fpgm", "DSIG"} & set(font(style, family).keys())
    assert (FONTS / f"{family}-{style}.ttf").stat().st_size <= LIMIT
    assert font(style, family)["name"].getDebugName(1).replace(" ", "") == family
    assert "Open Font License" in font(style, family)["name"].getDebugName(13)
    assert features(style, family) == {"ccmp", "halt", "kern", "pwid"}
    glyphs = list(font(style, family).getBestCmap().values())
    assert len(glyphs) == len(set(glyphs))


@pytest.mark.parametrize("family", FAMILIES)
def test_each_coverage_lists_the_characters_of_both_styles(family: str) -> None:
    listed: set[int] = set()
    for line in (FONTS / f"{family}.coverage.txt").read_text(encoding="ascii").splitlines():
        first, _, last = line.partition("-")
        listed.update(range(int(first, 16), int(last or first, 16) + 1))
    assert listed == codes("Regular", family) == codes("Bold", family)


@pytest.mark.parametrize("family", ["NotoSansTC", "NotoSerifTC"])
def test_the_common_characters_of_taiwan_are_covered(family: str) -> None:
    cells = (bytes([row, cell]) for row in range(0xA4, 0xC7) for cell in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    level_one = "".join(cell.decode("big5", errors="ignore") for cell in cells)
    level_one = "".join(char for char in level_one if "\u4e00" <= char <= "\u9fff")
    assert len(level_one) == 5401
    assert {char for char in level_one if ord(char) not in codes("Regular", family)} == set()
    assert {char for char in "饋彙覈" if ord(char) not in codes("Regular", family)} == set()


def test_the_serif_covers_the_common_characters_of_the_standard_table() -> None:
    assert {char for char in standard_table()[:6500] if ord(char) not in codes("Regular", "NotoSerifSC")} == set()
