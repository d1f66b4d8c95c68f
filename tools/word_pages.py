"""Compare how many pages documents have as PDF and in Word, as two engines lay Word files out: `python tools/word_pages.py`.

LibreOffice is one engine; rdocx is the other, if it is installed (`pip install rdocx`; it is for measuring only). Both get faces with the
names, and the heights, of those that Word's users have, drawn with the fonts that genplan carries: so their lines have the same width.

It writes a row for each kind, language and theme of the gallery, and exits with 1 if LibreOffice's page count differs where `KNOWN`
does not say so, or no longer does where it does.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gallery
import pikepdf
from fontTools.ttLib import TTFont

from genplan import resources
from genplan.theme.render import render
from genplan.workspace.writer_inputs import make_look
from genplan.writers import docx, pdf

KNOWN = {
    "report.zh-TW.official": "the PDF closes up punctuation, and so saves a line on page 2; in LibreOffice a table starts a page later",
}
"""Documents whose page counts differ in LibreOffice, by their names, with the reason."""

_FACES = (
    ("NotoSansSC", "微软雅黑", "Microsoft YaHei", 1.058, 0.262),
    ("NotoSansTC", "微軟正黑體", "Microsoft JhengHei", 1.06, 0.27),
    ("NotoSerifSC", "宋体", "SimSun", 0.859, 0.141),
    ("NotoSansSC", "黑体", "SimHei", 0.859, 0.141),
    ("NotoSerifSC", "仿宋", "FangSong", 0.859, 0.141),
    ("NotoSerifSC", "楷体", "KaiTi", 0.859, 0.141),
    ("NotoSerifSC", "方正小标宋简体", "FZXiaoBiaoSong-B05S", 0.86, 0.14),
    ("NotoSerifTC", "標楷體", "DFKai-SB", 0.8, 0.2),
    ("NotoSerifTC", "新細明體", "PMingLiU", 0.8, 0.2),
    ("NotoSansSC", "Arial", "Arial", 0.905, 0.212),
    ("NotoSerifSC", "Times New Roman", "Times New Roman", 0.891, 0.216),
)
"""The font that each face is drawn with, the face's names, and the heights of its lines above and below the baseline, in ems."""
_ENGLISH, _CHINA, _TAIWAN = 0x409, 0x804, 0x404
_CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir><include>/etc/fonts/fonts.conf</include></fontconfig>"""


@dataclass(frozen=True, slots=True)
class Engines:
    """What lays Word files out: LibreOffice's program, and the faces that it finds."""

    soffice: str
    fonts: Path
    environment: Mapping[str, str]


def engines(folder: Path, soffice: str = "soffice") -> Engines:
    """Draw the faces in a folder, and have LibreOffice find them there."""
    fonts = folder / "fonts"
    fonts.mkdir()
    for font, own, english, above, below in _FACES:
        for style in ("Regular", "Bold"):
            _draw(resources.templates() / "fonts" / f"{font}-{style}.ttf", fonts, (own, english, style), (above, below))
    configuration = folder / "fonts.conf"
    configuration.write_text(_CONFIGURATION.format(fonts=fonts, cache=folder / "cache"), encoding="utf-8")
    return Engines(soffice, fonts, os.environ | {"FONTCONFIG_FILE": str(configuration)})


def _draw(source: Path, folder: Path, names: tuple[str, str, str], heights: tuple[float, float]) -> None:
    own, english, style = names
    font = TTFont(source, lazy=True)
    above, below = (round(height * font["head"].unitsPerEm) for height in heights)
    lines, windows, table = font["hhea"], font["OS/2"], font["name"]
    lines.ascent, lines.descent, lines.lineGap = above, -below, 0
    windows.sTypoAscender, windows.sTypoDescender, windows.sTypoLineGap = above, -below, 0
    windows.usWinAscent, windows.usWinDescent = above, below
    table.names = []
    for language, name in ((_ENGLISH, english), (_TAIWAN if source.stem.endswith(f"TC-{style}") else _CHINA, own)):
        for id_, text in ((1, name), (2, style), (4, f"{name} {style}")):
            table.setName(text, id_, 3, 1, language)
    compact = english.replace(" ", "")
    table.setName(f"{english} {style} for measuring", 3, 3, 1, _ENGLISH)
    table.setName(f"{compact}-{style}", 6, 3, 1, _ENGLISH)
    font.save(folder / f"{compact}-{style}.ttf")


