"""Build the bundled fonts: small static subsets of Noto Sans and Noto Serif, and lists of what they cover.

Run `python tools/fonts/build.py` with fontTools installed. The source fonts come from pinned npm packages, fetched
with `npm pack`; `--family NAME --source DIR` takes an unpacked copy instead. Every input is checked against its SHA-256 and no clock
is read, so the same fontTools version writes the same bytes.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

try:
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.misc.transform import Offset, Transform  # type: ignore[import-untyped]
    from fontTools.pens.pointPen import AbstractPointPen  # type: ignore[import-untyped]
    from fontTools.pens.transformPen import TransformPointPen  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPointPen  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
    from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-untyped]
except ModuleNotFoundError as missing:
    sys.exit(f"tools/fonts/build.py needs fontTools ({missing}): pip install fonttools")

from spacing import add_spacing

FULL = 1_000_000
HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parents[1] / "templates" / "fonts"


class BuildError(Exception):
    """Something outside this script is missing or not what it should be; the message says what to do."""


# --- Inputs ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Source:
    """One file of a source package and the hash it must have."""

    path: str
    sha256: str


@dataclass(frozen=True)
class Style:
    """A weight of a family, as systems know it."""

    name: str
    weight: int
    fs_selection: int
    mac_style: int


STYLES = (Style("Regular", weight=400, fs_selection=1 << 6, mac_style=0), Style("Bold", weight=700, fs_selection=1 << 5, mac_style=1 << 0))


@dataclass(frozen=True)
class Family:
    """One family to build: Regular and Bold, from one package of npm.

    `rare` is how many of the rarer characters it has; `limit` holds its files in bytes.
    """

    name: str
    package: str
    regular: Source
    bold: Source
    licence: Source
    licence_file: str
    script: str
    rare: int = FULL
    limit: int = 3_300_000

    @property
    def stem(self) -> str:
        """What its files are called, before the style."""
        return self.name.replace(" ", "")

    @property
    def sources(self) -> tuple[Source, Source]:
        """The source of each style."""
        return (self.regular, self.bold)


FAMILIES = (
    Family(
        name="Noto Sans SC",
        package="@expo-google-fonts/noto-sans-sc@0.4.3",
        regular=Source("400Regular/NotoSansSC_400Regular.ttf", "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16"),
        bold=Source("700Bold/NotoSansSC_700Bold.ttf", "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96"),
        licence=Source("LICENSE_FONT", "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9"),
        licence_file="OFL.txt",
        script="simplified",
    ),
    Family(
        name="Noto Sans TC",
        package="@expo-google-fonts/noto-sans-tc@0.4.3",
        regular=Source("400Regular/NotoSansTC_400Regular.ttf", "add35d53f70727657b4509531677c4e3712b67df3d54661efdee5d3a0c16d954"),
        bold=Source("700Bold/NotoSansTC_700Bold.ttf", "ed4ae6ed781e34d0beee896e9be5d835a938ac7adabbcc1b6b6904290006f372"),
        licence=Source("LICENSE_FONT", "1c05c68c34f9708415aada51f17e1b0092d2cea709bf4a94cd38114f9e73d7d9"),
        licence_file="OFL.txt",
        script="traditional",
        rare=3250,
    ),
    Family(
        name="Noto Serif SC",
        package="@expo-google-fonts/noto-serif-sc@0.4.3",
        regular=Source("400Regular/NotoSerifSC_400Regular.ttf", "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742"),
        bold=Source("700Bold/NotoSerifSC_700Bold.ttf", "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6"),
        licence=Source("LICENSE_FONT", "5e0da210fb04058a8c0087985d2d456b931c2579811a49655721d3cf0c36b6d6"),
        licence_file="OFL-NotoSerif.txt",
        script="simplified",
        rare=850,
    ),
    Family(
        name="Noto Serif TC",
        package="@expo-google-fonts/noto-serif-tc@0.4.4",
        regular=Source("400Regular/NotoSerifTC_400Regular.ttf", "b0acf9799d5dc656cdeff077d36b2ee9032b762e05b3f8a7b76c81dee4eec08c"),
        bold=Source("700Bold/NotoSerifTC_700Bold.ttf", "98c207d0254a6b0b4b5611dd8d5bcc37af4482494477d43eba6b2409ed083140"),
        licence=Source("LICENSE_FONT", "5e0da210fb04058a8c0087985d2d456b931c2579811a49655721d3cf0c36b6d6"),
        licence_file="OFL-NotoSerif.txt",
        script="traditional",
        rare=450,
    ),
)
"""Every family genplan carries. The rarer characters are cut where the files would pass their limit."""


def fetch(family: Family, directory: Path) -> Path:
    """Download a family's pinned package into `directory`, unpack it and return its root."""
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError(f"npm is not on PATH: install Node.js, or unpack {family.package} yourself and pass --source DIR")
    own = directory / family.stem
    own.mkdir()
    result = subprocess.run([npm, "pack", family.package, "--pack-destination", str(own)], check=False, capture_output=True, text=True)
    archives = list(own.glob("*.tgz"))
    if result.returncode or len(archives) != 1:
        raise BuildError(f"npm pack {family.package} failed:\n{result.stderr.strip()}")
    with tarfile.open(archives[0]) as archive:
        archive.extractall(own, filter="data")
    return own / "package"


