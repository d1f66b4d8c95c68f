"""Spacing of Chinese text, as CLREQ asks, put into a font's kerning: shaping does it, and the text stays as it was written.

- Full-width punctuation that meets loses the blank half between: ）。 and 」， and ）（ and （「.
- Chinese characters stand a twelfth of an em apart from digits beside them. From letters as well, but shapers treat each script by
  itself: there, a zero-width space (U+200B) marks the boundary, which genplan
  puts in for the PDF.

Run `python tools/fonts/spacing.py FONT...` to add it to fonts that lack it; `build.py` adds it to those it makes.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.ttLib import TTFont

SHARE = 12
"""The distance as a part of the em. CLREQ allows up to a quarter; from a tenth on, PDF readers take the gap for a space."""
HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000))
DIGITS = range(0x30, 0x3A)
LETTERS = (range(0x41, 0x5B), range(0x61, 0x7B))
BOUNDARY = 0x200B
_FEATURE = "kern"
_HALVES = "halt"


def add_spacing(font: TTFont) -> None:
    """Add the spacing to a font's kerning, in place; nothing where it has it already.

    Raises:
        ValueError: the font lacks kerning, half-width punctuation or the zero-width space, which this rests on.
    """
    cmap = font.getBestCmap()
    table = font["GPOS"].table
    features = {record.FeatureTag: record.Feature for record in table.FeatureList.FeatureRecord}
    if _FEATURE not in features or _HALVES not in features or BOUNDARY not in cmap:
        raise ValueError("the font lacks kern, halt or U+200B")
    if has_spacing(font):
        return
    rules = _rules(font, cmap, table.LookupList.Lookup[features[_HALVES].LookupListIndex[0]])
    scratch = TTFont()
    scratch.setGlyphOrder(font.getGlyphOrder())
    addOpenTypeFeaturesFromString(scratch, rules, tables=["GPOS"])
    added = scratch["GPOS"].table
    first = len(table.LookupList.Lookup)
    for lookup in added.LookupList.Lookup:
        _shift(lookup, first)
    table.LookupList.Lookup += added.LookupList.Lookup
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    own = added.FeatureList.FeatureRecord[0].Feature.LookupListIndex
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == _FEATURE:
            record.Feature.LookupListIndex += [first + index for index in own]
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def has_spacing(font: TTFont) -> bool:
    """Tell whether a font kerns a Chinese character with a digit."""
    cmap = font.getBestCmap()
    one, two = cmap[0x4E00], cmap[DIGITS[0]]
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            inner = getattr(subtable, "ExtSubTable", subtable)
            if getattr(inner, "Format", 0) == 2 and hasattr(inner, "ClassDef2") and one in inner.Coverage.glyphs:  # noqa: PLR2004 - pairs by class
                return bool(inner.ClassDef2.classDefs.get(two))
    return False


def _rules(font: TTFont, cmap: dict[int, str], halves: object) -> str:
    """Write the rules in the language of Adobe's feature files."""
    em = font["head"].unitsPerEm
    han = _glyphs(cmap, HAN)
    latin = _glyphs(cmap, (DIGITS, *LETTERS))
    closing, opening = _punctuation(halves)
    return f"""
        languagesystem DFLT dflt;
        @HAN = [{han}]; @DIGIT = [{_glyphs(cmap, (DIGITS,))}]; @LATIN = [{latin}];
        @CLOSING = [{closing}]; @OPENING = [{opening}]; @PUNCTUATION = [@CLOSING @OPENING];
        feature {_FEATURE} {{
            lookup DIGITS {{ pos @HAN @DIGIT {em // SHARE}; pos @DIGIT @HAN {em // SHARE}; }} DIGITS;
            lookup LETTERS {{ pos @HAN' {em // SHARE} {cmap[BOUNDARY]}; pos @LATIN' {em // SHARE} {cmap[BOUNDARY]}; }} LETTERS;
            lookup PUNCTUATION {{ pos @CLOSING @PUNCTUATION {-em // 2}; pos @OPENING @OPENING {-em // 2}; }} PUNCTUATION;
        }} {_FEATURE};
    """


def _glyphs(cmap: dict[int, str], blocks: Iterable[range]) -> str:
    return " ".join(dict.fromkeys(cmap[code] for block in blocks for code in block if code in cmap))


def _punctuation(halves: object) -> tuple[str, str]:
    """Read from the half-width forms which punctuation is blank on its right, and which on its left."""
    closing, opening = [], []
    for subtable in halves.SubTable:  # type: ignore[attr-defined]
        inner = getattr(subtable, "ExtSubTable", subtable)
        for at, glyph in enumerate(inner.Coverage.glyphs):
            value = inner.Value if inner.Format == 1 else inner.Value[at]
            moved, narrowed = getattr(value, "XPlacement", 0), getattr(value, "XAdvance", 0)
            if moved == 0:
                closing.append(glyph)
            elif moved == narrowed:
                opening.append(glyph)
    return " ".join(closing), " ".join(opening)


def _shift(lookup: object, by: int) -> None:
    """Have a contextual lookup call the lookups that were moved along with it."""
    for subtable in lookup.SubTable:  # type: ignore[attr-defined]
        records = list(getattr(subtable, "PosLookupRecord", None) or [])
        for sets in ("ChainPosRuleSet", "ChainPosClassSet"):
            for rules in getattr(subtable, sets, None) or []:
                for rule in getattr(rules, sets.replace("Set", ""), []) if rules else []:
                    records += rule.PosLookupRecord
        for record in records:
            record.LookupListIndex += by


def main() -> None:
    """Add the spacing to the fonts named."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("fonts", nargs="+", type=Path)
    for path in parser.parse_args().fonts:
        font = TTFont(path, recalcTimestamp=False)
        add_spacing(font)
        font.save(path, reorderTables=True)
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