def write(folder: Path, languages: Iterable[str], themes: Iterable[str], kinds: Sequence[str] = ()) -> list[str]:
    """Write the gallery's documents as PDF and Word into a folder; return their names, without suffix."""
    names = []
    for language in languages:
        for name in themes:
            theme = gallery._theme(language, name)  # noqa: SLF001 - a part of this tool
            look = make_look(theme, gallery.PLANS)
            for kind, order in gallery.documents(language, theme).items():
                if kinds and kind not in kinds:
                    continue
                document, found = render(order.theme(theme), order.kind, order.context(theme), order.issued(gallery.ISSUED))
                if document is None or found:
                    raise SystemExit("\n".join(f"{kind}: {each.code} {each.message}" for each in found))
                names.append(f"{kind}.{language}.{name}")
                for suffix, data in ((".pdf", pdf.write(document, look).value), (".docx", docx.write(document, look).value)):
                    (folder / (names[-1] + suffix)).write_bytes(data or b"")
    return names


def print_pages(folder: Path, names: Iterable[str]) -> dict[str, int]:
    """Count the pages of PDFs in a folder, by their names; 0 for one that is not there."""
    counts = {}
    for name in names:
        path = folder / f"{name}.pdf"
        counts[name] = 0
        if path.exists():
            with pikepdf.open(path) as file:
                counts[name] = len(file.pages)
    return counts


def office_pages(engine: Engines, folder: Path, names: Sequence[str], into: Path) -> dict[str, int]:
    """Print Word files with LibreOffice, all in one run, and count their pages."""
    profile = f"-env:UserInstallation={(engine.fonts.parent / 'profile').as_uri()}"
    command = [engine.soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(into)]
    inputs = [str(folder / f"{name}.docx") for name in names]
    subprocess.run([*command, *inputs], check=True, capture_output=True, timeout=600, env=engine.environment)
    return print_pages(into, names)


def rdocx_pages(engine: Engines, folder: Path, names: Iterable[str]) -> dict[str, int]:
    """Count the pages of Word files as rdocx lays them out; empty where it is not installed."""
    try:
        rdocx: Any = importlib.import_module("rdocx")
    except ImportError:
        return {}
    return {name: int(rdocx.Document(str(folder / f"{name}.docx")).page_count(font_dirs=[str(engine.fonts)])) for name in names}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table; return 1 if a page count differs that should not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--language", action="append", choices=gallery.LANGUAGES)
    parser.add_argument("--theme", action="append", choices=gallery.THEMES)
    parser.add_argument("--kind", action="append", default=[])
    parser.add_argument("--keep", type=Path, help="a folder to keep the files in")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "files"
        office = folder / "libreoffice"
        office.mkdir(parents=True, exist_ok=True)
        engine = engines(Path(temporary))
        names = write(folder, options.language or gallery.LANGUAGES, options.theme or gallery.THEMES, options.kind)
        printed, laid_out = print_pages(folder, names), office_pages(engine, folder, names, office)
        second = rdocx_pages(engine, folder, names)
    wrong = 0
    print(f"{'document':34} PDF  LibreOffice  rdocx")
    for name in names:
        differs = laid_out[name] != printed[name]
        wrong += differs != (name in KNOWN)
        note = KNOWN.get(name, "differs") if differs else "no longer differs" if name in KNOWN else ""
        print(f"{name:34} {printed[name]:3}  {laid_out[name]:11}  {second.get(name, '-'):>5}  {note}")
    print(f"{sum(laid_out[name] != printed[name] for name in names)} of {len(names)} differ in LibreOffice", end="")
    print(f", {sum(second[name] != printed[name] for name in second)} in rdocx" if second else "; rdocx is not installed")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