def verified(root: Path, source: Source, package: str) -> bytes:
    """Return the bytes of a source file, or say that it is missing or is not the pinned one."""
    path = root / source.path
    if not path.is_file():
        raise BuildError(f"{path} is missing: --source must hold {package}")
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != source.sha256:
        raise BuildError(f"{path} is not the file of {package}: SHA-256 is {digest}, not {source.sha256}")
    return data


# --- Which characters -----------------------------------------------------------------------------------------------

BLOCKS = (
    (0x0020, 0x024F),  # Latin, with the pinyin letters
    (0x02B0, 0x036F),  # tone marks, combining marks
    (0x1E00, 0x1EFF),  # the remaining pinyin letters
    (0x2000, 0x206F),  # general punctuation
    (0x2070, 0x20CF),  # superscripts, subscripts, currency
    (0x2100, 0x22FF),  # letter-like, number forms, arrows, mathematics
    (0x2300, 0x23FF),  # technical
    (0x2460, 0x27BF),  # enclosed, box drawing, blocks, geometric, miscellaneous symbols, dingbats
    (0x3000, 0x303F),  # CJK punctuation
    (0x3220, 0x3229),  # ㈠ to ㈩
    (0x3280, 0x3289),  # ㊀ to ㊉
    (0xFE30, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full-width forms
)
COLOURED = (0x261D, 0x26BD, 0x26BE)  # ☝ ⚽ ⚾: text layout takes these from an emoji font, whatever this one offers
TABLE_SIZE = 8105
LEVEL_THREE = 6500
"""Where the third level of 通用规范汉字表 begins."""


def general_standard() -> list[int]:
    """Return the code points of 通用规范汉字表, in its order."""
    text = (HERE / "general-standard-characters.txt").read_text(encoding="utf-8")
    codes = list(map(ord, "".join(text.split())))
    if len(set(codes)) != TABLE_SIZE:
        raise BuildError(f"general-standard-characters.txt has {len(codes)} characters, not {TABLE_SIZE}")
    return codes


def double_byte(codec: str, first_rows: range) -> Iterator[int]:
    """Yield the code points that `codec` assigns to the given lead bytes."""
    for row in first_rows:
        for cell in range(0x40, 0xFF):
            text = bytes([row, cell]).decode(codec, errors="ignore")
            if len(text) == 1 and ord(text) > 0x7F:  # noqa: PLR2004
                yield ord(text)


def wanted(family: Family) -> frozenset[int]:
    """Return every code point a family should have, whether or not its source has it."""
    blocks = (code for first, last in BLOCKS for code in range(first, last + 1))
    gbk_symbols = double_byte("gbk", range(0xA1, 0xAA))
    common, rare = CHARACTERS[family.script]()
    return frozenset(common).union(list(rare)[: family.rare], blocks, gbk_symbols).difference(COLOURED)


def simplified() -> tuple[list[int], list[int]]:
    """List the first two levels of 通用规范汉字表, then what GB 2312 has beyond them and the third level."""
    table = general_standard()
    gb2312 = double_byte("gb2312", range(0xA1, 0xF8))
    common = table[:LEVEL_THREE]
    known = set(common)
    return common, [code for code in dict.fromkeys([*gb2312, *table[LEVEL_THREE:]]) if code not in known]


def traditional() -> tuple[list[int], list[int]]:
    """List the first level of Big5, and then the second: forms of the standard table, what the simplified fonts lack, the rest."""
    symbols = double_byte("big5", range(0xA1, 0xA4))
    common = dict.fromkeys([*symbols, *double_byte("big5", range(0xA4, 0xC7))])
    forms = map(ord, "".join((HERE / "traditional-forms.txt").read_text(encoding="utf-8").split()))
    elsewhere = {*general_standard(), *double_byte("gb2312", range(0xB0, 0xF8))}
    second = sorted(double_byte("big5", range(0xC9, 0xFA)), key=elsewhere.__contains__)
    return list(common), [code for code in dict.fromkeys([*forms, *second]) if code not in common]


CHARACTERS: dict[str, Callable[[], tuple[list[int], list[int]]]] = {"simplified": simplified, "traditional": traditional}
"""The characters of a script: those it must have, and the rarer ones in the order in which they are worth having."""


# --- Glyphs the source lacks ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A glyph of the source used as a piece of another one.

    `heavier` moves along the weight axis from the style itself: 1 is the step from Regular to Bold.
    """

    char: str
    heavier: float = 0
    scale: float = 1
    slant: float = 0


BOX = Part("□")
MARKS: dict[str, tuple[int, tuple[Part, ...]]] = {  # character: advance width, pieces laid centre on centre
    "☐": (1000, (BOX,)),
    "☑": (1000, (BOX, Part("✓", scale=0.8))),
    "☒": (1000, (BOX, Part("×", scale=0.85))),
    "✔": (800, (Part("✓", heavier=1.6),)),
    "✗": (800, (Part("×", slant=0.15),)),
    "✘": (800, (Part("×", heavier=1.6, slant=0.15),)),
}
SPACES = {  # advance width: code points; the last row are format characters, which stay invisible
    1000: (0x2001, 0x2003),
    500: (0x2000, 0x2002),
    333: (0x2004,),
    250: (0x2005,),
    222: (0x205F,),
    200: (0x2009, 0x202F),
    167: (0x2006,),
    100: (0x200A,),
    0: (0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFEFF),
}


def outline(regular: TTFont, bold: TTFont, char: str, position: float) -> Glyph:
    """Return the outline of `char` at a position on the weight axis: 0 Regular, 1 Bold, beyond it heavier."""
    light, heavy = (font["glyf"][font.getBestCmap()[ord(char)]] for font in (regular, bold))
    glyph = copy.deepcopy(light)
    glyph.coordinates = light.coordinates + (heavy.coordinates - light.coordinates) * position
    glyph.recalcBounds(None)
    return glyph


def centre(glyph: Glyph) -> tuple[float, float]:
    """Return the centre of a glyph's bounding box."""
    return (glyph.xMin + glyph.xMax) / 2, (glyph.yMin + glyph.yMax) / 2


def placement(part: Part, glyph: Glyph, target: tuple[float, float]) -> Transform:
    """Return the transformation that scales and slants a piece around its centre and puts that on `target`."""
    x, y = centre(glyph)
    return Offset(*target).transform((part.scale, 0, part.slant, part.scale, 0, 0)).translate(-x, -y)


def draw(pen: AbstractPointPen, fonts: tuple[TTFont, TTFont], position: float, mark: str) -> None:
    """Draw a mark with the weight of the style at `position`."""
    advance, parts = MARKS[mark]
    middle = centre(outline(*fonts, BOX.char, position))[1]
    for part in parts:
        glyph = outline(*fonts, part.char, position + part.heavier)
        glyph.drawPoints(TransformPointPen(pen, placement(part, glyph, (advance / 2, middle))), None)


def drawn_marks(fonts: tuple[TTFont, TTFont], position: float) -> dict[int, tuple[int, Glyph]]:
    """Return advance width and outline of every tick and tick box, made of pieces of both styles."""
    marks = {}
    for mark, (advance, _) in MARKS.items():
        pen = TTGlyphPointPen(None)
        draw(pen, fonts, position, mark)
        marks[ord(mark)] = (advance, pen.glyph())
    return marks


def blank_spaces() -> dict[int, tuple[int, Glyph]]:
    """Return advance width and (empty) outline of the spaces."""
    return {code: (width, TTGlyphPointPen(None).glyph()) for width, codes in SPACES.items() for code in codes}


def add_glyphs(font: TTFont, glyphs: dict[int, tuple[int, Glyph]]) -> None:
    """Add those glyphs whose code point the font does not have."""
    have = font.getBestCmap()
    missing = {code: f"uni{code:04X}" for code in glyphs if code not in have}
    font.setGlyphOrder([*font.getGlyphOrder(), *missing.values()])
    for code, name in missing.items():
        advance, glyph = glyphs[code]
        font["glyf"].glyphs[name] = glyph
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (advance, glyph.xMin)
        for table in font["cmap"].tables:
            table.cmap[code] = name


def part_shared_glyphs(font: TTFont) -> None:
    """Give each character a glyph of its own.

    A PDF knows text by glyphs: where · and • share one, a name copied out of a document changes. Layout features stay with the character of
    the CJK blocks, or the first.
    """
    sharers: dict[str, list[int]] = {}
    for code, name in sorted(font.getBestCmap().items()):
        sharers.setdefault(name, []).append(code)
    copies = {}
    for name, codes in sharers.items():
        keeper = next((code for code in codes if code in CJK_BLOCKS), codes[0])
        copies |= {code: name for code in codes if code != keeper}
    new_names = {code: f"uni{code:04X}.own" for code in copies}
    font.setGlyphOrder([*font.getGlyphOrder(), *new_names.values()])
    for code, name in copies.items():
        font["glyf"].glyphs[new_names[code]] = copy.deepcopy(font["glyf"][name])
        font["hmtx"][new_names[code]] = font["hmtx"][name]
        for table in font["cmap"].tables:
            if code in table.cmap:
                table.cmap[code] = new_names[code]


# --- The fonts ------------------------------------------------------------------------------------------------------

CJK_BLOCKS = range(0x3000, 0x3100)
COPYRIGHT, FAMILY_NAME, STYLE_NAME, UNIQUE_ID, FULL_NAME, VERSION, POSTSCRIPT_NAME = range(7)
LICENCE_TEXT, LICENCE_URL = 13, 14
NAMES = (*range(7), LICENCE_TEXT, LICENCE_URL)
FEATURES = (
    "ccmp",  # —— becomes one unbroken dash
    "halt",  # half-width punctuation, for runs such as ）。”
    "kern",
    "pwid",  # proportional “quotes” for text in English
)


def options() -> subset.Options:
    """Return what the subsetter keeps: outlines, the features named above, the names that must stay."""
    return subset.Options(
        layout_features=list(FEATURES),
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        name_IDs=list(NAMES),
        drop_tables=["BASE", "DSIG", "STAT", "VORG", "vhea", "vmtx"],
    )


def subsetted(path: Path, codes: Iterable[int]) -> TTFont:
    """Read a source font and reduce it to the given characters."""
    font = TTFont(path, recalcTimestamp=False, lazy=False)
    if "glyf" not in font or "fvar" in font:
        raise BuildError(f"{path} is not a static TrueType font")
    subsetter = subset.Subsetter(options())
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def identify(font: TTFont, family: Family, style: Style) -> None:
    """Write the names and flags by which systems put both styles into one family."""
    release = f"{font['head'].fontRevision:.3f}"
    names = {
        FAMILY_NAME: family.name,
        STYLE_NAME: style.name,
        UNIQUE_ID: f"{release};subset;{family.stem}-{style.name}",
        FULL_NAME: f"{family.name} {style.name}",
        POSTSCRIPT_NAME: f"{family.stem}-{style.name}",
    }
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = style.weight
    font["OS/2"].fsSelection = style.fs_selection
    font["head"].macStyle = style.mac_style


def saved(font: TTFont, path: Path, limit: int) -> int:
    """Write a font, hold it to the limit and return its size."""
    font.save(path, reorderTables=True)
    size = path.stat().st_size
    if size > limit:
        raise BuildError(f"{path} has {size:,} bytes, more than {limit:,}")
    return size


def ranges(codes: Iterable[int]) -> Iterator[str]:
    """Yield sorted hexadecimal ranges such as `4E00-4E07` or `3007`."""
    ordered = sorted(codes)
    starts = [code for before, code in zip([-1, *ordered], ordered, strict=False) if code != before + 1]
    ends = [code for code, after in zip(ordered, [*ordered[1:], -1], strict=True) if after != code + 1]
    for start, end in zip(starts, ends, strict=True):
        yield f"{start:04X}" if start == end else f"{start:04X}-{end:04X}"


def build(family: Family, root: Path, output: Path) -> None:
    """Write a family's fonts, their coverage and the licence from the package at `root`."""
    codes = wanted(family)
    licence = verified(root, family.licence, family.package)
    for source in family.sources:
        verified(root, source, family.package)
    regular, bold = (subsetted(root / source.path, codes) for source in family.sources)
    marks = [drawn_marks((regular, bold), position) for position in range(len(STYLES))]

    output.mkdir(parents=True, exist_ok=True)
    for style, font, drawn in zip(STYLES, (regular, bold), marks, strict=True):
        add_glyphs(font, drawn | blank_spaces())
        part_shared_glyphs(font)
        add_spacing(font)
        identify(font, family, style)
        size = saved(font, output / f"{family.stem}-{style.name}.ttf", family.limit)
        print(f"{family.stem}-{style.name}.ttf: {size:,} bytes, {len(font.getGlyphOrder()):,} glyphs")

    covered = set(regular.getBestCmap()) & set(bold.getBestCmap())
    (output / f"{family.stem}.coverage.txt").write_text("\n".join(ranges(covered)) + "\n", encoding="ascii", newline="\n")
    (output / family.licence_file).write_bytes(licence)
    print(f"{family.stem}.coverage.txt: {len(covered):,} code points in both")


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--family", action="append", choices=[family.name for family in FAMILIES], help="build only this one")
    parser.add_argument(
        "--source", type=Path, metavar="DIR", help="the unpacked package of the one --family; fetched with npm if not given"
    )
    parser.add_argument("--output", type=Path, metavar="DIR", default=OUTPUT, help="default: templates/fonts")
    args = parser.parse_args(argv)
    if args.source and len(args.family or ()) != 1:
        parser.error("--source goes with one --family")
    return args


def main(argv: Sequence[str] | None = None) -> int:
    """Build the fonts; return the exit status."""
    args = arguments(argv)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            for family in FAMILIES:
                if not args.family or family.name in args.family:
                    build(family, args.source or fetch(family, Path(scratch)), args.output)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
